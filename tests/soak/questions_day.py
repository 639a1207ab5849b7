"""A day of questions that nobody can answer, replayed through the real dispatcher: what became of
each, and whether two people ever had the same one. `python -m tests.soak.questions_day`."""

import argparse
import asyncio
import logging
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import structlog
from rich.console import Console

from knowledge.documents import Document
from storage import groups, people
from storage.database import Sessions
from tests.cast import MORNING, PROGRAMME, PROGRAMME_CODE, Clock
from tests.databases import opened, sqlite_files
from tests.house import House
from tests.soak.fates import Outcome, judge

STEP = timedelta(minutes=15)
PATIENCE_HOURS = 4  # so that a day sees the whole ladder
FIRST = 7_100_000_000
THINGS = [
    "饭卡",
    "停车证",
    "洗衣房",
    "校园网",
    "班车",
    "钥匙",
    "打印店",
    "热水",
    "空调",
    "课本",
    "胸牌",
    "雨伞",
]
WAYS = ["在哪里领", "丢了怎么办", "归谁管", "坏了找谁", "能不能借", "怎么申请", "要不要押金"]
HOUSES = 60
FORMS = ("{}号楼的{}{}", "请问{}号楼的{}{}呀", "老师好，{}号楼的{}{}")


@dataclass(frozen=True)
class Town:
    """Chats by what people do."""

    askers: tuple[int, ...]
    answerers: tuple[int, ...]
    coordinator: int


async def settle(sessions: Sessions, experts: int, participants: int) -> Town:
    """Groups of ten with a leader, a tutor for two groups, experts of one province."""
    async with sessions.begin() as session:
        chat = iter(range(FIRST, FIRST + 100_000))

        async def add(role: str, group: int | None, *, coordinator: bool = False) -> int:
            number = next(chat)
            person = await people.add_person(
                session,
                f"{role}{number - FIRST}",
                chat_id=number,
                province="云南",
                coordinator=coordinator,
                now=MORNING,
            )
            if role:
                await people.set_role(session, person, PROGRAMME_CODE, role, group_id=group)
            return number

        askers, answerers = [], []
        for number in range(max(1, participants // 10)):
            group = await groups.add_group(session, f"{number}组", programme=PROGRAMME_CODE)
            answerers.append(await add("组长", group))
            if number % 2 == 0:
                answerers.append(await add("指导教师", group))
            askers += [await add("学员", group) for _ in range(10)]
        answerers += [await add("省级专家", None) for _ in range(experts)]
        return Town(tuple(askers), tuple(answerers), await add("", None, coordinator=True))


def wordings(count: int, dice: random.Random) -> Iterator[str]:
    for _ in range(count):
        form = dice.choice(FORMS)
        yield form.format(dice.randint(1, HOUSES), dice.choice(THINGS), dice.choice(WAYS))


async def replay(
    house: House, town: Town, count: int, step: timedelta, dice: random.Random
) -> Outcome:
    """A day in small steps: people ask, several at once; answerers do as people do."""
    outcome, began = Outcome(asked=count), time.monotonic()
    steps = int(timedelta(hours=12) / step)
    asked: list[tuple[int, str]] = []
    left = list(wordings(count, dice))
    for turn in range(steps + steps // 3):
        share = len(left) // max(1, steps - turn) if turn < steps else 0
        now, left = left[:share], left[share:]
        pairs = [(dice.choice(town.askers), words) for words in now]
        for at in range(0, len(pairs), 8):
            told = await asyncio.gather(*(ask(house, *pair) for pair in pairs[at : at + 8]))
            outcome.told_at_once += told.count(False)
            asked += [pair for pair, open_ in zip(pairs[at : at + 8], told, strict=True) if open_]
        await work(house, town, dice)
        await house.tick(seconds=step.total_seconds())
    await judge(house, town.coordinator, asked, outcome)
    outcome.seconds = time.monotonic() - began
    return outcome


async def ask(house: House, user: int, words: str) -> bool:
    """False: told at once. Else with the experts, alone or with others."""
    await house.say(user, words)
    last = house.inbox[user][-1]
    data = last.data("同问") or last.data("问专家")
    if data is None:
        return last.data("不一样") is not None  # their own question of before
    await house.press_data(user, data)
    return True


async def work(house: House, town: Town, dice: random.Random) -> None:
    """Some answer by replying, some from the queue, some pass it on, some block us, most wait."""
    awake = [each for each in town.answerers if each % 3]  # the others never answer
    busy = [each for each in awake if house.inbox[each]]
    chosen = dice.sample(busy, len(busy) // 6)
    await asyncio.gather(*(act(house, each, dice.random()) for each in chosen))
    if dice.random() < 0.1:
        away = dice.choice(town.answerers)
        await house.becomes(away, "member" if away in house.blocked else "kicked")


async def act(house: House, user: int, mood: float) -> None:
    letters = [each for each in house.inbox[user] if each.key.startswith("question:")]
    if user in house.blocked:
        return
    if mood < 0.6 and letters:
        await house.reply_to_letter(user, f"请到服务台办理（{user}）。")
    elif mood < 0.7 and letters:
        await house.press_data(user, letters[-1].data("我答不了") or "qa:n:0")
    elif mood < 0.9:
        await house.say(user, "/queue")
        data = house.inbox[user][-1].data("回答")
        if data:
            await house.press_data(user, data)
            await house.say(user, f"请找班主任登记（{user}）。")


async def a_day(
    sessions: Sessions,
    count: int,
    experts: int,
    participants: int,
    dice: random.Random,
    *,
    step: timedelta = STEP,
) -> Outcome:
    house = House(sessions, Clock(MORNING), patience=timedelta(hours=PATIENCE_HOURS))
    await house.knows(Document("安排.yaml", programmes=(PROGRAMME,)))
    town = await settle(sessions, experts, participants)
    return await replay(house, town, count, step, dice)


def main() -> None:
    options = argparse.ArgumentParser("python -m tests.soak.questions_day", description=__doc__)
    options.add_argument("--questions", type=int, default=1_000)
    options.add_argument("--experts", type=int, default=40)
    options.add_argument("--participants", type=int, default=300)
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    console = Console(highlight=False)
    console.print(f"seed {given.seed}")
    memory = Path("/dev/shm")  # whether the disk is quick is not the question here
    folder = memory if memory.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="yanxiu-soak-", dir=folder) as place_:
        database = opened(sqlite_files(Path(place_))())
        work_ = a_day(
            database.sessions,
            given.questions,
            given.experts,
            given.participants,
            random.Random(given.seed),
        )
        outcome = asyncio.run(work_)
    console.print(outcome.report, soft_wrap=True)
    raise SystemExit(0 if outcome.is_sound else 1)


if __name__ == "__main__":
    main()
