"""Rows: added once, taken once, written only by who holds them."""

import asyncio
from datetime import timedelta

from scheduler import outbox, outbox_upkeep
from scheduler.letters import LEASE, Letter, NewLetter, Recovered, State
from scheduler.outbox_upserts import SILENT_FOR
from storage import people
from storage.database import Sessions
from storage.roster import TELEGRAM
from tests.cast import GROUP_CHAT, MORNING, Cast

HOUR = timedelta(hours=1)
LATER = MORNING + LEASE + timedelta(seconds=1)


def note(key: str, chat_id: int | None = 7, **changes: object) -> NewLetter:
    values: dict[str, object] = {
        "not_before": MORNING,
        "expires_at": MORNING + 12 * HOUR,
        "chat_id": chat_id,
        "data": {"html": key},
    }
    return NewLetter(key=key, kind="note", **(values | changes))  # type: ignore[arg-type]


async def add(sessions: Sessions, *letters: NewLetter) -> int:
    async with sessions.begin() as session:
        return await outbox.add(session, letters, now=MORNING)


async def claim(sessions: Sessions, owner: str = "w", **more: object) -> list[Letter]:
    async with sessions.begin() as session:
        return await outbox.claim(session, owner, **({"now": MORNING} | more))  # type: ignore[arg-type]


async def counts(sessions: Sessions) -> dict[State, int]:
    async with sessions() as session:
        return (await outbox_upkeep.status(session)).counts


async def start_sending(sessions: Sessions, letter: Letter) -> bool:
    async with sessions.begin() as session:
        return await outbox.begin_sending(session, letter, "text", now=MORNING)


async def test_adding_twice_adds_nothing(sessions: Sessions) -> None:
    assert await add(sessions, note("a"), note("b")) == 2
    assert await add(sessions, note("a"), note("b"), note("c")) == 1
    assert await counts(sessions) == {State.PLANNED: 3}


async def test_many_are_added_in_chunks(sessions: Sessions) -> None:
    assert await add(sessions, *(note(str(n)) for n in range(2_500))) == 2_500


async def test_a_planned_row_follows_a_new_hour_but_a_sent_one_does_not(
    sessions: Sessions,
) -> None:
    await add(sessions, note("a"), note("b"))
    (first,) = await claim(sessions, limit=1)
    await start_sending(sessions, first)
    async with sessions.begin() as session:
        await outbox.mark_sent(session, first, 1, now=MORNING)

    moved = await add(sessions, *(note(key, not_before=MORNING + HOUR) for key in ("a", "b")))

    assert moved == 1
    assert await claim(sessions) == []
    assert [letter.key for letter in await claim(sessions, now=MORNING + HOUR)] == ["b"]


async def test_only_what_is_due_and_still_useful_is_taken_most_urgent_first(
    sessions: Sessions,
) -> None:
    await add(
        sessions,
        note("calm"),
        note("urgent", priority=1),
        note("early", not_before=MORNING + HOUR),
        note("late", expires_at=MORNING),
    )

    assert [letter.key for letter in await claim(sessions)] == ["urgent", "calm"]
    assert await claim(sessions) == []


async def test_a_batch_is_sixteen(sessions: Sessions) -> None:
    await add(sessions, *(note(str(n)) for n in range(20)))

    assert [len(await claim(sessions)) for _ in range(3)] == [16, 4, 0]


async def test_four_at_once_take_every_row_exactly_once(sessions: Sessions) -> None:
    await add(sessions, *(note(str(n)) for n in range(100)))

    async def work(owner: str) -> list[int]:
        taken: list[int] = []
        while letters := await claim(sessions, owner, limit=3):
            taken += [letter.id for letter in letters]
        return taken

    everybody = await asyncio.gather(*(work(f"w{n}") for n in range(4)))

    taken = [id for ids in everybody for id in ids]
    assert len(taken) == len(set(taken)) == 100


async def test_a_persons_chat_is_looked_up_when_the_letter_is_taken(
    sessions: Sessions, cast: Cast
) -> None:
    await add(
        sessions,
        note("lin", chat_id=1, person_id=cast.lin),
        note("group", chat_id=1, group_id=cast.group),
    )
    async with sessions.begin() as session:
        await people.bind_chat(session, cast.lin, 4711, now=MORNING)

    assert [letter.chat_id for letter in await claim(sessions)] == [4711, GROUP_CHAT]


async def test_a_claim_that_was_never_sent_is_safe_to_repeat(sessions: Sessions) -> None:
    await add(sessions, note("a"))
    (first,) = await claim(sessions)

    async with sessions.begin() as session:
        early = await outbox_upkeep.recover(session, now=MORNING)
        recovered = await outbox_upkeep.recover(session, now=LATER)
    (second,) = await claim(sessions, "other", now=LATER)

    assert early == Recovered()
    assert recovered == Recovered(never_sent=1)
    assert not second.possibly_doubled
    assert not await start_sending(sessions, first)  # fenced: it is no longer ours
    assert await start_sending(sessions, second)


