"""Broadcasts: planned page by page from where it stands, shown as they go, reported at the end."""

from datetime import datetime, timedelta

from scheduler import broadcast_texts as texts
from scheduler import outbox, outbox_upkeep
from scheduler.crash_points import At, nowhere
from scheduler.hours import Hours
from scheduler.letters import Edit, Later, Letter, NewLetter, NothingToSay, Rendered, Text
from scheduler.outlook import expected_end
from scheduler.pacing import PER_SECOND
from scheduler.rendering import RenderKind
from storage import broadcasts, people
from storage.broadcasts import CANCELLED, DONE, SENDING, Broadcast
from storage.database import AnySession, Sessions

BROADCAST, SHOWN, REPORT = "broadcast", "broadcast_shown", "broadcast_end"
PAGE = 1_000
USEFUL_FOR = timedelta(days=3)
SHOWN_EVERY = timedelta(seconds=5)
PRIORITY, PROGRESS_COMES_AFTER = 90, 20  # before digests, after what people wait for


def prefix(id: int) -> str:
    """Of the keys of one broadcast's letters."""
    return f"broadcast:{id}:"


class BroadcastPlanner:
    def __init__(self, sessions: Sessions, *, page: int = PAGE, at: At = nowhere) -> None:
        self._sessions, self._page, self._at = sessions, page, at

    async def go_on(self, now: datetime) -> int:
        """How many letters are new. Begins, and goes on after a crash, in the same way."""
        async with self._sessions() as session:
            under_way = await broadcasts.sending(session)
        added = 0
        for id in under_way:
            while page := await self._plan_page(id, now):
                added += page
            added += await self._show(id, now)
        return added

    async def _plan_page(self, id: int, now: datetime) -> int:
        async with self._sessions.begin() as session:
            letters = [
                NewLetter(
                    key=f"{prefix(id)}{person}",
                    kind=BROADCAST,
                    person_id=person,
                    not_before=now,
                    expires_at=now + USEFUL_FOR,
                    data={"broadcast": id},
                    priority=PRIORITY,
                )
                for person in await broadcasts.next_people(session, id, self._page)
            ]
            await outbox.add(session, letters, now=now)
            self._at("planning")
        self._at("planned")
        return len(letters)

    async def _show(self, id: int, now: datetime) -> int:
        async with self._sessions() as session:
            one = await broadcasts.find(session, id)
            counts = await outbox_upkeep.counts(session, prefix(id))
        if one is None or one.state != SENDING:
            return 0
        over = one.all_planned and not texts.waiting(counts)
        since = now - one.shown_at if one.shown_at else SHOWN_EVERY
        if not over and timedelta() <= since < SHOWN_EVERY:
            return 0
        async with self._sessions.begin() as session:
            if over and not await broadcasts.finish(session, id):
                return 0
            if not over:
                await broadcasts.show(session, id, now=now)
            return await outbox.add(session, _news(one, now, over=over), now=now)


def _news(one: Broadcast, now: datetime, *, over: bool) -> list[NewLetter]:
    """The message that shows the progress says how it stands; at the end a new one comes, too."""
    shown = NewLetter(
        key=f"broadcast_shown:{one.id}:{one.shown + 1}",
        kind=SHOWN,
        chat_id=one.chat_id,
        surface=one.surface,
        not_before=now,
        expires_at=now + timedelta(hours=1),
        data={"broadcast": one.id, "number": one.shown + 1},
        priority=PROGRESS_COMES_AFTER,
    )
    report = NewLetter(
        key=f"broadcast_end:{one.id}:{one.round}",
        kind=REPORT,
        person_id=one.author_id,
        not_before=now,
        expires_at=now + USEFUL_FOR,
        data={"broadcast": one.id},
        priority=PROGRESS_COMES_AFTER,
    )
    return [shown, report] if over else [shown]


class BroadcastLetters:
    """What the three kinds of letters say when they are claimed."""

    def __init__(self, sessions: Sessions, *, hours: Hours, rate: float = PER_SECOND) -> None:
        self._sessions, self._hours, self._rate = sessions, hours, rate

    @property
    def kinds(self) -> dict[str, RenderKind]:
        return {BROADCAST: self._broadcast, SHOWN: self._shown, REPORT: self._report}

    async def _broadcast(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            one = await broadcasts.find(session, letter.data["broadcast"])
            person = await people.person(session, letter.person_id or 0)
        if one is None or person is None or one.state == CANCELLED:
            return NothingToSay()
        hours = self._hours.of(person)
        if hours.is_quiet(now):
            return Later(hours.quiet_until(now))
        return Text(texts.notice(one.text, possibly_doubled=letter.possibly_doubled))

    async def _shown(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            one = await broadcasts.find(session, letter.data["broadcast"])
            if one is None or one.message_id is None or letter.data["number"] < one.shown:
                return NothingToSay()  # a later look says more
            return await self.state_of(session, one, one.message_id, now)

    async def state_of(
        self, session: AnySession, one: Broadcast, message_id: int, now: datetime
    ) -> Edit:
        counts = await outbox_upkeep.counts(session, prefix(one.id))
        if one.state in (DONE, CANCELLED):
            return Edit(message_id, texts.ended(counts, cancelled=one.state == CANCELLED))
        end = expected_end(now, texts.waiting(counts), self._rate, self._hours)
        html = texts.progress(counts, end, now, self._hours.zone, all_planned=one.all_planned)
        return Edit(message_id, html, texts.progress_buttons(one.id))

    async def _report(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            id = letter.data["broadcast"]
            counts = await outbox_upkeep.counts(session, prefix(id))
        html = texts.ended(counts, cancelled=False)
        return Text(html, texts.report_buttons(id, counts))
