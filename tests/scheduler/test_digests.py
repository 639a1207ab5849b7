"""What reaches whom, morning by morning: the dry run says it, the wire shows it."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select, update

from scheduler.digests import Extra, Line
from scheduler.hours import Hours
from scheduler.letters import Button, State
from scheduler.moved import noting_what_was_told
from scheduler.planner import dry_run
from scheduler.rendering import Renderer
from scheduler.tick import Tick
from storage import people, progress
from storage.database import AnySession, Sessions
from storage.models import OutgoingMessage, Person, ToldDeadline
from storage.roster import Recipient
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    LIN_CHAT,
    MORNING,
    PROGRAMME,
    PROGRAMME_CODE,
    SHANGHAI,
    Cast,
    Clock,
    enroll,
)
from tests.databases import Database
from tests.scheduler.delivering import Sender, make_sender

NOTES = "学员-读书笔记"


@pytest.fixture
async def cast(sqlite: Database) -> Cast:
    async with sqlite.sessions.begin() as session:
        return await enroll(session)


@pytest.fixture
async def sender(sqlite: Database, clock: Clock) -> Sender:
    return make_sender(sqlite.sessions, clock, on_sent=noting_what_was_told(clock))


async def everybody(sessions: Sessions) -> list[Recipient]:
    async with sessions() as session:
        return await people.people_with_roles(session)


async def do(sessions: Sessions, person: int, task: str = NOTES) -> None:
    async with sessions.begin() as session:
        await progress.mark_done(session, person, PROGRAMME_CODE, task, now=MORNING)


def to(sender: Sender, chat: int) -> list[str]:
    return [form["text"] for form in sender.wire.accepted if int(form["chat_id"]) == chat]


async def test_the_dry_run_is_what_is_sent(
    sqlite: Database, cast: Cast, sender: Sender, clock: Clock
) -> None:
    await do(sqlite.sessions, cast.he, "指导教师-点评读书笔记")
    first, last = date(2015, 9, 13), date(2015, 10, 12)
    async with sqlite.sessions() as session:
        done = await progress.done_pairs(session, [PROGRAMME])
    roster = [person for person in await everybody(sqlite.sessions) if person.id != cast.chen]
    said = Counter(
        (row.on, row.person) for row in dry_run([PROGRAMME], roster, first, last, done=done)
    )
    async with sqlite.sessions.begin() as session:
        await session.execute(update(Person).values(chat_since=MORNING - timedelta(days=9)))
    heard: Counter[tuple[date, str]] = Counter()
    chats = {person.chat_id: person.name for person in roster}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        clock.now = datetime.combine(day, time(8), SHANGHAI)
        before = len(sender.wire.accepted)
        await sender.tick.run(clock())
        for form in sender.wire.accepted[before:]:
            if name := chats.get(int(form["chat_id"])):
                heard[day, name] += form["text"].count("\n• ")

    assert heard == said
    kinds = Counter(row.kind for row in dry_run([PROGRAMME], roster, first, last, done=done))
    assert kinds["overdue"] > 5


async def test_a_leader_hears_how_far_the_group_is(
    sqlite: Database, cast: Cast, sender: Sender, clock: Clock
) -> None:
    async with sqlite.sessions.begin() as session:
        for name in ("甲", "乙", "丙"):
            person = await people.add_person(session, name, now=MORNING)
            await people.set_role(session, person, PROGRAMME_CODE, "学员", group_id=cast.group)
    await do(sqlite.sessions, cast.lin)
    clock.now = datetime(2015, 9, 20, 8, tzinfo=SHANGHAI)

    await sender.tick.run(clock())

    [digest] = to(sender, CHEN_CHAT)
    assert "<b>您的小组</b>\n• 今晚截止：读书笔记，3 人未交" in digest
    [form] = [one for one in sender.wire.accepted if int(one["chat_id"]) == CHEN_CHAT]
    assert f"gr:n:{cast.group}:" in str(form["reply_markup"])
    [to_group] = to(sender, GROUP_CHAT)
    assert "今晚截止：读书笔记（还有 3 人没有登记完成）" in to_group
    assert not any(name in to_group for name in ("林", "甲", "乙", "丙"))

    clock.now = datetime(2015, 9, 21, 8, tzinfo=SHANGHAI)  # a Monday
    await sender.tick.run(clock())
    monday = to(sender, CHEN_CHAT)[-1]
    assert "昨天截止：读书笔记，3 人未交" in monday
    assert (
        "本周小结 · 第一阶段（到9月30日）</b>\n• 读书笔记：1/4 人完成\n• 观课报告：0/4 人" in monday
    )
    assert len(to(sender, GROUP_CHAT)) == 1  # nothing is near


async def test_where_everybody_is_done_nobody_is_bothered(
    sqlite: Database, cast: Cast, sender: Sender, clock: Clock
) -> None:
    await do(sqlite.sessions, cast.lin)
    clock.now = datetime(2015, 9, 20, 8, tzinfo=SHANGHAI)

    for _ in range(3):
        report = await sender.tick.run(clock())
        clock.advance(minutes=1)

    assert to(sender, LIN_CHAT) == to(sender, GROUP_CHAT) == []
    assert "小组" not in to(sender, CHEN_CHAT)[0]
    assert report.planned == 0  # what had nothing to say is not asked again at once


async def unread(session: AnySession, person: Recipient, day: date) -> Sequence[Line]:
    if person.name != "赵宁":
        return []
    return [Line("• 《第一期》", (Button("打开", url="https://example.org/1"),))]


async def who_has_unread(session: AnySession, day: date) -> Collection[int]:
    everyone = await people.people_with_roles(session)
    return {person.id for person in everyone if person.name == "赵宁"}


async def test_something_else_to_tell_is_a_digest_of_its_own(
    sqlite: Database, cast: Cast, sender: Sender, clock: Clock
) -> None:
    extras = (Extra("您还没看的简报", unread, who_has_unread),)

    async def load() -> tuple[object, ...]:
        return (PROGRAMME,)

    render = Renderer(sqlite.sessions, load, hours=Hours(), extras=extras)  # type: ignore[arg-type]
    sender = make_sender(sqlite.sessions, clock, render=render)
    tick = Tick(sqlite.sessions, sender.courier, load, hours=Hours(), extras=extras)  # type: ignore[arg-type]

    await tick.run(clock())
    await tick.run(clock())

    told = [form for form in sender.wire.accepted if "您还没看的简报" in form["text"]]
    assert [form["text"] for form in told] == [
        "<b>赵宁，这是您9月17日的研修提醒</b>\n\n<b>您还没看的简报</b>\n• 《第一期》"
    ]
    assert "打开" in str(told[0]["reply_markup"])


async def test_somebodys_own_night_is_kept(
    sqlite: Database, cast: Cast, sender: Sender, clock: Clock
) -> None:
    async with sqlite.sessions.begin() as session:
        own = {"quiet_from": time(20), "quiet_to": time(9, 30)}
        await session.execute(update(Person).where(Person.id == cast.lin).values(**own))

    await sender.tick.run(clock())
    assert to(sender, LIN_CHAT) == []
    clock.advance(hours=1, minutes=30)
    await sender.tick.run(clock())

    assert len(to(sender, LIN_CHAT)) == 1


async def test_what_was_told_is_remembered_with_the_receipt(
    sqlite: Database, cast: Cast, sender: Sender, clock: Clock
) -> None:
    await sender.tick.run(clock())

    async with sqlite.sessions() as session:
        told = await session.scalars(select(ToldDeadline).where(ToldDeadline.person_id == cast.lin))
        assert [(one.task_code, one.due) for one in told] == [(NOTES, date(2015, 9, 20))]


@pytest.mark.parametrize("was_running", [True, False])
async def test_off_for_a_day_everything_is_sent_or_reported(
    sqlite: Database, cast: Cast, clock: Clock, *, was_running: bool
) -> None:
    """The scheduler stands still from Saturday at ten until Sunday at ten, or was never there."""
    async with sqlite.sessions.begin() as session:
        eleven = update(Person).where(Person.id == cast.lin).values(remind_at=time(11))
        await session.execute(eleven)
    clock.now = datetime(2015, 9, 19, 10, tzinfo=SHANGHAI)
    if was_running:
        await make_sender(sqlite.sessions, clock).tick.run(clock())
    clock.advance(hours=24)

    report = await make_sender(sqlite.sessions, clock, owner="after").tick.run(clock())

    async with sqlite.sessions() as session:
        rows = await session.execute(
            select(OutgoingMessage.key, OutgoingMessage.state).order_by(OutgoingMessage.key)
        )
        states = {row.key: row.state for row in rows if row.key[-10:] <= "2015-09-20"}
    saturday = {
        f"digest:{cast.chen}:2015-09-19": State.SENT,  # at eight, before the day off
        f"digest:{cast.wu}:2015-09-19": State.SENT,
        f"group_digest:{cast.group}:2015-09-19": State.SENT,
    }
    assert states == (saturday if was_running else {}) | {
        f"digest:{cast.lin}:2015-09-19": State.EXPIRED,  # yesterday at eleven: reported
        f"digest:{cast.lin}:2015-09-20": State.PLANNED,  # today at eleven
        f"digest:{cast.chen}:2015-09-20": State.SENT,  # two hours late, and still useful
        f"group_digest:{cast.group}:2015-09-20": State.SENT,
    }
    assert report.expired == 1
    assert report.delivered == {State.SENT: 2}


async def test_a_leaders_reading_is_not_a_participants(
    sqlite: Database, cast: Cast, sender: Sender, clock: Clock
) -> None:
    clock.now = datetime(2015, 9, 20, 8, tzinfo=SHANGHAI)
    await sender.tick.run(clock())

    assert "小组" not in to(sender, LIN_CHAT)[0]
