"""Puts what is due into the outbox, page by page; planned already is little work."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from knowledge.programme.values import Programme
from scheduler import outbox
from scheduler.crash_points import At, nowhere
from scheduler.digests import Extra
from scheduler.hours import Hours
from scheduler.letters import NewLetter
from scheduler.planner import (
    PlannedGroupDigest,
    agenda_around,
    besides,
    group_digests,
    occasions,
    usual_habits,
    windows,
)
from scheduler.rendering import DIGEST, GROUP_DIGEST, LoadProgrammes
from storage import groups, spreading
from storage.database import AnySession, Sessions
from storage.occasions import Page, Spread

CHUNK = 1_000  # letters to groups per transaction
PEOPLE = 2_000  # per transaction: others want to write, too
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
        people_at_once: int = PEOPLE,
    ) -> None:
        self._sessions, self._load_programmes, self._hours = sessions, load_programmes, hours
        self._extras, self._also, self._at = extras, also, at
        self._people_at_once = people_at_once
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
        spread, planned = await self._spread(programmes, now), 0
        async with self._sessions() as session:
            pages = await spreading.pages(session, self._people_at_once)
        for page in pages:
            planned += await self._plan_page(spread, page, now)
        return planned

    async def _plan_page(self, spread: Spread, page: Page, now: datetime) -> int:
        async with self._sessions() as session:  # no write lock for what is planned already
            if not await outbox.has_new(session, spread, page, now=now):
                return 0
        async with self._writing() as session:
            return await outbox.add_page(session, spread, page, now=now)

    async def _spread(self, programmes: Sequence[Programme], now: datetime) -> Spread:
        agenda, today = agenda_around(programmes, now, self._hours), self._hours.day_of(now)
        usual = usual_habits(self._hours)
        async with self._sessions() as session:
            kept = await spreading.habits(session, usual)
            more = [await extra.due_people(session, today) for extra in self._extras]
        return Spread(
            DIGEST,
            occasions(agenda),
            besides(frozenset().union(*more), today),
            windows(agenda.days, kept, now, self._hours),
            usual,
        )

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
            if new:
                async with self._writing() as session:
                    added += await outbox.add(session, new, now=now)
        return added

    @asynccontextmanager
    async def _writing(self) -> AsyncIterator[AnySession]:
        async with self._sessions.begin() as session:
            yield session
            self._at("planning")
        self._at("planned")


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
