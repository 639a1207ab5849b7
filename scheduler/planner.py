"""What is due to be said to whom and when. Pure: values in, values out, nothing remembered."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Programme, Stage, Task
from scheduler.hours import Hours
from storage.roster import Recipient

BACK, AHEAD = timedelta(hours=24), timedelta(hours=48)
DAYS_BEFORE = (0, 1, 3, 7)

Kind = Literal["stage_opens", "due_in_7", "due_in_3", "due_in_1", "due_today"]
DUE_KINDS: dict[int, Kind] = {0: "due_today", 1: "due_in_1", 3: "due_in_3", 7: "due_in_7"}
Done = frozenset[tuple[int, str]]  # (person, task code)
NOTHING_DONE: Done = frozenset()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing worth saying on a day. A stage that opens has no task."""

    kind: Kind
    programme: Programme
    role: str
    stage: Stage
    task: Task | None
    due: date

    @property
    def title(self) -> str:
        return self.task.title if self.task else self.stage.name


@dataclass(frozen=True, slots=True)
class PlannedDigest:
    key: str
    person: int
    day: date
    not_before: datetime
    expires_at: datetime
    urgency: int  # days until the nearest deadline: smaller goes first


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line of the dry run."""

    on: date
    person: str
    role: str
    title: str
    due: date
    kind: Kind


def digests(
    programmes: Sequence[Programme],
    people: Iterable[Recipient],
    now: datetime,
    *,
    hours: Hours | None = None,
    done: Done = NOTHING_DONE,
) -> list[PlannedDigest]:
    """One per person and day with something to say, a day back and two ahead of `now`."""
    hours = hours or Hours()
    spoken_of = _items_by_role(programmes)
    first, last = hours.day_of(now - BACK), hours.day_of(now + AHEAD)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [
        planned
        for person in people
        if person.can_be_written_to
        for day in days
        if (planned := _digest(person, day, hours, spoken_of, done))
        and now - BACK <= planned.not_before <= now + AHEAD
    ]


def items_for(
    programmes: Sequence[Programme],
    recipient: Recipient,
    day: date,
    *,
    done: Done = NOTHING_DONE,
) -> list[Item]:
    """What this person should hear on this day, most urgent first."""
    return _items(recipient, day, _items_by_role(programmes), done)


def dry_run(
    programmes: Sequence[Programme],
    recipients: Sequence[Recipient],
    start: date,
    end: date,
    *,
    done: Done = NOTHING_DONE,
) -> list[Reminder]:
    """All that would be said from `start` to `end`, whether or not a chat is known."""
    spoken_of = _items_by_role(programmes)
    return [
        Reminder(day, person.name, item.role, item.title, item.due, item.kind)
        for offset in range((end - start).days + 1)
        for day in [start + timedelta(days=offset)]
        for person in recipients
        for item in _items(person, day, spoken_of, done)
    ]


ItemsByRole = Callable[[str, str, date], tuple[Item, ...]]


def _items_by_role(programmes: Sequence[Programme]) -> ItemsByRole:
    """People share roles: what a role hears on a day is worked out once, not per person."""
    by_code = {programme.code: programme for programme in programmes}

    @lru_cache(maxsize=10_000)
    def of(code: str, role: str, day: date) -> tuple[Item, ...]:
        programme = by_code.get(code)
        return tuple(_role_items(programme, role, day)) if programme else ()

    return of


def _role_items(programme: Programme, role: str, day: date) -> list[Item]:
    found = []
    for stage in programme.stages:
        mine = [task for task in stage.tasks if task.role == role]
        if mine and stage.starts == day:
            found.append(Item("stage_opens", programme, role, stage, None, stage.ends))
        for task in mine:
            for due in deadlines_of(task, stage):
                if kind := DUE_KINDS.get((due - day).days):
                    found.append(Item(kind, programme, role, stage, task, due))
    return found


def _items(person: Recipient, day: date, of: ItemsByRole, done: Done) -> list[Item]:
    found = [
        item
        for role in person.roles
        for item in of(role.programme, role.role, day)
        if not (done and item.task and (person.id, item.task.code) in done)
    ]
    return sorted(found, key=lambda item: (item.due, item.task is None))


def _digest(
    person: Recipient, day: date, hours: Hours, of: ItemsByRole, done: Done
) -> PlannedDigest | None:
    items = _items(person, day, of, done)
    if not items:
        return None
    not_before, expires_at = hours.window(day, person.remind_at)
    if person.chat_since and expires_at <= person.chat_since:
        return None  # nothing is owed from the time before we could write
    return PlannedDigest(
        key=f"digest:{person.id}:{day}",
        person=person.id,
        day=day,
        not_before=not_before,
        expires_at=expires_at,
        urgency=(items[0].due - day).days,
    )
