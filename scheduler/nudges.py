"""A friendly word to those who have not done a task yet: at most one per person, task and day."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.programme.deadlines import next_due
from knowledge.programme.values import Programme, Stage, Task
from scheduler import outbox
from scheduler.hours import MIDNIGHT, Hours
from scheduler.letters import Button, Later, Letter, NewLetter, NothingToSay, Rendered, Text
from scheduler.moved import MY_TASKS, as_told
from scheduler.rendering import LoadProgrammes
from scheduler.short_names import short_name
from scheduler.texts import POSSIBLY_DOUBLED, safe, short
from storage import people, progress
from storage.database import AnySession, Sessions
from storage.progress import NOT_BEGUN, is_done
from storage.roster import Recipient

NUDGE = "nudge"
ALERT = 50
LONGEST_KEY = 200  # the outbox takes no longer ones


def has_muted(person: Recipient, programme: Programme) -> bool:
    """They want no reminders of it, whoever sends them."""
    mine = person.role_in(programme.code)
    return mine is not None and mine.muted


async def nudge(
    session: AnySession,
    whom: Sequence[Recipient],
    programme: Programme,
    task: Task,
    *,
    by: Recipient,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """How many had not been nudged for this task today."""
    today = now.astimezone(zone).date()
    letters = [
        NewLetter(
            key=key_of(person, programme, task, today),
            kind=NUDGE,
            person_id=person.id,
            not_before=datetime.combine(today, MIDNIGHT, zone),  # the same at every press
            expires_at=datetime.combine(today + timedelta(days=2), MIDNIGHT, zone),
            data={"programme": programme.code, "task": task.code, "by": by.name},
            priority=ALERT,
        )
        for person in whom
    ]
    return await outbox.add(session, letters, now=now)


def key_of(person: Recipient, programme: Programme, task: Task, today: date) -> str:
    key = f"{NUDGE}:{person.id}:{programme.code}:{task.code}:{today}"
    name = short_name(programme.code, task.code)
    return key if len(key) <= LONGEST_KEY else f"{NUDGE}:{person.id}:{name}:{today}"


class Nudges:
    """What is left to say when the letter is claimed: nothing if it is done meanwhile."""

    def __init__(
        self, sessions: Sessions, load_programmes: LoadProgrammes, *, hours: Hours
    ) -> None:
        self._sessions, self._load_programmes, self._hours = sessions, load_programmes, hours

    async def __call__(self, letter: Letter, now: datetime) -> Rendered:
        code, task_code = letter.data["programme"], letter.data["task"]
        found = _find(await self._load_programmes(), code, task_code)
        async with self._sessions() as session:
            person = await people.person(session, letter.person_id or 0)
            states = await progress.of_person(session, letter.person_id or 0)
        mine = person.role_in(code) if person else None
        if found is None or person is None or mine is None:
            return NothingToSay()
        if mine.muted or mine.role != found[1].role:
            return NothingToSay()
        stage, task = found
        if is_done(task, states.get((code, task_code), NOT_BEGUN)):
            return NothingToSay()
        hours = self._hours.of(person)
        if hours.is_quiet(now):
            return Later(hours.quiet_until(now))
        today = hours.day_of(now)
        due = next_due(task, stage, today)
        mark = f"{POSSIBLY_DOUBLED}\n" if letter.possibly_doubled else ""
        return Text(
            mark + words(letter.data["by"], task, due, today),
            ((Button("完成", data=f"tk:d:{short_name(code, task_code)}:n"), MY_TASKS),),
            told=as_told([(code, task_code, due)] if due >= today else []),
        )


def _find(programmes: Sequence[Programme], code: str, task_code: str) -> tuple[Stage, Task] | None:
    return next(
        (
            (stage, task)
            for programme in programmes
            if programme.code == code
            for stage in programme.stages
            for task in stage.tasks
            if task.code == task_code
        ),
        None,
    )


def words(by: str, task: Task, due: date, today: date) -> str:
    left = (due - today).days
    match left:
        case 0:
            when = f"{short(due)}截止，就是今天"
        case _ if left > 0:
            when = f"{short(due)}前完成，还有{left}天"
        case _:
            when = f"{short(due)}已经截止，请尽快补上"
    return (
        f"<b>{safe(by)}提醒您</b>\n“{safe(task.title)}”还没有标记完成：{when}。\n"
        "已经做完的话，点一下“完成”就好。"
    )
