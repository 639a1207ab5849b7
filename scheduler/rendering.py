"""What a letter says, written when it is claimed, from the data of that moment."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, datetime

from knowledge.programme.values import Programme
from scheduler import texts
from scheduler.hours import Hours
from scheduler.letters import Button, Later, Letter, NothingToSay, Rendered, Text
from scheduler.planner import items_for
from storage import people
from storage.database import Sessions

LoadProgrammes = Callable[[], Awaitable[Sequence[Programme]]]
RenderKind = Callable[[Letter, datetime], Awaitable[Rendered]]

DIGEST, NOTE = "digest", "note"


class Renderer:
    """`kinds`: how letters of other kinds than digest and note come to their text."""

    def __init__(
        self,
        sessions: Sessions,
        load_programmes: LoadProgrammes,
        *,
        hours: Hours,
        kinds: Mapping[str, RenderKind] | None = None,
    ) -> None:
        self._sessions, self._load_programmes, self._hours = sessions, load_programmes, hours
        self._kinds = kinds or {}

    async def __call__(self, letter: Letter, now: datetime) -> Rendered:
        if letter.kind == DIGEST:
            return await self._digest(letter, now)
        if render := self._kinds.get(letter.kind):
            return await render(letter, now)
        return self._note(letter, now)

    def _note(self, letter: Letter, now: datetime) -> Rendered:
        """Whoever planned it has made it safe; `quiet`: it can wait for the morning."""
        if letter.data.get("quiet") and self._hours.is_quiet(now):
            return Later(self._hours.quiet_until(now))
        mark = f"{texts.POSSIBLY_DOUBLED}\n" if letter.possibly_doubled else ""
        rows = tuple(
            tuple(Button(**button) for button in row) for row in letter.data.get("buttons", ())
        )
        return Text(mark + letter.data["html"], rows)

    async def _digest(self, letter: Letter, now: datetime) -> Rendered:
        if self._hours.is_quiet(now):
            return Later(self._hours.quiet_until(now))
        day = date.fromisoformat(letter.data["day"])
        async with self._sessions() as session:
            recipient = await people.person(session, letter.person_id or 0)
        items = items_for(await self._load_programmes(), recipient, day) if recipient else []
        if recipient is None or not items:
            return NothingToSay()
        doubled = letter.possibly_doubled
        return Text(texts.digest(recipient.name, day, items, possibly_doubled=doubled))
