"""The demonstration's clock: it outlives the process, and moves morning by morning."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.clock import DemoClock
from bot.refusal import Refused
from bot.shelf import Shelf
from gateway.server import Control
from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Programme
from scheduler import outbox_upkeep
from scheduler.hours import SHANGHAI, Hours
from scheduler.jobs import Jobs
from scheduler.letters import LEASE, State
from storage import remembered
from storage.database import Sessions

START = datetime(2015, 9, 17, 8, 0, tzinfo=SHANGHAI)
KEPT = "demo_clock"
ATTEMPTS = 5  # leases that may have to run out one after the other
WEEKDAYS = "一二三四五六日"


async def kept_clock(sessions: Sessions, wanted: datetime | None) -> DemoClock:
    """Goes on from where it stood, whatever became of the process."""
    async with sessions() as session:
        kept = await remembered.get(session, KEPT)
    stood = datetime.fromisoformat(kept) if kept else None
    if stood and wanted and wanted < stood:
        raise Refused(f"演示的时钟已经走到 {moment(stood)}，不能倒退；要从头开始请先 make fresh")
    return DemoClock(wanted or stood or START)


def moment(value: datetime) -> str:
    local = value.astimezone(SHANGHAI)
    weekday = WEEKDAYS[local.weekday()]
    return f"{local.year}年{local.month}月{local.day}日（周{weekday}）{local:%H:%M}"


class DemoTime:
    """Moves the clock morning by morning; what is due on the way arrives in its order."""

    def __init__(
        self,
        clock: DemoClock,
        sessions: Sessions,
        jobs: Jobs,
        hours: Hours,
        shelf: Shelf,
    ) -> None:
        self._clock, self._sessions, self._jobs = clock, sessions, jobs
        self._hours, self._shelf = hours, shelf
        self._one_at_a_time = asyncio.Lock()

    @property
    def controls(self) -> tuple[Control, ...]:
        return (
            Control("morning", "到次日早晨", self.to_next_morning),
            Control("deadline", "到下一个截止日", self.to_next_deadline),
        )

    async def keep(self) -> None:
        async with self._sessions.begin() as session:
            await remembered.put(session, KEPT, self._clock.now().isoformat())

    async def to_next_morning(self) -> str:
        async with self._one_at_a_time:
            await self._move_to(self._next_morning())
        return f"现在是{moment(self._clock.now())}"

    async def to_next_deadline(self) -> str:
        async with self._one_at_a_time:
            today = self._hours.day_of(self._clock.now())
            day = next_deadline(self._shelf.library.programmes, today)
            if day is None:
                return "后面没有截止日了"
            while (morning := self._next_morning()).date() <= day:
                await self._move_to(morning)
        return f"现在是{moment(self._clock.now())}"

    def _next_morning(self) -> datetime:
        now = self._clock.now().astimezone(self._hours.zone)
        morning = datetime.combine(now.date(), self._hours.remind_at, self._hours.zone)
        return morning if morning > now else morning + timedelta(days=1)

    async def _move_to(self, morning: datetime) -> None:
        await self._finish()
        await self._go(morning)

    async def _finish(self) -> None:
        """What a process that died had begun is taken over before its day is left behind."""
        for _ in range(ATTEMPTS):
            now = self._clock.now()
            async with self._sessions() as session:
                left = await outbox_upkeep.status(session)
            begun = left.counts.get(State.LEASED, 0) + left.counts.get(State.SENDING, 0)
            if not begun and (left.next_due is None or left.next_due > now):
                return
            await self._go(now + LEASE + timedelta(seconds=1))

    async def _go(self, when: datetime) -> None:
        self._clock.move_to(when)
        await self.keep()
        await self._jobs.wake()


def next_deadline(programmes: Sequence[Programme], today: date) -> date | None:
    days = {
        day
        for programme in programmes
        for stage in programme.stages
        for task in stage.tasks
        for day in deadlines_of(task, stage)
    }
    return min((day for day in days if day > today), default=None)
