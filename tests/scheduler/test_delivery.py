"""What Telegram may answer, and what becomes of the letter then."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram.error import NetworkError, TimedOut

from scheduler import outbox, outbox_upkeep
from scheduler.courier import AFTER_A_FAULT
from scheduler.letters import LEASE, Letter, NewLetter, State, Text
from storage import people
from storage.database import Sessions
from storage.models import OutgoingMessage
from tests import wire
from tests.cast import GROUP_CHAT, LIN_CHAT, Cast, Clock
from tests.scheduler.delivering import Sender, make_sender
from tests.wire import RecordingRequest, Unkind


def pool_timeout() -> TimedOut:
    error = TimedOut("Pool timeout")
    error.__cause__ = httpx.PoolTimeout("full")
    return error


def reset_connection() -> NetworkError:
    error = NetworkError("httpx.ReadError")
    error.__cause__ = httpx.ReadError("reset")
    return error


def note(clock: Clock, key: str = "a", html: str = "您好", **target: int) -> NewLetter:
    return NewLetter(
        key=key,
        kind="note",
        not_before=clock(),
        expires_at=clock() + timedelta(hours=12),
        data={"html": html},
        person_id=target.get("person"),
        group_id=target.get("group"),
        chat_id=target.get("chat"),
    )


async def add(sessions: Sessions, clock: Clock, *letters: NewLetter) -> None:
    async with sessions.begin() as session:
        await outbox.add(session, letters, now=clock())


async def row(sessions: Sessions) -> OutgoingMessage:
    async with sessions() as session:
        found = await session.get(OutgoingMessage, 1)
        assert found
        return found


def sender_with(sessions: Sessions, clock: Clock, *replies: Unkind) -> Sender:
    return make_sender(sessions, clock, RecordingRequest(*replies), programmes=())


@pytest.mark.parametrize(
    ("reply", "state", "tries"),
    [
        pytest.param(wire.BLOCKED, State.UNREACHABLE, 1, id="blocked"),
        pytest.param(wire.NO_SUCH_CHAT, State.FAILED, 1, id="no such chat"),
        pytest.param(wire.BAD_MARKUP, State.SENT, 2, id="bad markup, then plain"),
        pytest.param(wire.slow_down(30), State.PLANNED, 1, id="429"),
        pytest.param(wire.WRONG_TOKEN, State.PLANNED, 1, id="wrong token"),
        pytest.param(wire.refused_connection(), State.PLANNED, 1, id="connection refused"),
        pytest.param(pool_timeout(), State.PLANNED, 1, id="no free connection"),
        pytest.param(wire.LOST_REPLY, State.SENDING, 1, id="timeout after writing"),
        pytest.param(reset_connection(), State.SENDING, 1, id="connection lost"),
        pytest.param(wire.SERVER_ERROR, State.SENDING, 1, id="502"),
        pytest.param((200, {"ok": True}), State.SENDING, 1, id="an answer that is none"),
    ],
)
async def test_each_answer_leads_to_one_state(
    sessions: Sessions, cast: Cast, clock: Clock, reply: Unkind, state: State, tries: int
) -> None:
    await add(sessions, clock, note(clock, person=cast.lin))
    sender = sender_with(sessions, clock, reply)

    await sender.courier.deliver_due()

    assert (await row(sessions)).state == state
    assert len(sender.wire.sent) == tries


async def test_who_blocked_us_is_left_alone_until_they_write(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await add(sessions, clock, note(clock, person=cast.lin))
    sender = sender_with(sessions, clock, wire.BLOCKED)
    await sender.tick.run(clock())
    clock.advance(minutes=1)
    await sender.tick.run(clock())
    assert len(sender.wire.sent) == 1

    async with sessions.begin() as session:
        assert await people.set_reachable(session, cast.lin, now=clock())
    await sender.tick.run(clock())

    assert [form["chat_id"] for form in sender.wire.accepted] == [LIN_CHAT]


async def test_bad_markup_is_sent_once_as_plain_text(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await add(sessions, clock, note(clock, html="<b>1 &lt; 2</b></i>", person=cast.lin))
    sender = sender_with(sessions, clock, wire.BAD_MARKUP, wire.BAD_MARKUP)

    await sender.courier.deliver_due()

    assert [(f.get("parse_mode"), f["text"]) for f in sender.wire.sent] == [
        ("HTML", "<b>1 &lt; 2</b></i>"),
        (None, "1 < 2"),
    ]
    assert (await row(sessions)).state == State.FAILED


async def test_a_429_stops_everything_until_it_is_over(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await add(sessions, clock, *(note(clock, str(n), chat=n) for n in range(1, 20)))
    sender = sender_with(sessions, clock, wire.slow_down(30))

    await sender.courier.deliver_due()
    told = len(sender.wire.sent)
    clock_before = clock()
    await sender.courier.deliver_due()

    assert told == len(sender.wire.sent) == 1
    assert clock() == clock_before
    assert (await row(sessions)).not_before >= clock_before + timedelta(seconds=29)


async def test_a_group_that_moved_gets_the_message_at_its_new_place(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await add(sessions, clock, note(clock, group=cast.group))
    sender = sender_with(sessions, clock, wire.moved_to(-100_4711))

    await sender.courier.deliver_due()

    assert [int(f["chat_id"]) for f in sender.wire.sent] == [GROUP_CHAT, -100_4711]
    found = await row(sessions)
    assert (found.key, found.state, found.chat_id) == ("a", State.SENT, -100_4711)


async def test_a_lost_reply_is_sent_again_marked_when_the_lease_is_over(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await add(sessions, clock, note(clock, person=cast.lin))
    sender = sender_with(sessions, clock, wire.LOST_REPLY)
    await sender.tick.run(clock())
    clock.advance(seconds=30)
    await sender.tick.run(clock())
    assert len(sender.wire.sent) == 1  # never blindly

    clock.advance(seconds=LEASE.total_seconds())
    report = await sender.tick.run(clock())

    assert report.recovered.possibly_doubled == 1
    assert [form["text"] for form in sender.wire.sent] == ["您好", "（可能重复）\n您好"]


async def test_a_lost_reply_from_a_group_is_held(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await add(sessions, clock, note(clock, group=cast.group))
    sender = sender_with(sessions, clock, wire.LOST_REPLY)
    await sender.tick.run(clock())
    clock.advance(minutes=5)

    report = await sender.tick.run(clock())

    assert report.recovered.held == 1
    assert len(sender.wire.sent) == 1


async def test_a_refused_connection_is_tried_again_soon_unmarked(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await add(sessions, clock, note(clock, person=cast.lin))
    sender = sender_with(sessions, clock, wire.refused_connection())
    await sender.tick.run(clock())
    clock.advance(seconds=30)

    await sender.tick.run(clock())

    assert [form["text"] for form in sender.wire.accepted] == ["您好"]


async def test_one_letter_that_cannot_be_written_does_not_stop_the_others(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    broken = replace(note(clock, "broken", person=cast.lin), data={}, priority=1)
    await add(sessions, clock, broken, note(clock, "fine", "好", person=cast.he))
    sender = sender_with(sessions, clock)

    await sender.courier.deliver_due()

    assert [form["text"] for form in sender.wire.accepted] == ["好"]
    found = await row(sessions)
    assert found.state == State.PLANNED
    assert found.not_before >= clock() + AFTER_A_FAULT - timedelta(minutes=1)
    assert found.error
    assert "html" in found.error


async def test_only_one_of_two_replicas_sends(sessions: Sessions, cast: Cast, clock: Clock) -> None:
    await add(sessions, clock, note(clock, person=cast.lin))
    first = make_sender(sessions, clock, programmes=(), owner="first")
    second = make_sender(sessions, clock, programmes=(), owner="second")
    assert await first.leadership.is_ours()

    await second.courier.deliver_due()
    assert second.wire.sent == []
    await first.courier.deliver_due()
    assert len(first.wire.sent) == 1

    await first.courier.stop()
    assert await second.leadership.is_ours()


async def test_a_replica_that_fell_silent_is_replaced(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    first = make_sender(sessions, clock, owner="first")
    second = make_sender(sessions, clock, owner="second")
    assert await first.leadership.is_ours()
    assert not await second.leadership.is_ours()

    clock.advance(seconds=21)

    assert await second.leadership.is_ours()
    assert (first.leadership.term, second.leadership.term) == (1, 2)


async def test_an_answer_that_could_not_be_written_is_written_later(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    broken = iter(["once"])

    def database_restarts(place: str) -> None:
        if place == "answered" and next(broken, None):
            raise ConnectionError("server closed the connection")

    await add(sessions, clock, note(clock, person=cast.lin))
    sender = make_sender(sessions, clock, programmes=(), at=database_restarts)
    await sender.tick.run(clock())
    assert (await row(sessions)).state == State.SENDING
    clock.advance(minutes=5)  # well after the lease

    report = await sender.tick.run(clock())

    assert report.recovered.possibly_doubled == 0
    assert (await row(sessions)).state == State.SENT
    assert len(sender.wire.sent) == 1


async def test_what_was_told_is_noted_where_the_letter_is_marked_sent(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    noted: list[tuple[str, State, Any]] = []

    async def on_sent(session: Any, letter: Letter) -> None:
        found = await session.get(OutgoingMessage, letter.id)
        noted.append((letter.key, found.state, letter.data["told"]))
        if letter.key == "odd":
            raise ValueError("no such deadline")

    async def render(_letter: Letter, _now: datetime) -> Text:
        return Text("读书笔记 9月20日截止", told={"due": "2015-09-20"})

    await add(sessions, clock, note(clock, "odd", person=cast.lin), note(clock, person=cast.he))
    sender = make_sender(sessions, clock, programmes=(), on_sent=on_sent, render=render)
    await sender.tick.run(clock())
    await sender.tick.run(clock())  # one that cannot be noted is marked sent all the same

    told = {"due": "2015-09-20"}
    assert noted == [
        ("odd", State.SENT, told),
        ("a", State.SENT, told),
        ("odd", State.SENT, told),
    ]
    assert len(sender.wire.sent) == 2
    async with sessions() as session:
        assert (await outbox_upkeep.status(session)).counts == {State.SENT: 2}
        assert await outbox.message_id(session, "a") == 2
