"""One turn of the clock: take over, plan, expire, deliver. Lost or doubled, it does no harm."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from scheduler import outbox_upkeep
from scheduler.courier import Courier
from scheduler.crash_points import At, nowhere
from scheduler.digests import Extra
from scheduler.hours import Hours
from scheduler.letters import Recovered
from scheduler.planning import AlsoPlan, Planning
from scheduler.rendering import LoadProgrammes
from storage.database import Sessions

Deliver = Callable[[], Awaitable[Counter[str]]]

KEPT, FORGET_EVERY = timedelta(days=90), timedelta(hours=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class TickReport:
    recovered: Recovered = field(default_factory=Recovered)
    planned: int = 0
    expired: int = 0
    delivered: Counter[str] = field(default_factory=Counter)  # by state


class Tick:
    """`extras`: what digests tell besides deadlines; `also`: planners of other letters."""

    def __init__(
        self,
        sessions: Sessions,
        couriers: Courier | Sequence[Courier],
        load_programmes: LoadProgrammes,
        *,
        hours: Hours,
        extras: Sequence[Extra] = (),
        also: Sequence[AlsoPlan] = (),
        at: At = nowhere,
    ) -> None:
        self._sessions, self._at = sessions, at
        self._forgot: datetime | None = None
        self._couriers = [couriers] if isinstance(couriers, Courier) else list(couriers)
        self.plan = Planning(
            sessions, load_programmes, hours=hours, extras=extras, also=also, at=at
        )

    async def run(self, now: datetime) -> TickReport:
        return replace(await self.prepare(now), delivered=await self.deliver())

    async def prepare(self, now: datetime) -> TickReport:
        """Everything but sending. May run while letters are delivered: a mailing takes hours, and
        the next morning has to be planned meanwhile."""
        for courier in self._couriers:
            await courier.hand_in_receipts()
        async with self._sessions.begin() as session:
            recovered = await outbox_upkeep.recover(session, now=now)
            self._at("recovering")
        planned = await self.plan(now)
        async with self._sessions.begin() as session:
            expired = await outbox_upkeep.expire(session, now=now)
        await self._forget(now)
        report = TickReport(recovered, planned, expired)
        if report != TickReport():
            log.info("tick", planned=planned, expired=expired, recovered=asdict(recovered))
        return report

    async def _forget(self, now: datetime) -> None:
        """What was sent long ago, once an hour and in portions: others want to write, too."""
        if self._forgot and self._forgot <= now < self._forgot + FORGET_EVERY:
            return
        self._forgot = now
        while await self._forget_some(now - KEPT):
            log.info("forgot letters", older_than=str(KEPT))

    async def _forget_some(self, before: datetime) -> int:
        async with self._sessions() as session:  # no write lock where nothing is old
            old = await outbox_upkeep.over_before(session, before)
        if not old:
            return 0
        async with self._sessions.begin() as session:
            return await outbox_upkeep.forget(session, old)

    @property
    def deliveries(self) -> list[Deliver]:
        """What is due already, without planning; one for each surface."""
        return [partial(_delivered, courier) for courier in self._couriers]

    async def deliver(self) -> Counter[str]:
        delivered: Counter[str] = Counter()
        for done in await asyncio.gather(*(deliver() for deliver in self.deliveries)):
            delivered += done
        return delivered

    async def stop(self) -> None:
        for courier in self._couriers:
            await courier.stop()


async def _delivered(courier: Courier) -> Counter[str]:
    done = await courier.deliver_due()
    if done:
        log.info("delivered", **done)
    return done
