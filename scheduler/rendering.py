"""What a letter says, written when it is claimed, from the data of that moment."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime

from knowledge.programme.values import Programme
from scheduler import texts
from scheduler.hours import Hours
from scheduler.letters import Later, Letter, NothingToSay, Rendered, Text
from scheduler.planner import items_for
from storage import people
from storage.database import Sessions

LoadProgrammes = Callable[[], Awaitable[Sequence[Programme]]]

DIGEST, NOTE = "digest", "note"


class Renderer:
    def __init__(
        self, sessions: Sessions, load_programmes: LoadProgrammes, *, hours: Hours
    ) -> None:
        self._sessions, self._load_programmes, self._hours = sessions, load_programmes, hours

    async def __call__(self, letter: Letter, now: datetime) -> Rendered:
        if letter.kind == DIGEST:
            return await self._digest(letter, now)
        mark = f"{texts.POSSIBLY_DOUBLED}\n" if letter.possibly_doubled else ""
        return Text(mark + letter.data["html"])  # whoever planned it has made it safe

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
