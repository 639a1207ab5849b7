"""Nobody gains a role or acts for another: with other people's buttons, made-up ones, old links."""

import random
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from handlers import texts
from storage import invitations, people
from storage.roster import COORDINATOR, EXPERT, LEADER, PARTICIPANT, TELEGRAM, TUTOR
from tests.cast import GROUP_CHAT, MORNING, PROGRAMME_CODE, QIAN_CHAT, Clock
from tests.databases import Database
from tests.handlers.world import (
    FENG_CHAT,
    SUN_CHAT,
    ZHENG_CHAT,
    ZHOU_CHAT,
    Dump,
    World,
    by_hand,
    difference,
    forged,
    lived_in,
)

ATTACKERS = {
    "a stranger": QIAN_CHAT,
    "who waits at the door": FENG_CHAT,
    "who left": ZHENG_CHAT,
    "a participant of another group": ZHOU_CHAT,
    "a leader of another group": SUN_CHAT,
}
PRESSES, LINKS = 330, 70  # each link with three words: together more than 500 attempts
APOLOGY = texts.SORRY[:10]
ROOT = Path(__file__).parents[2]
OWN = {"progress", "told_deadline", "calendar_feed", "conversation", "question_asker"}
OWN |= {"bulletin_reader", "person", "membership", "outbox"}


@pytest.fixture
async def world(sqlite: Database, clock: Clock) -> AsyncIterator[World]:
    made = await lived_in(sqlite, clock)
    made.before = made.dump()
    yield made
    made.close()


def harm(world: World, after: Dump, attacker: int) -> list[tuple[str, tuple[Any, ...]]]:
    """What changed that is not the attacker's own: their tasks, their settings, their talk."""
    theirs = {attacker, world.ids.get(attacker, attacker)}
    return [
        (table, row)
        for table, row in difference(world.before, after)
        if not (table in OWN and (theirs & set(row) or f":{attacker}:" in str(row[0])))
    ]


def test_every_button_of_ours_is_tried_below() -> None:
    """What handlers and letters offer, found in their source."""
    found = set()
    for folder in ("handlers", "scheduler"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            text = path.read_text(encoding="utf-8")
            found |= set(re.findall(r"""callback_data=f?["'](\w+):""", text))
            found |= set(re.findall(r"""data\.(?:startswith|regexp)\(r?f?["']\^?(\w+):""", text))
            found |= set(re.findall(r"""["']\^?([a-z]{2}):[a-z]""", text))
    assert found - {"https", "http", "sqlite", "re"} <= {one.split(":")[0] for one in by_hand()}


async def attack(world: World, dice: random.Random, data: str, attacker: int, chat: int) -> None:
    await world.house.press_data(attacker, data, chat=chat)
    if world.changed():
        after = world.dump()
        assert harm(world, after, attacker) == [], (data, attacker, chat)
        world.before = after


async def test_nobody_acts_with_other_peoples_buttons_or_made_up_ones(world: World) -> None:
    dice = random.Random(6)
    shown = [one for one in world.buttons if not one.startswith(("lv:yes", "lv:all", "lv:p"))]
    assert len(shown) > 120
    for number in range(PRESSES):
        attacker = dice.choice(list(ATTACKERS.values()))
        data = shown[number % len(shown)] if number % 2 else forged(dice.choice(shown), dice)
        if attacker == SUN_CHAT and data.startswith(("gb:2", "gr:n")):
            continue  # it is the leader's own group
        await attack(world, dice, data, attacker, dice.choice([attacker, attacker, GROUP_CHAT]))
    assert APOLOGY not in str(world.house.inbox)

    for chat in (SUN_CHAT, GROUP_CHAT):  # neither a private chat nor another group's
        await attack(world, dice, "gb:2", SUN_CHAT, chat)


async def test_no_link_gives_what_it_was_not_made_for(world: World) -> None:
    """Used up, expired, taken back, edited, another's: each tried with names from the roster."""
    dice, house = random.Random(7), world.house
    links = await spent_links(world)
    before = powers(world.dump())
    for _ in range(LINKS):
        attacker = dice.choice(list(ATTACKERS.values()))
        await house.say(attacker, f"/start {edited(dice.choice(links), dice)}")
        await house.say(attacker, dice.choice(["林晓", "陈波", "赵宁", "何敏", "孙立", "钱明"]))
        await house.say(attacker, dice.choice(["13800005678", "/cancel", "号码换了，请老师确认"]))

    assert powers(world.dump()) == before
    await names_of_others(world)


async def names_of_others(world: World) -> None:
    """The link is good; who is in already, and who has more rights, is nobody else for it."""
    async with world.house.sessions.begin() as session:
        good = await invitations.make(
            session, role=PARTICIPANT, programme=PROGRAMME_CODE, group_id=1, uses=60, now=MORNING
        )
    before = powers(world.dump())
    for name in ("林晓", "陈波", "吴岳", "赵宁", "何敏", "孙立", "周未", "陈\u200b波", "陈 波"):
        await world.house.say(QIAN_CHAT, f"/start {good}")
        await world.house.say(QIAN_CHAT, name)
        await world.house.say(QIAN_CHAT, "/cancel")
    after = powers(world.dump())
    async with world.house.sessions() as session:
        qian = await people.person_of_account(session, TELEGRAM, QIAN_CHAT)

    assert qian is None or [one.role for one in qian.roles] == [PARTICIPANT]
    assert {row for row in before["account"] ^ after["account"] if row[1] != QIAN_CHAT} == set()
    assert before["coordinators"] == after["coordinators"]


async def spent_links(world: World) -> list[str]:
    made = []
    async with world.house.sessions.begin() as session:
        for role in (PARTICIPANT, LEADER, TUTOR, EXPERT, COORDINATOR):
            programme = "" if role == COORDINATOR else PROGRAMME_CODE
            for uses, days in ((0, 14), (1, -1), (5, -0.001)):
                token = await invitations.make(
                    session, role=role, programme=programme, uses=uses, days=days, now=MORNING
                )
                made.append(token)
        first = await invitations.make(session, role="", person_id=world.cast.lin, now=MORNING)
        await invitations.make(session, role="", person_id=world.cast.lin, days=-1, now=MORNING)
        made.append(first)  # the later one has replaced it, and is over itself
        good = await invitations.make(session, role=COORDINATOR, uses=9, now=MORNING)
        made += [good[:-1], good + "a", good.swapcase(), good[::-1]]
    return made


def edited(token: str, dice: random.Random) -> str:
    match dice.randrange(5):
        case 0:
            at = dice.randrange(len(token))
            return token[:at] + dice.choice("aZ0_-％%*") + token[at + 1 :]
        case 1:
            return token[: dice.randrange(len(token))]
        case 2:
            return f"{token} {token}"
        case _:
            return token


def powers(dump: Dump) -> dict[str, Any]:
    """Who is who, and what they may do."""
    names = ("account", "membership", "guidance", "coordinators", "training_group")
    return {name: dump[name] for name in names}
