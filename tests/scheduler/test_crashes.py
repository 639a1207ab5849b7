"""Killed at any place, nothing is lost; what may be doubled says so. The witness counts."""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from scheduler import outbox, outbox_upkeep
from scheduler.crash_points import IN_A_TICK, OF_A_LETTER
from scheduler.letters import NewLetter, State
from storage.database import Sessions, is_current, upgrade
from tests.cast import HE_CHAT, LIN_CHAT, MORNING, WU_CHAT, Cast, Clock
from tests.databases import PostgresServer, opened
from tests.scheduler.delivering import make_sender
from tests.scheduler.doomed import EXIT, doomed, doomed_migration
from tests.scheduler.witness import MARK, Witness

# In this order, each in the process that comes after the crash before it; «recovering» has
# something to recover then. On the wire: killed by the witness, who keeps the reply to itself.
ON_THE_WIRE = "on the wire"
PLACES = (
    *("planning", "planned", "renewing", "claimed", "rendered", "before intent", "intent"),
    *("recovering", ON_THE_WIRE, "answered", "halted", "marking", "marked"),
)
PATIENCE = 180  # seconds, for busy machines: the first fork imports everything
CHATS = (1, 2)
ARRIVED_UNSEEN = {ON_THE_WIRE, "answered", "marking"}  # and come again
UNCERTAIN = ARRIVED_UNSEEN | {"intent", "halted"}  # are marked when they come (again)


@pytest.fixture
def witness() -> Iterator[Witness]:
    one = Witness()
    yield one
    one.close()


def test_every_named_place_is_tried() -> None:
    assert set(PLACES) - {ON_THE_WIRE} == {*IN_A_TICK, *OF_A_LETTER}


async def test_crashes_at_all_named_places_lose_nothing(
    database_url: str, sessions: Sessions, cast: Cast, witness: Witness
) -> None:
    clock, witness.reply_after_s = Clock(), 0.001
    for place in PLACES:
        async with sessions.begin() as session:
            await outbox.add(session, [note(chat, place) for chat in CHATS], now=clock())
        witness.too_many = int(place == "halted")
        crash(database_url, witness, clock(), place)
        clock.advance(minutes=10)  # all leases are over
    after = make_sender(sessions, clock, owner="after", base_url=witness.url)
    for _ in range(3):  # what was uncertain twice waits a little longer
        await after.tick.run(clock())
        clock.advance(minutes=30)
    await after.close()

    said = Counter((chat, text.removeprefix(MARK).lstrip()) for chat, text in witness.seen)
    assert {(chat, place) for chat in CHATS for place in PLACES} < set(said)
    assert {LIN_CHAT, HE_CHAT, WU_CHAT} <= {chat for chat, _ in said}  # their digests
    assert (await counts(sessions))[State.SENT] == len(said)
    async with sessions.begin() as session:
        assert await outbox.claim(session, "anybody", now=clock()) == []
    assert said.total() - len(said) == len(ARRIVED_UNSEEN)
    assert 0 < sum(MARK in text for _, text in witness.seen) <= len(UNCERTAIN)
    assert max(Counter(one for one in witness.seen if MARK not in one[1]).values()) == 1


def crash(database_url: str, witness: Witness, now: datetime, place: str) -> None:
    if place != ON_THE_WIRE:
        process = doomed(database_url, witness.url, now, place=place)
        process.join(PATIENCE)
        assert (place, process.exitcode) == (place, EXIT)
        return
    process = doomed(database_url, witness.url, now)
    pid = process.pid or 0
    witness.on_arrival = lambda _: os.kill(pid, signal.SIGKILL)
    process.join(PATIENCE)
    witness.on_arrival = lambda _: None
    assert process.exitcode == -signal.SIGKILL


async def counts(sessions: Sessions) -> dict[State, int]:
    async with sessions() as session:
        return (await outbox_upkeep.status(session)).counts


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path}/new.db"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.empty()


async def test_a_crash_during_a_migration_is_as_if_it_had_not_begun(empty_url: str) -> None:
    for statement in (3, 40, 90):
        process = doomed_migration(empty_url, statement)
        process.join(PATIENCE)
        assert process.exitcode == EXIT
    database = opened(empty_url)
    assert not await is_current(database.engine)

    await upgrade(database.engine)

    assert await is_current(database.engine)
    await database.engine.dispose()


async def test_kill_9_in_the_middle_of_a_mailing_loses_nothing(
    database_url: str, sessions: Sessions, witness: Witness
) -> None:
    letters, kills, in_flight, dice = 150, 5, 8, random.Random(9)
    witness.reply_after_s = 0.005
    async with sessions.begin() as session:
        await outbox.add(session, [note(chat) for chat in range(1, letters + 1)], now=MORNING)
    clock = Clock()

    for _ in range(kills):
        arrived = len(witness.seen) + dice.randint(3, 20)
        process = doomed(database_url, witness.url, clock(), in_flight=in_flight)
        pid = process.pid or 0
        witness.on_arrival = lambda count, pid=pid, last=arrived: (  # type: ignore[misc]
            os.kill(pid, signal.SIGKILL) if count == last else None
        )
        process.join(PATIENCE)
        assert process.exitcode == -signal.SIGKILL
        clock.advance(minutes=10)
    after = make_sender(sessions, clock, owner="after", in_flight=in_flight, base_url=witness.url)
    for _ in range(3):  # what was uncertain twice waits a little longer
        await after.tick.run(clock())
        clock.advance(minutes=10)
    await after.close()

    copies, unmarked = witness.copies(), witness.unmarked_copies()
    assert set(copies) == set(range(1, letters + 1))
    assert copies.total() - letters <= kills * in_flight
    assert max(unmarked.values()) == 1  # every copy after the first says that it may be one
    assert await counts(sessions) == {State.SENT: letters}


def note(chat: int, what: str = "通知") -> NewLetter:
    return NewLetter(
        key=f"{what}:{chat}",
        kind="note",
        not_before=MORNING,
        expires_at=MORNING + timedelta(hours=12),
        chat_id=chat,
        data={"html": what},
    )
