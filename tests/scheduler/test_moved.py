"""Who was told a deadline hears when it moves: once, together, and only what still holds."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from knowledge.programme.values import Programme, Stage
from scheduler.hours import Hours
from scheduler.letters import SETTLING
from scheduler.moved import MOVED, MovedLetters, MovedPlanner, noting_what_was_told
from scheduler.rendering import Renderer
from scheduler.tick import Tick
from storage import people, progress
from storage.database import Sessions
from tests.cast import CHEN_CHAT, LIN_CHAT, MORNING, PROGRAMME, PROGRAMME_CODE, Cast, Clock, enroll
from tests.databases import Database
from tests.scheduler.delivering import make_sender

NOTES, REPORT = "学员-读书笔记", "学员-观课报告"


def with_due(days: dict[str, date], programme: Programme = PROGRAMME) -> Programme:
    def stage(old: Stage) -> Stage:
        tasks = tuple(replace(one, due=days.get(one.code, one.due)) for one in old.tasks)
        return replace(old, tasks=tasks)

    return replace(programme, stages=tuple(map(stage, programme.stages)))


class Town:
    """A running sender whose programme a test edits."""

    def __init__(self, sessions: Sessions, clock: Clock) -> None:
        self.programme, self.sessions, self.clock = PROGRAMME, sessions, clock
        hours = Hours()
        kinds = {MOVED: MovedLetters(sessions, self.load, hours=hours)}
        self.sender = make_sender(
            sessions,
            clock,
            load=self.load,
            render=Renderer(sessions, self.load, hours=hours, kinds=kinds),
            on_sent=noting_what_was_told(clock),
        )
        planner = MovedPlanner(hours=hours)
        self.tick = Tick(sessions, self.sender.courier, self.load, hours=hours, also=(planner,))

    async def load(self) -> Sequence[Programme]:
        return [self.programme]

    async def hears(self, **days: date) -> list[tuple[int, str]]:
        """What is announced after these deadlines are set; the digests left out."""
        if days:
            codes = {NOTES: days.get("notes"), REPORT: days.get("report")}
            moved = {code: day for code, day in codes.items() if day}
            self.programme = with_due(moved, self.programme)
        before = len(self.sender.wire.accepted)
        await self.tick.run(self.clock())
        await self.tick.run(self.clock.advance(seconds=SETTLING.total_seconds()))
        return [
            (int(form["chat_id"]), form["text"])
            for form in self.sender.wire.accepted[before:]
            if "已改期" in form["text"]
        ]

    async def tell(self, person: int, *deadlines: tuple[str, date]) -> None:
        async with self.sessions.begin() as session:
            days = [(PROGRAMME_CODE, task, due) for task, due in deadlines]
            await progress.told(session, person, days, now=self.clock())


@pytest.fixture
async def town(sqlite: Database, clock: Clock) -> Town:
    async with sqlite.sessions.begin() as session:
        await enroll(session, now=clock.now)
    return Town(sqlite.sessions, clock)


async def lin_of(town: Town) -> int:
    async with town.sessions() as session:
        lin = await people.person_of_account(session, "telegram", LIN_CHAT)
    assert lin
    return lin.id


async def test_a_digest_tells_and_every_move_after_it_is_announced_once(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    town = Town(sessions, clock)
    assert await town.hears() == []  # the digest of the morning names 9月20日 to 林 only

    announced = "<b>已改期：9月20日→9月25日</b>\n• 读书笔记（第一阶段）"
    assert await town.hears(notes=date(2015, 9, 25)) == [(LIN_CHAT, announced)]
    assert await town.hears() == []
    clock.advance(minutes=1)
    [(_, back)] = await town.hears(notes=date(2015, 9, 20))
    assert "9月25日→9月20日" in back
    clock.advance(minutes=1)
    assert await town.hears(notes=date(2015, 9, 25)) == [(LIN_CHAT, announced)]


async def test_what_moves_together_comes_in_one_message(town: Town) -> None:
    lin, old = await lin_of(town), date(2015, 9, 30)
    await town.tell(lin, (NOTES, date(2015, 9, 20)), (REPORT, old))

    assert await town.hears(notes=date(2015, 9, 25), report=date(2015, 10, 8)) == [
        (
            LIN_CHAT,
            "<b>已改期：9月20日→9月25日</b>\n• 读书笔记（第一阶段）\n"
            "<b>已改期：9月30日→10月8日</b>\n• 观课报告（第一阶段）",
        )
    ]


async def test_moved_at_night_and_back_before_the_morning_is_not_worth_a_word(
    town: Town, clock: Clock
) -> None:
    await town.tell(await lin_of(town), (NOTES, date(2015, 9, 20)))
    clock.advance(hours=15)  # 23:00
    assert await town.hears(notes=date(2015, 9, 25)) == []
    clock.advance(hours=1)
    assert await town.hears(notes=date(2015, 9, 20)) == []
    clock.advance(hours=8)

    assert await town.hears() == []
    assert len(await town.hears(notes=date(2015, 9, 25))) == 1  # moved again: that is news


async def test_moved_and_back_within_minutes_is_not_worth_a_word(town: Town, clock: Clock) -> None:
    await town.tell(await lin_of(town), (NOTES, date(2015, 9, 20)))
    town.programme = with_due({NOTES: date(2015, 9, 25)})
    await town.tick.run(clock())
    clock.advance(minutes=5)

    assert await town.hears(notes=date(2015, 9, 20)) == []
    assert len(await town.hears(notes=date(2015, 9, 25))) == 1


async def test_moved_twice_in_a_night_only_the_last_day_is_told(town: Town, clock: Clock) -> None:
    await town.tell(await lin_of(town), (NOTES, date(2015, 9, 20)))
    clock.advance(hours=15)
    await town.hears(notes=date(2015, 9, 25))
    clock.advance(hours=1)
    await town.hears(notes=date(2015, 9, 28))
    clock.advance(hours=8)

    [(_, text)] = await town.hears()
    assert "9月20日→9月28日" in text


async def test_whoever_saw_the_new_day_in_their_list_is_still_told_that_it_moved(
    town: Town, clock: Clock
) -> None:
    lin = await lin_of(town)
    await town.tell(lin, (NOTES, date(2015, 9, 20)))
    town.programme = with_due({NOTES: date(2015, 9, 25)})
    await town.tell(lin, (NOTES, date(2015, 9, 25)))  # /tasks, before the tick

    assert len(await town.hears()) == 1
    assert await town.hears() == []


async def has_done_it(town: Town, lin: int) -> None:
    async with town.sessions.begin() as session:
        await progress.mark_done(session, lin, PROGRAMME_CODE, NOTES, now=MORNING)


async def has_left_the_role(town: Town, lin: int) -> None:
    async with town.sessions.begin() as session:
        await people.set_role(session, lin, PROGRAMME_CODE, "指导教师")


@pytest.mark.parametrize("why", [has_done_it, has_left_the_role])
async def test_whom_it_no_longer_concerns_is_left_alone(
    town: Town, why: Callable[[Town, int], Awaitable[None]]
) -> None:
    lin = await lin_of(town)
    await town.tell(lin, (NOTES, date(2015, 9, 20)))
    await why(town, lin)

    assert await town.hears(notes=date(2015, 9, 25)) == []


async def test_whoever_was_told_another_day_or_nothing_hears_nothing(town: Town) -> None:
    async with town.sessions.begin() as session:
        chen = await people.person_of_account(session, "telegram", CHEN_CHAT)
        assert chen
        await people.set_role(session, chen.id, PROGRAMME_CODE, "学员")
        await progress.told(
            session, chen.id, [(PROGRAMME_CODE, REPORT, date(2015, 9, 30))], now=MORNING
        )
    await town.tell(await lin_of(town), (NOTES, date(2015, 9, 20)))

    assert [chat for chat, _ in await town.hears(notes=date(2015, 9, 25))] == [LIN_CHAT]


async def test_one_of_two_deadlines_of_a_task_moves(town: Town) -> None:
    two = replace(
        PROGRAMME.stages[0].tasks[0], due=date(2015, 9, 20), due_text="9月20日前、9月28日前"
    )
    first, *rest = PROGRAMME.stages
    stage = replace(first, tasks=(two, *first.tasks[1:]))
    town.programme = replace(PROGRAMME, stages=(stage, *rest))
    lin = await lin_of(town)
    await town.tell(lin, (NOTES, date(2015, 9, 20)), (NOTES, date(2015, 9, 28)))
    assert await town.hears() == []

    later = replace(two, due_text="9月20日前、9月29日前")
    stage = replace(first, tasks=(later, *first.tasks[1:]))
    town.programme = replace(PROGRAMME, stages=(stage, *rest))
    [(_, text)] = await town.hears()
    assert "9月28日→9月29日" in text
    assert "9月20日" not in text


async def test_a_new_day_that_has_passed_is_no_news(town: Town, clock: Clock) -> None:
    await town.tell(await lin_of(town), (NOTES, date(2015, 9, 20)))
    clock.advance(days=4)

    assert await town.hears(notes=date(2015, 9, 19)) == []


async def test_two_planners_at_once_announce_once(town: Town, clock: Clock) -> None:
    await town.tell(await lin_of(town), (NOTES, date(2015, 9, 20)))
    programmes = [with_due({NOTES: date(2015, 9, 25)})]
    planner = MovedPlanner(hours=Hours())

    planned = [await planner(town.sessions, programmes, clock.advance(seconds=1)) for _ in "ab"]

    assert planned == [1, 0]


async def test_a_letter_on_its_way_when_the_deadline_moved_is_made_good(
    town: Town, clock: Clock
) -> None:
    planner, programmes = MovedPlanner(hours=Hours()), [with_due({NOTES: date(2015, 9, 25)})]
    assert await planner(town.sessions, programmes, clock()) == 0
    await town.tell(await lin_of(town), (NOTES, date(2015, 9, 20)))

    assert await planner(town.sessions, programmes, clock.advance(minutes=1)) == 1
