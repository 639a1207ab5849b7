"""One turn of the clock: take over, plan, expire, deliver. Lost or doubled, it does no harm."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

import structlog

from scheduler import outbox, outbox_upkeep
from scheduler.courier import At, Courier, nowhere
from scheduler.hours import Hours
from scheduler.letters import NewLetter, Recovered
from scheduler.planner import PlannedDigest, digests
from scheduler.rendering import DIGEST, LoadProgrammes
from storage import people
from storage.database import Sessions
from storage.roster import Recipient

log = structlog.get_logger(__name__)

CHUNK = 1_000  # rows per transaction: others want to write, too
DIGESTS_COME_AFTER = 100  # priorities below are for answers and alerts


@dataclass(frozen=True, slots=True)
class TickReport:
    recovered: Recovered = field(default_factory=Recovered)
    planned: int = 0
    expired: int = 0
    delivered: Counter[str] = field(default_factory=Counter)  # by state


class Tick:
    def __init__(
        self,
        sessions: Sessions,
        couriers: Courier | Sequence[Courier],
        load_programmes: LoadProgrammes,
        *,
        hours: Hours,
        at: At = nowhere,
    ) -> None:
        self._sessions = sessions
        self._couriers = [couriers] if isinstance(couriers, Courier) else list(couriers)
        self._load_programmes, self._hours, self._at = load_programmes, hours, at

    async def run(self, now: datetime) -> TickReport:
        for courier in self._couriers:
            await courier.hand_in_receipts()
        async with self._sessions.begin() as session:
            recovered = await outbox_upkeep.recover(session, now=now)
        planned = await self._plan(now)
        async with self._sessions.begin() as session:
            expired = await outbox_upkeep.expire(session, now=now)
        delivered = await self.deliver()
        report = TickReport(recovered, planned, expired, delivered)
        if report != TickReport():
            log.info(
                "tick",
                planned=planned,
                expired=expired,
                delivered=dict(delivered),
                recovered=asdict(recovered),
            )
        return report

    async def deliver(self) -> Counter[str]:
        """What is due already, without planning: for a letter that somebody waits for."""
        delivered: Counter[str] = Counter()
        for done in await asyncio.gather(*(one.deliver_due() for one in self._couriers)):
            delivered += done
        return delivered

    async def stop(self) -> None:
        for courier in self._couriers:
            await courier.stop()

    async def _plan(self, now: datetime) -> int:
        programmes = await self._load_programmes()
        planned, last = 0, 0
        while page := await self._people_after(last):  # a million need no more memory than these
            last = page[-1].id
            due = await asyncio.to_thread(digests, programmes, page, now, hours=self._hours)
            letters = [_letter(one) for one in due]
            for start in range(0, len(letters), CHUNK):
                planned += await self._add_new(letters[start : start + CHUNK], now)
        return planned

    async def _people_after(self, last: int) -> list[Recipient]:
        async with self._sessions() as session:
            return await people.page_of_people(session, last, CHUNK)

    async def _add_new(self, letters: list[NewLetter], now: datetime) -> int:
        async with self._sessions() as session:  # no write lock for what is planned already
            new = await outbox.not_planned_yet(session, letters, now=now)
        return await self._add(new, now) if new else 0

    async def _add(self, letters: list[NewLetter], now: datetime) -> int:
        async with self._sessions.begin() as session:
            added = await outbox.add(session, letters, now=now)
            self._at("planning")
        self._at("planned")
        return added


def _letter(planned: PlannedDigest) -> NewLetter:
    return NewLetter(
        key=planned.key,
        kind=DIGEST,
        person_id=planned.person,
        not_before=planned.not_before,
        expires_at=planned.expires_at,
        data={"day": planned.day.isoformat()},
        priority=DIGESTS_COME_AFTER + planned.urgency,
    )
