"""Puts what is due into the outbox, page by page; planned already is no work."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from knowledge.programme.values import Programme
from scheduler import outbox
from scheduler.crash_points import At, nowhere
from scheduler.digests import Extra
from scheduler.hours import Hours
from scheduler.letters import NewLetter
from scheduler.planner import (
    DigestPlan,
    DueOnDay,
    PlannedDigest,
    PlannedGroupDigest,
    group_digests,
)
from scheduler.rendering import DIGEST, GROUP_DIGEST, LoadProgrammes
from storage import groups, people
from storage.database import Sessions
from storage.done_pages import done_between
from storage.roster import Recipient

CHUNK = 1_000  # rows per transaction: others want to write, too
DIGESTS_COME_AFTER = 100  # priorities below are for answers and alerts
GROUPS_COME_AFTER = 200
LONG = 5.0  # seconds: planning that takes this long gets a tenth of the time, not all of it
REST = 10

AlsoPlan = Callable[[Sessions, Sequence[Programme], datetime], Awaitable[int]]


class Planning:
    """`also`: planners of other letters, such as of deadlines that moved."""

    def __init__(
        self,
        sessions: Sessions,
        load_programmes: LoadProgrammes,
        *,
        hours: Hours,
        extras: Sequence[Extra] = (),
        also: Sequence[AlsoPlan] = (),
        at: At = nowhere,
    ) -> None:
        self._sessions, self._load_programmes, self._hours = sessions, load_programmes, hours
        self._extras, self._also, self._at = extras, also, at
        self._resting: tuple[datetime, datetime, Sequence[Programme]] | None = None

    async def __call__(self, now: datetime) -> int:
        """How many letters are new, or have moved."""
        programmes = await self._load_programmes()
        planned = 0
        for plan in self._also:
            planned += await plan(self._sessions, programmes, now)
        if self._is_resting(programmes, now):
            return planned
        started = time.monotonic()
        planned += await self._digests(programmes, now) + await self._groups(programmes, now)
        took = time.monotonic() - started
        until = now + timedelta(seconds=took * REST if took > LONG else 0)
        self._resting = (now, until, programmes)
        return planned

    def _is_resting(self, programmes: Sequence[Programme], now: datetime) -> bool:
        if self._resting is None:
            return False
        since, until, same = self._resting
        return since <= now < until and same is programmes

    async def _digests(self, programmes: Sequence[Programme], now: datetime) -> int:
        also = await self._also_due(now)
        plan = DigestPlan(programmes, now, hours=self._hours, also=also)
        planned, (page, letters) = 0, await self._letters_after(0, plan)
        while page:  # the next page is worked out while this one is written
            after = self._letters_after(page[-1].id, plan)
            added, (page, letters) = await asyncio.gather(self._add_new(letters, now), after)
            planned += added
        return planned

    async def _also_due(self, now: datetime) -> DueOnDay:
        if not self._extras:
            return {}
        today = self._hours.day_of(now)
        async with self._sessions() as session:
            found = [await extra.due_people(session, today) for extra in self._extras]
        return {today: frozenset().union(*found)}

    async def _letters_after(
        self, last: int, plan: DigestPlan
    ) -> tuple[list[Recipient], list[NewLetter]]:
        """A page of people: a million of them need no more memory than this."""
        async with self._sessions() as session:
            page = await people.page_of_people(session, last, CHUNK)
            if not page:
                return [], []
            done = await done_between(session, page[0].id, page[-1].id, plan.tasks)
        letters = await asyncio.to_thread(lambda: [_letter(one) for one in plan.of(page, done)])
        return page, letters

    async def _groups(self, programmes: Sequence[Programme], now: datetime) -> int:
        async with self._sessions() as session:
            bound = [
                group
                for programme in programmes
                for group in await groups.groups_of(session, programme.code)
            ]
        due = group_digests(programmes, bound, now, hours=self._hours)
        return await self._add_new([_group_letter(one) for one in due], now)

    async def _add_new(self, letters: Sequence[NewLetter], now: datetime) -> int:
        added = 0
        for start in range(0, len(letters), CHUNK):
            part = letters[start : start + CHUNK]
            async with self._sessions() as session:  # no write lock for what is planned already
                new = await outbox.not_planned_yet(session, part, now=now)
            added += await self._add(new, now) if new else 0
        return added

    async def _add(self, letters: Sequence[NewLetter], now: datetime) -> int:
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


def _group_letter(planned: PlannedGroupDigest) -> NewLetter:
    return NewLetter(
        key=planned.key,
        kind=GROUP_DIGEST,
        group_id=planned.group,
        not_before=planned.not_before,
        expires_at=planned.expires_at,
        data={"day": planned.day.isoformat()},
        priority=GROUPS_COME_AFTER,
    )
