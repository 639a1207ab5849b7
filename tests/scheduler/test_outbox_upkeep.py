"""What people decide about rows, and what is forgotten."""

from datetime import datetime

from scheduler import outbox, outbox_upkeep
from scheduler.letters import State
from storage import people
from storage.database import Sessions
from tests.cast import GROUP_CHAT, MORNING, Cast
from tests.scheduler.test_outbox import HOUR, LATER, add, claim, counts, note, start_sending


async def test_a_human_decides_what_becomes_of_a_held_letter(sessions: Sessions) -> None:
    await add(sessions, *(note(key, chat_id=GROUP_CHAT) for key in ("absent", "arrived")))
    for letter in await claim(sessions):
        await start_sending(sessions, letter)
    tomorrow = MORNING + 25 * HOUR

    async with sessions.begin() as session:
        await outbox_upkeep.recover(session, now=LATER)
        absent, arrived = await outbox_upkeep.held(session)
        assert (absent.key, absent.chat_id, absent.text) == ("absent", GROUP_CHAT, "text")
        assert await outbox_upkeep.release(session, absent.id, now=tomorrow)
        assert await outbox_upkeep.drop(session, arrived.id)
        assert not await outbox_upkeep.release(session, arrived.id, now=tomorrow)
        assert await outbox_upkeep.expire(session, now=tomorrow) == 0

    async with sessions.begin() as session:
        assert await outbox_upkeep.retry_failed(session, "a", now=LATER) == 0
    (released,) = await claim(sessions, now=tomorrow)
    assert released.expires_at == tomorrow + 24 * HOUR
    assert (released.key, released.possibly_doubled) == ("absent", False)
    assert await add(sessions, note("arrived")) == 0  # planning it again does not bring it back


async def test_a_broadcast_can_be_counted_cancelled_and_sent_again_to_the_failed(
    sessions: Sessions,
) -> None:
    await add(sessions, *(note(f"broadcast:1:{n}", chat_id=n) for n in range(1, 5)))
    await add(sessions, note("broadcast:10:1"), note("Broadcast:1:1"), note("broadcast:2:1"))
    failing, taken = await claim(sessions, limit=2)
    await start_sending(sessions, failing)
    async with sessions.begin() as session:
        await outbox.mark_failed(session, failing, "Bad Request: chat not found")

    async with sessions.begin() as session:
        cancelled = await outbox_upkeep.cancel(session, "broadcast:1:")
        again = await outbox_upkeep.retry_failed(session, "broadcast:1:", now=LATER)
        stand = await outbox_upkeep.counts(session, "broadcast:1:")

    assert (cancelled, again) == (3, 1)
    assert stand == {State.SUPERSEDED: 3, State.PLANNED: 1}
    assert not await start_sending(sessions, taken)  # not even what was claimed already
    assert (await counts(sessions))[State.PLANNED] == 4


async def test_what_is_over_is_forgotten_after_its_time_in_portions(sessions: Sessions) -> None:
    await add(sessions, *(note(str(n)) for n in range(4)))
    for letter in await claim(sessions, limit=3):
        await start_sending(sessions, letter)
        async with sessions.begin() as session:
            await outbox.mark_sent(session, letter, 1, now=MORNING)

    async def forget(moment: datetime) -> int:
        async with sessions.begin() as session:
            over = await outbox_upkeep.over_before(session, moment, limit=2)
            return await outbox_upkeep.forget(session, over)

    assert await forget(MORNING) == 0
    assert [await forget(MORNING + 90 * 24 * HOUR) for _ in range(3)] == [2, 1, 0]
    assert await counts(sessions) == {State.PLANNED: 1}  # what waits is never forgotten


async def test_who_has_not_come_in_yet_keeps_nobody_waiting(sessions: Sessions, cast: Cast) -> None:
    """A broadcast is over without them; when they come while it is of use, they get it."""
    async with sessions.begin() as session:
        late = await people.add_person(session, "迟到", now=MORNING)
    await add(sessions, note("late", person_id=late, chat_id=None))
    assert await counts(sessions) == {State.UNREACHABLE: 1}

    async with sessions.begin() as session:
        await people.bind_chat(session, late, 4711, surface="page", now=MORNING)

    [letter] = await claim(sessions, surface="page")
    assert letter.chat_id == 4711
