"""The clock that wakes us. It knows nothing: what is due stands in the tables."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from scheduler.tick import Deliver, Tick

EVERY, OFTEN = timedelta(seconds=30), timedelta(seconds=5)

Often = Callable[[datetime], Awaitable[int]]

log = structlog.get_logger(__name__)


class Jobs:
    """`start` inside a running loop; `wake` and `plan` run a tick now, e.g. when the demo clock was
    moved, or documents came."""

    def __init__(
        self,
        tick: Tick,
        clock: Callable[[], datetime],
        *,
        every: timedelta = EVERY,
        often: Often | None = None,
        halted_for: Callable[[], float] = lambda: 0.0,
    ) -> None:
        """`often`: what somebody watches, such as a broadcast under way; how much it planned.
        `halted_for`: seconds until mail may go on after a 429."""
        self._tick, self._clock, self._often = tick, clock, often
        self._one_at_a_time = asyncio.Lock()
        self._deliveries = [Delivery(deliver, halted_for) for deliver in tick.deliveries]
        self._scheduler = AsyncIOScheduler(timezone="UTC")  # intervals only: any zone would do
        self._add(self._run, every)
        if often:
            self._add(self._look_often, min(OFTEN, every))

    def _add(self, work: Callable[[], Awaitable[None]], every: timedelta) -> None:
        self._scheduler.add_job(
            work,
            "interval",
            seconds=every.total_seconds(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        self._scheduler.start()

    async def wake(self) -> None:
        """Returns when everything is sent that is due."""
        async with self._one_at_a_time:
            await self._tick.prepare(self._clock())
        await self._tick.deliver()

    async def plan(self) -> None:
        """Delivers beside it: the next tick plans although a long mailing is under way."""
        async with self._one_at_a_time:
            await self._tick.prepare(self._clock())
        self.soon()

    def soon(self) -> None:
        """Somebody waits for a letter that was just committed: deliver before the next tick."""
        for delivery in self._deliveries:
            delivery.soon()

    async def stop(self) -> None:
        """Returns when nothing of ours is on the wire any more."""
        await self._tick.stop()
        for delivery in self._deliveries:
            await delivery.ended()
        async with self._one_at_a_time:
            if self._scheduler.running:
                self._scheduler.shutdown(wait=False)

    async def _look_often(self) -> None:
        try:
            if self._often and await self._often(self._clock()):
                self.soon()
        except Exception:  # in a few seconds again
            log.exception("look_failed")

    async def _run(self) -> None:
        try:
            await self.plan()
        except Exception:  # the next tick starts from the tables again
            log.exception("tick_failed")


class Delivery:
    """One surface's: hours of mailing on one do not keep the others waiting."""

    def __init__(self, deliver: Deliver, halted_for: Callable[[], float]) -> None:
        self._deliver, self._halted_for = deliver, halted_for
        self._after_the_halt: asyncio.TimerHandle | None = None
        self._wanted = False
        self._task: asyncio.Task[None] | None = None

    def soon(self) -> None:
        self._wanted = True
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._go_on())

    async def ended(self) -> None:
        if self._after_the_halt:
            self._after_the_halt.cancel()
        if self._task:
            await self._task

    async def _go_on(self) -> None:
        try:
            while self._wanted:
                self._wanted = False
                await self._deliver()
            if halt := self._halted_for():  # a short one need not last until the next tick
                later = asyncio.get_running_loop().call_later
                self._after_the_halt = later(halt, self.soon)
        except Exception:  # the next tick delivers it
            log.exception("delivery_failed")
