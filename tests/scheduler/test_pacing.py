"""Slots: never a burst, never through a halt."""

import asyncio
import heapq
from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.pacing import Pacer


class Timeline:
    """A monotonic clock for many sleepers: time jumps to the next one who wakes."""

    def __init__(self) -> None:
        self.now = 500.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._count = 0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        waking = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._sleepers, (self.now + seconds, self._count, waking))
        await waking

    async def run(self, tasks: Iterable[asyncio.Task[None]]) -> None:
        everybody = asyncio.gather(*tasks)
        while not everybody.done():
            for _ in range(5):  # let whoever is awake come to rest
                await asyncio.sleep(0)
            if self._sleepers:
                at, _, waking = heapq.heappop(self._sleepers)
                self.now = max(self.now, at)
                waking.set_result(None)
        await everybody


async def released(chats: list[int], *, late: float = 0.0, rate: float = 28) -> list[float]:
    """When each message is let through; every third is held up by `late` after its slot."""
    time = Timeline()
    pacer = Pacer(time, time.sleep, rate=rate)
    moments = []

    async def one(number: int, chat: int) -> None:
        await pacer.wait(chat)
        if number % 3 == 0:
            await time.sleep(late)
        await pacer.admit()
        moments.append(time.now)

    await time.run([asyncio.create_task(one(n, chat)) for n, chat in enumerate(chats)])
    return sorted(moments)


def most_within(seconds: float, moments: list[float]) -> int:
    end = seconds - 1e-6
    return max(sum(start <= moment < start + end for moment in moments) for start in moments)


async def test_three_hundred_to_different_chats_take_eleven_seconds() -> None:
    moments = await released(list(range(1, 301)))

    assert most_within(1, moments) <= 28
    assert moments[0] == 501.1  # whoever sent before us may have filled the second before
    assert moments[-1] - moments[0] == pytest.approx(299 / 28)


async def test_slots_that_are_used_late_do_not_bunch_up() -> None:
    moments = await released(list(range(1, 301)), late=0.9)

    assert most_within(30 / 28, moments) <= 30
    assert moments[-1] - moments[0] <= 299 / 28 + 0.9  # nor do they cost the others time


async def test_one_chat_hears_one_message_a_second() -> None:
    moments = await released([7] * 5)

    assert [later - earlier for earlier, later in pairwise(moments)] == pytest.approx([1.0] * 4)


async def test_a_group_hears_eighteen_a_minute_and_holds_nobody_up() -> None:
    time = Timeline()
    pacer = Pacer(time, time.sleep)
    at: dict[int, list[float]] = {-100: [], 7: []}

    async def one(chat: int) -> None:
        await pacer.wait(chat)
        at[chat].append(time.now)

    await time.run([asyncio.create_task(one(chat)) for chat in [-100] * 19 + [7]])

    assert at[-100][18] - at[-100][0] == pytest.approx(60)
    assert at[7][0] < 502


async def test_nothing_passes_during_a_halt_and_then_it_goes_on_slower() -> None:
    time = Timeline()
    pacer = Pacer(time, time.sleep)
    moments = []

    async def one(chat: int) -> None:
        await pacer.wait(chat)
        await pacer.admit()
        moments.append(time.now)
        if chat == 5:
            pacer.halt(30)
            pacer.halt(2)  # another was on the wire with it: no further lesson

    await time.run([asyncio.create_task(one(chat)) for chat in range(1, 40)])

    told = moments[4]
    assert not [moment for moment in moments if told < moment < told + 30]
    assert len(moments) == 39
    assert pacer.rate == pytest.approx(28 * 0.7)


async def test_the_rate_recovers_by_the_minute() -> None:
    time = Timeline()
    pacer = Pacer(time, time.sleep)
    pacer.halt(1)
    assert pacer.rate == pytest.approx(19.6)

    time.now += 61
    assert pacer.rate == pytest.approx(20.1)
    time.now += 3600
    assert pacer.rate == 28


async def test_replies_go_first_and_mail_makes_room_for_them() -> None:
    time = Timeline()
    pacer = Pacer(time, time.sleep)
    sent: list[tuple[float, str]] = []

    async def mail(chat: int) -> None:
        await pacer.wait(chat)
        await pacer.admit()
        sent.append((time.now, "mail"))

    async def replies() -> None:
        await time.sleep(2)
        for chat in range(1_000, 1_060):
            asked = time.now
            await pacer.reply(chat)
            assert time.now == asked  # nobody who asks waits for a mailing
            sent.append((time.now, "reply"))
            await time.sleep(0.1)

    work = [mail(chat) for chat in range(1, 300)]
    await time.run([asyncio.create_task(one) for one in [*work, replies()]])

    assert most_within(1, [moment for moment, _ in sorted(sent)]) <= 30
    during = [kind for moment, kind in sent if 503 <= moment < 507]
    assert during.count("reply") == 40
    assert during.count("mail") == pytest.approx(4 * 18, abs=3)


async def test_a_reply_waits_for_the_end_of_a_halt_and_keeps_its_chat_free() -> None:
    time = Timeline()
    pacer = Pacer(time, time.sleep)
    pacer.halt(30)
    at = []

    async def reply_then_mail() -> None:
        await pacer.reply(-100)
        at.append(time.now)
        await pacer.wait(-100)
        at.append(time.now)

    await time.run([asyncio.create_task(reply_then_mail())])

    assert at[0] == pytest.approx(530.1)
    assert at[1] - at[0] == pytest.approx(60 / 18)


async def test_a_slot_is_refused_during_a_halt_instead_of_waited_for() -> None:
    time = Timeline()
    pacer = Pacer(time, time.sleep)
    pacer.halt(30)

    assert not await pacer.slot(7)
    assert time.now == 500


@given(
    chats=st.lists(st.integers(-3, 40).filter(bool), min_size=1, max_size=90),
    late=st.floats(0, 3),
    rate=st.sampled_from([1, 5, 28]),
)
def test_no_second_ever_holds_more_than_the_rate(
    chats: list[int], late: float, rate: float
) -> None:
    moments = asyncio.run(released(chats, late=late, rate=rate))

    burst = max(1, round(rate * 30 / 28))
    assert most_within(burst / rate, moments) <= burst


async def test_where_telegram_is_not_asked_a_chat_need_not_wait_a_second() -> None:
    took = {}
    for gap in (60.0, 0.1):
        time = Timeline()
        pacer = Pacer(time, time.sleep, longest_gap=gap)

        async def two_messages(pacer: Pacer = pacer) -> None:
            for _ in range(2):
                await pacer.wait(7_000_000_001)

        await time.run([asyncio.create_task(two_messages())])
        took[gap] = round(time.now - 500, 1)

    assert took == {60.0: 2.1, 0.1: 1.2}