async def test_a_private_message_of_unknown_fate_is_sent_again_marked(sessions: Sessions) -> None:
    await add(sessions, note("a"))
    (first,) = await claim(sessions)
    await start_sending(sessions, first)

    async with sessions.begin() as session:
        recovered = await outbox_upkeep.recover(session, now=LATER)
    (second,) = await claim(sessions, now=LATER)

    assert recovered == Recovered(possibly_doubled=1)
    assert second.possibly_doubled
    async with sessions.begin() as session:  # the frozen sender wakes up
        assert not await outbox.mark_sent(session, first, 5, now=LATER)
        assert not await outbox.mark_failed(session, first, "no")
        assert not await outbox.put_back(session, first, not_before=LATER, reason="no")
    async with sessions() as session:
        status = await outbox_upkeep.status(session)
    assert status.possibly_doubled == 1
    assert [one.key for one in status.doubtful] == ["a"]


async def test_a_group_post_of_unknown_fate_is_held(sessions: Sessions) -> None:
    await add(sessions, note("a", chat_id=GROUP_CHAT))
    (letter,) = await claim(sessions)
    await start_sending(sessions, letter)

    async with sessions.begin() as session:
        recovered = await outbox_upkeep.recover(session, now=LATER)

    assert recovered == Recovered(held=1)
    async with sessions() as session:
        status = await outbox_upkeep.status(session)
    assert [(t.key, t.state) for t in status.troubles] == [("a", State.HELD)]
    assert "不知道" in status.troubles[0].reason


async def test_a_message_is_not_repeated_for_ever(sessions: Sessions) -> None:
    await add(sessions, note("a", expires_at=MORNING + 100 * HOUR))
    now, rounds = MORNING, 0
    while letters := await claim(sessions, now=now):
        await start_sending(sessions, letters[0])
        now += 3 * HOUR
        rounds += 1
        async with sessions.begin() as session:
            await outbox_upkeep.recover(session, now=now)
        now += 3 * HOUR

    assert rounds == 5
    assert await counts(sessions) == {State.HELD: 1}


async def test_a_clock_that_went_back_does_not_lock_rows_away(sessions: Sessions) -> None:
    await add(sessions, note("a", not_before=MORNING - 9 * HOUR))
    await claim(sessions, now=MORNING + 3 * HOUR)

    async with sessions.begin() as session:
        assert await outbox_upkeep.recover(session, now=MORNING) == Recovered(never_sent=1)


async def test_a_clock_that_went_back_sends_nothing_before_its_day(sessions: Sessions) -> None:
    await add(sessions, note("sent"), note("only taken"))
    first, second = await claim(sessions)
    await start_sending(sessions, first)
    before = MORNING - 11 * HOUR

    async with sessions.begin() as session:
        assert await outbox.postpone(session, second, not_before=before)
        await outbox_upkeep.recover(session, now=before)

    assert await claim(sessions, now=before + HOUR) == []
    assert len(await claim(sessions, now=MORNING)) == 2


async def test_what_came_too_late_is_reported(sessions: Sessions) -> None:
    await add(sessions, note("a"), note("b", expires_at=MORNING + 30 * HOUR))

    async with sessions.begin() as session:
        expired = await outbox_upkeep.expire(session, now=MORNING + 13 * HOUR)
        again = await outbox_upkeep.expire(session, now=MORNING + 13 * HOUR)

    assert (expired, again) == (1, 0)
    async with sessions() as session:
        status = await outbox_upkeep.status(session)
    assert status.counts == {State.EXPIRED: 1, State.PLANNED: 1}
    assert status.troubles[0].key == "a"
    assert status.next_due == MORNING


async def test_what_had_nothing_to_say_gets_another_chance_after_a_while(
    sessions: Sessions,
) -> None:
    await add(sessions, note("a"))
    (letter,) = await claim(sessions)
    async with sessions.begin() as session:
        assert await outbox.mark_superseded(session, letter, now=MORNING)

    assert await add(sessions, note("a")) == 0  # at once it would only be found empty again
    assert await counts(sessions) == {State.SUPERSEDED: 1}
    later = MORNING + SILENT_FOR
    async with sessions.begin() as session:
        [again] = await outbox.not_planned_yet(session, [note("a")], now=later)
        assert await outbox.add(session, [again], now=later) == 1
    assert await counts(sessions) == {State.PLANNED: 1}


async def test_a_moved_group_keeps_its_messages(sessions: Sessions, cast: Cast) -> None:
    await add(sessions, note("a", chat_id=1, group_id=cast.group), note("b", chat_id=GROUP_CHAT))

    async with sessions.begin() as session:
        await outbox.move_chat(session, TELEGRAM, GROUP_CHAT, -100_99)

    assert [letter.chat_id for letter in await claim(sessions)] == [-100_99, -100_99]
