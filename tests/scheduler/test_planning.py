"""What is due becomes rows of the outbox, the same as by the plain rules, person by person."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from sqlalchemy import select

from knowledge.programme.values import Amount, Programme
from scheduler.digests import Extra
from scheduler.hours import Hours
from scheduler.planning import Planning
from storage import groups, people, preferences, progress
from storage.database import AnySession, Sessions
from storage.models import OutgoingMessage
from tests.cast import MORNING, PROGRAMME, PROGRAMME_CODE, Cast
from tests.scheduler.plain_planning import Planned, planned_digests

A_DAY = timedelta(days=1)
FIRST = PROGRAMME.stages[0]
COUNTED = replace(
    FIRST.tasks[0], code="学员-点评", detail="", amounts=(Amount(2, "篇", "2篇", ""),)
)
OTHER = replace(
    PROGRAMME,
    code="other",
    stages=(replace(FIRST, starts=date(2015, 9, 18), tasks=(*FIRST.tasks[1:], COUNTED)),),
)
BOTH = (PROGRAMME, OTHER)
ROLES = ("学员", "学员", "学员", "组长", "指导教师", "省级专家", "管理员")
QUIET = (None, (time(12), time(14)), (time(0), time(0)))
MANY, PAGE = 80, 30
MOMENTS = (
    *(MORNING - timedelta(hours=20), MORNING, MORNING + A_DAY),
    *(MORNING + A_DAY + timedelta(seconds=1), MORNING + timedelta(days=4, hours=9)),
)


def planning(sessions: Sessions, *programmes: Programme, besides: Collection[int] = ()) -> Planning:
    async def load() -> tuple[Programme, ...]:
        return programmes

    async def nothing(*_: object) -> list[object]:
        return []

    async def some(_session: AnySession, _today: date) -> Collection[int]:
        return besides

    extra = Extra("", nothing, some)  # type: ignore[arg-type]
    return Planning(sessions, load, hours=Hours(), extras=[extra], people_at_once=PAGE)


async def rows(sessions: Sessions) -> dict[str, Planned]:
    async with sessions() as session:
        found = await session.scalars(
            select(OutgoingMessage).where(OutgoingMessage.kind == "digest")
        )
        return {r.key: Planned(r.key, r.priority, r.not_before, r.expires_at) for r in found}


async def test_a_digest_says_why_it_exists(sessions: Sessions, cast: Cast) -> None:
    await planning(sessions, PROGRAMME)(MORNING)

    closes = MORNING.replace(hour=22)
    of_lin = [row for key, row in sorted((await rows(sessions)).items()) if f":{cast.lin}:" in key]
    assert of_lin == [
        Planned(f"digest:{cast.lin}:2015-09-17", 103, MORNING, closes),
        Planned(f"digest:{cast.lin}:2015-09-19", 101, MORNING + 2 * A_DAY, closes + 2 * A_DAY),
    ]
    async with sessions() as session:
        row = (await session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.key))).first()
    assert row is not None
    assert (row.person_id, row.group_id, row.chat_id, row.surface) == (
        *(cast.lin, None, None, "telegram"),
    )
    assert (row.state, row.data, row.planned_at) == ("planned", {"day": "2015-09-17"}, MORNING)


async def test_all_that_is_due_is_planned_and_nothing_else(sessions: Sessions) -> None:
    dice = Random(5)
    async with sessions.begin() as session:
        ids = [await somebody(session, number, dice) for number in range(MANY)]
    besides = {*dice.sample(ids, 15), *ids[PAGE - 1 : PAGE + 1]}
    plan = planning(sessions, *BOTH, besides=besides)
    before: dict[str, Planned] = {}
    for now in MOMENTS:
        async with sessions.begin() as session:
            for person in dice.sample(ids, 60):
                await something_happens(session, person, dice, now)

        changed = await plan(now)

        after, should = await rows(sessions), await by_the_rules(sessions, now, besides)
        assert {key: after.get(key) for key in should} == should
        assert after == before | should  # what is no longer due says nothing when it is claimed
        assert changed == sum(row != before.get(key) for key, row in should.items())
        assert await plan(now) == 0
        before = after
    assert len(before) > 100


async def by_the_rules(
    sessions: Sessions, now: datetime, besides: Collection[int]
) -> dict[str, Planned]:
    async with sessions() as session:
        roster = await people.people_with_roles(session)
        done = await progress.done_pairs(session, BOTH)
    found = planned_digests(BOTH, roster, now, done=done, besides=besides)
    return {one.key: one for one in found}


async def somebody(session: AnySession, number: int, dice: Random) -> int:
    chat = None if dice.random() < 0.1 else 9_000 + number
    since = dice.choice(MOMENTS) - timedelta(days=dice.choice([0, 3, 30]))
    person = await people.add_person(session, f"老师{number}", chat_id=chat, now=since)
    group = await groups.add_group(session, f"组{number}", programme=PROGRAMME_CODE)
    for programme in dice.sample(
        [*BOTH, replace(OTHER, code="gone")], dice.choice([0, 1, 1, 1, 2])
    ):
        in_group = group if dice.random() < 0.5 else None
        role = dice.choice(ROLES)
        await people.set_role(session, person, programme.code, role, group_id=in_group)
    return person


async def something_happens(session: AnySession, person: int, dice: Random, now: datetime) -> None:
    code = dice.choice(BOTH).code
    one_of = dice.choice
    changes: list[Callable[[], Awaitable[object]]] = [
        lambda: people.set_remind_at(session, person, one_of([None, time(19, 30), time(5)])),
        lambda: preferences.set_quiet(session, person, one_of(QUIET)),
        lambda: people.set_muted(session, person, code, muted=one_of([True, False])),
        lambda: people.set_unreachable(session, person),
        lambda: people.set_reachable(session, person, now=now),
        lambda: people.deactivate(session, person),
        lambda: progress.mark_done(session, person, code, "学员-读书笔记", now=now),
        lambda: progress.mark_done(session, person, code, "学员-观课报告", now=now),
        lambda: progress.undo(session, person, code, "学员-观课报告", now=now),
        lambda: progress.count_up(
            session, person, OTHER.code, COUNTED.code, by=one_of([1, 2]), now=now
        ),
        lambda: progress.credit(
            session, person, one_of(["a:1", "a:2", "a:3"]), OTHER.code, COUNTED.code, now=now
        ),
    ]
    await one_of(changes)()
