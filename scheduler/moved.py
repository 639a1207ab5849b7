"""Deadlines that moved: whoever was told the old day hears of the new one, once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import groupby
from typing import Any

from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Programme, Stage, Task
from scheduler import outbox
from scheduler.hours import Hours
from scheduler.letters import (
    SETTLING,
    TOLD,
    Button,
    Later,
    Letter,
    NewLetter,
    NothingToSay,
    Rendered,
    Text,
)
from scheduler.outbox import OnSent
from scheduler.rendering import LoadProgrammes
from scheduler.texts import POSSIBLY_DOUBLED, safe, short
from storage import people, progress, told_deadlines
from storage.database import Sessions
from storage.progress import NOT_BEGUN, Deadline, Progress, is_done
from storage.roster import Recipient
from storage.told_deadlines import Told

MOVED = "moved"
READ = 10_000  # told days at once
WRITTEN = 500  # people per transaction: others want to write, too
STRAGGLERS = timedelta(minutes=10)  # for letters that were on their way when a deadline moved
ALERT = 50
MY_TASKS = Button("我的任务", data="tk:now")


def as_told(deadlines: Iterable[Deadline]) -> dict[str, Any]:
    """For `Text.told`: the days that a message names."""
    named = [[programme, task, due.isoformat()] for programme, task, due in deadlines]
    return {"deadlines": named} if named else {}


def noting_what_was_told(clock: Callable[[], datetime]) -> OnSent:
    return lambda session, letter: progress.told(
        session, letter.person_id or 0, _named(letter), now=clock()
    )


def _named(letter: Letter) -> list[Deadline]:
    named = letter.data.get(TOLD, {}).get("deadlines", ()) if letter.person_id else ()
    return [(programme, task, date.fromisoformat(due)) for programme, task, due in named]


class MovedPlanner:
    """Puts one letter per person into the outbox for all days that moved since they were told.
    Looks for them when the programmes have changed, and for a while after."""

    def __init__(self, *, hours: Hours) -> None:
        self._hours = hours
        self._seen: tuple[Sequence[Programme], datetime] | None = None

    async def __call__(
        self, sessions: Sessions, programmes: Sequence[Programme], now: datetime
    ) -> int:
        new = self._seen is None or self._seen[0] is not programmes
        if self._seen and not new and now - self._seen[1] > STRAGGLERS:
            return 0
        await self._forget_what_holds_again(sessions, programmes)
        planned = 0
        for programme in programmes:
            for days in _days_by_role(programme):
                planned += await self._announce(sessions, programme.code, days, now)
        if new:
            self._seen = programmes, now
        return planned

    async def _forget_what_holds_again(
        self, sessions: Sessions, programmes: Sequence[Programme]
    ) -> None:
        async with sessions() as session:
            waiting = await told_deadlines.waiting(session)
        holding = {
            (programme.code, task, day)
            for programme in programmes
            for days in _days_by_role(programme)
            for task, due in days.items()
            for day in due
        }
        if back := [deadline for deadline in waiting if deadline in holding]:
            async with sessions.begin() as session:
                await told_deadlines.hold_again(session, back)

    async def _announce(
        self, sessions: Sessions, programme: str, days: dict[str, tuple[date, ...]], now: datetime
    ) -> int:
        planned = 0
        while True:
            async with sessions() as session:
                gone = await told_deadlines.moved_away(session, programme, days, limit=READ)
            if not gone:
                return planned
            people = [list(mine) for _, mine in groupby(gone, key=lambda told: told.person_id)]
            if len(gone) == READ and len(people) > 1:
                people.pop()  # there may be more of theirs
            for at in range(0, len(people), WRITTEN):
                told = [one for mine in people[at : at + WRITTEN] for one in mine]
                planned += await self._plan(sessions, told, days, now)

    async def _plan(
        self, sessions: Sessions, gone: list[Told], days: dict[str, tuple[date, ...]], now: datetime
    ) -> int:
        new = {told: nearest(days[told.task], told.due) for told in gone}
        async with sessions.begin() as session:
            ours = await told_deadlines.will_announce(session, new)
            letters = list(self._letters(ours, new, now))
            return await outbox.add(session, letters, now=now) if letters else 0

    def _letters(
        self, gone: Sequence[Told], new: dict[Told, date], now: datetime
    ) -> Iterator[NewLetter]:
        today = self._hours.day_of(now)
        useful = [told for told in gone if new[told] >= today]
        for person, mine in groupby(useful, key=lambda told: told.person_id):
            moves = [
                [told.programme, told.task, told.due.isoformat(), new[told].isoformat()]
                for told in mine
            ]
            what = sha256(repr(moves).encode()).hexdigest()[:12]
            last = date.fromisoformat(max(day for *_, day in moves))
            yield NewLetter(
                key=f"{MOVED}:{person}:{what}:{now.timestamp():.0f}",
                kind=MOVED,
                person_id=person,
                not_before=now + SETTLING,
                expires_at=datetime.combine(last + timedelta(days=1), time(), self._hours.zone),
                data={"moves": moves},
                priority=ALERT,
            )


def nearest(days: Sequence[date], old: date) -> date:
    return min(days, key=lambda day: abs(day - old))


def _days_by_role(programme: Programme) -> list[dict[str, tuple[date, ...]]]:
    """Somebody has one role in a programme: what moved for them comes together."""
    return [
        {
            task.code: deadlines_of(task, stage)
            for stage in programme.stages
            for task in stage.tasks
            if task.role == role
        }
        for role in programme.roles
    ]


@dataclass(frozen=True, slots=True)
class Move:
    programme: Programme
    stage: Stage
    task: Task
    old: date
    new: date


class MovedLetters:
    """What is still true of the moves when the letter is claimed, and still theirs to do."""

    def __init__(
        self, sessions: Sessions, load_programmes: LoadProgrammes, *, hours: Hours
    ) -> None:
        self._sessions, self._load_programmes, self._hours = sessions, load_programmes, hours

    async def __call__(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            person = await people.person(session, letter.person_id or 0)
            states = await progress.of_person(session, letter.person_id or 0)
        moves = await self._still_true(letter, person, states) if person else []
        if person is None or not moves:
            return NothingToSay()
        hours = self._hours.of(person)
        if hours.is_quiet(now):
            return Later(hours.quiet_until(now))
        mark = f"{POSSIBLY_DOUBLED}\n" if letter.possibly_doubled else ""
        told = as_told((move.programme.code, move.task.code, move.new) for move in moves)
        return Text(mark + announcement(moves), ((MY_TASKS,),), told=told)

    async def _still_true(
        self, letter: Letter, person: Recipient, states: Mapping[tuple[str, str], Progress]
    ) -> list[Move]:
        tasks = {
            (programme.code, task.code): (programme, stage, task)
            for programme in await self._load_programmes()
            for stage in programme.stages
            for task in stage.tasks
        }
        moves = []
        for code, task_code, old, new in letter.data["moves"]:
            if found := tasks.get((code, task_code)):
                move = Move(*found, date.fromisoformat(old), date.fromisoformat(new))
                mine = person.role_in(code)
                days = deadlines_of(move.task, move.stage)
                holds = move.new in days and move.old not in days
                done = is_done(move.task, states.get((code, task_code), NOT_BEGUN))
                if mine and mine.role == move.task.role and holds and not done:
                    moves.append(move)
        return moves


def announcement(moves: Sequence[Move]) -> str:
    several = len({move.programme.code for move in moves}) > 1
    lines = []
    for (old, new), same in groupby(
        sorted(moves, key=lambda move: (move.new, move.old, move.task.position)),
        key=lambda move: (move.old, move.new),
    ):
        lines.append(f"<b>已改期：{short(old)}→{short(new)}</b>")
        for move in same:
            name = f" <i>{safe(move.programme.title)}</i>" if several else ""
            lines.append(f"• {safe(move.task.title)}（{safe(move.stage.name)}）{name}")
    return "\n".join(lines)
