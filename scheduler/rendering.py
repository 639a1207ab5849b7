"""What a letter says, written when it is claimed, from the data of that moment."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime

from knowledge.programme.values import Programme
from scheduler import texts
from scheduler.digests import Extra, gather, written
from scheduler.group_digests import group_digest
from scheduler.hours import Hours
from scheduler.letters import Button, Later, Letter, NothingToSay, Rendered, Text
from storage import people
from storage.database import Sessions

LoadProgrammes = Callable[[], Awaitable[Sequence[Programme]]]
RenderKind = Callable[[Letter, datetime], Awaitable[Rendered]]

DIGEST, SNOOZED, GROUP_DIGEST, NOTE = "digest", "snoozed", "group_digest", "note"


class Renderer:
    """`kinds`: how letters of other kinds than these come to their text; `extras`: what a digest
    tells besides deadlines."""

    def __init__(
        self,
        sessions: Sessions,
        load_programmes: LoadProgrammes,
        *,
        hours: Hours,
        kinds: Mapping[str, RenderKind] | None = None,
        extras: Sequence[Extra] = (),
    ) -> None:
        self._sessions, self._load_programmes, self._hours = sessions, load_programmes, hours
        self._extras = extras
        self._kinds: Mapping[str, RenderKind] = {
            DIGEST: self._digest,
            SNOOZED: self._snoozed,
            GROUP_DIGEST: self._group_digest,
            NOTE: self._note,
        } | dict(kinds or {})

    async def __call__(self, letter: Letter, now: datetime) -> Rendered:
        return await self._kinds.get(letter.kind, self._note)(letter, now)

    async def _note(self, letter: Letter, now: datetime) -> Rendered:
        """Whoever planned it has made it safe; `quiet`: it can wait for the morning."""
        if letter.data.get("quiet") and self._hours.is_quiet(now):
            return Later(self._hours.quiet_until(now))
        mark = f"{texts.POSSIBLY_DOUBLED}\n" if letter.possibly_doubled else ""
        rows = tuple(
            tuple(Button(**button) for button in row) for row in letter.data.get("buttons", ())
        )
        return Text(mark + letter.data["html"], rows)

    async def _digest(self, letter: Letter, now: datetime) -> Rendered:
        return await self._of_a_person(letter, now, again=False)

    async def _snoozed(self, letter: Letter, now: datetime) -> Rendered:
        return await self._of_a_person(letter, now, again=True)

    async def _of_a_person(self, letter: Letter, now: datetime, *, again: bool) -> Rendered:
        day, today = date.fromisoformat(letter.data["day"]), self._hours.day_of(now)
        programmes = await self._load_programmes()
        async with self._sessions() as session:
            person = await people.person(session, letter.person_id or 0)
            if person is None:
                return NothingToSay()
            hours = self._hours.of(person)
            if hours.is_quiet(now):
                return Later(hours.quiet_until(now))
            extras = () if again else self._extras
            found = await gather(session, programmes, person, day, today=today, extras=extras)
        if not (found.open if again else found.says_something):
            return NothingToSay()
        doubled = letter.possibly_doubled
        return written(found.without_done(), today=today, again=again, possibly_doubled=doubled)

    async def _group_digest(self, letter: Letter, now: datetime) -> Rendered:
        if self._hours.is_quiet(now):
            return Later(self._hours.quiet_until(now))
        day = date.fromisoformat(letter.data["day"])
        programmes = await self._load_programmes()
        async with self._sessions() as session:
            return await group_digest(
                session,
                programmes,
                letter.group_id or 0,
                day,
                possibly_doubled=letter.possibly_doubled,
            )
