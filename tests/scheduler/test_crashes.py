"""Killed at any place, nothing is lost; what may be doubled says so. The witness counts."""

import os
import random
import signal
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from scheduler import outbox, outbox_upkeep
from scheduler.courier import CRASH_POINTS
from scheduler.letters import LEASE, NewLetter, State
from storage.database import Sessions
from tests.cast import HE_CHAT, LIN_CHAT, MORNING, WU_CHAT, Cast, Clock
from tests.scheduler.delivering import make_sender
from tests.scheduler.doomed import EXIT, doomed
from tests.scheduler.witness import Witness

EACH_ONCE = Counter({LIN_CHAT: 1, HE_CHAT: 1, WU_CHAT: 1})
AFTERWARDS = LEASE + timedelta(seconds=1)
PLACES = ("planning", "planned", *CRASH_POINTS)


@pytest.fixture
def witness() -> Iterator[Witness]:
    one = Witness()
    yield one
    one.close()


@pytest.mark.parametrize("place", PLACES)
async def test_a_crash_at_a_named_place_loses_nothing(
    database_url: str, sessions: Sessions, cast: Cast, witness: Witness, place: str
) -> None:
    process = doomed(database_url, witness.url, MORNING, place=place)
    process.join(30)
    assert process.exitcode == EXIT

    clock = Clock(MORNING + AFTERWARDS)
    after = make_sender(sessions, clock, owner="after", base_url=witness.url)
    report = await after.tick.run(clock())
    await after.close()

    doubled = 1 if place == "answered" else 0
    marked = 1 if place in ("intent", "answered") else 0
    assert set(witness.copies()) == set(EACH_ONCE)
    assert witness.copies().total() == 3 + doubled
    assert witness.copies().total() - witness.unmarked_copies().total() == marked
    assert report.recovered.possibly_doubled == marked
    assert (await counts(sessions))[State.SENT] == 3


async def counts(sessions: Sessions) -> dict[State, int]:
    async with sessions() as session:
        return (await outbox_upkeep.status(session)).counts


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
        process.join(30)
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


def note(chat: int) -> NewLetter:
    return NewLetter(
        key=f"note:{chat}",
        kind="note",
        not_before=MORNING,
        expires_at=MORNING + timedelta(hours=12),
        chat_id=chat,
        data={"html": "通知"},
    )
