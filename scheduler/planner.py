"""What is due to be said to whom and when. Pure: values in, values out, nothing remembered."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from knowledge.programme.values import Programme
from scheduler.hours import Hours
from scheduler.items import (
    NOTHING_DONE,
    Agenda,
    Done,
    Item,
    Kind,
    group_items,
    is_done,
    items_for,
    items_of,
)
from storage.roster import PARTICIPANT, Group, Recipient

__all__ = ["Item", "digests", "dry_run", "group_digests", "items_for"]

BACK, AHEAD = timedelta(hours=24), timedelta(hours=48)
IN_NO_HURRY = 10  # after everything that has a day: a bulletin to read, a question that waits
TO_GROUPS = frozenset({"group_due_today", "group_due_in_1"})

DueOnDay = Mapping[date, Collection[int]]  # who is to hear something besides deadlines


@dataclass(frozen=True, slots=True)
class PlannedDigest:
    key: str
    person: int
    day: date
    not_before: datetime
    expires_at: datetime
    urgency: int  # days until the nearest deadline: smaller goes first


@dataclass(frozen=True, slots=True)
class PlannedGroupDigest:
    key: str
    group: int
    day: date
    not_before: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Reminder:
    """A line of the dry run."""

    on: date
    person: str
    role: str
    title: str
    due: date
    kind: Kind


def agenda_around(programmes: Sequence[Programme], now: datetime, hours: Hours) -> Agenda:
    """A day back and two ahead of `now`."""
    first, last = hours.day_of(now - BACK), hours.day_of(now + AHEAD)
    return Agenda(programmes, [first + timedelta(days=n) for n in range((last - first).days + 1)])


def digests(
    programmes: Sequence[Programme],
    people: Iterable[Recipient],
    now: datetime,
    *,
    hours: Hours | None = None,
    done: Done = NOTHING_DONE,
    also: DueOnDay | None = None,
) -> list[PlannedDigest]:
    """One per person and day with something to say, a day back and two ahead of `now`."""
    hours = hours or Hours()
    agenda = agenda_around(programmes, now, hours)
    return planned_digests(agenda, people, now, hours=hours, done=done, also=also or {})


def planned_digests(
    agenda: Agenda,
    people: Iterable[Recipient],
    now: datetime,
    *,
    hours: Hours,
    done: Done,
    also: DueOnDay,
) -> list[PlannedDigest]:
    """As `digests`, for many calls with parts of a large roster."""

    @lru_cache(maxsize=10_000)
    def window(
        day: date, at: time | None, quiet: tuple[time, time] | None
    ) -> tuple[datetime, datetime] | None:
        """None: too far away in either direction."""
        opens, closes = hours.kept_by(at, quiet).window(day)
        return (opens, closes) if now - BACK <= opens <= now + AHEAD else None

    found = []
    for person in people:
        if not person.can_be_written_to:
            continue
        for day, urgency in _urgencies(person, agenda, done, also).items():
            times = window(day, person.remind_at, person.quiet)
            # Nothing is owed from the time before we could write.
            if times and (person.chat_since is None or times[1] > person.chat_since):
                key = f"digest:{person.id}:{day}"
                found.append(PlannedDigest(key, person.id, day, *times, urgency))
    return found


def _urgencies(person: Recipient, agenda: Agenda, done: Done, also: DueOnDay) -> dict[date, int]:
    """The days with something to say, and how many days the most urgent of it leaves."""
    found: dict[date, int] = {}
    for role in person.roles:
        if role.muted:
            continue
        for day, items in agenda.of(role).items():
            for item in items:
                if not is_done(item, person.id, done):
                    found[day] = min(found.get(day, IN_NO_HURRY), item.urgency(day))
    for day, people in also.items():
        if person.id in people:
            found.setdefault(day, IN_NO_HURRY)
    return found


def group_digests(
    programmes: Sequence[Programme],
    groups: Iterable[Group],
    now: datetime,
    *,
    hours: Hours | None = None,
) -> list[PlannedGroupDigest]:
    """One per bound group and day, only where a deadline is near."""
    hours = hours or Hours()
    by_code = {programme.code: programme for programme in programmes}
    days = agenda_around((), now, hours).days
    near = {
        code: [day for day in days if any(i.kind in TO_GROUPS for i in group_items(one, day))]
        for code, one in by_code.items()
    }
    return [
        PlannedGroupDigest(f"group_digest:{group.id}:{day}", group.id, day, opens, closes)
        for group in groups
        if group.chat_id is not None
        for day in near.get(group.programme, ())
        for opens, closes in [hours.window(day)]
        if now - BACK <= opens <= now + AHEAD
    ]


def dry_run(
    programmes: Sequence[Programme],
    recipients: Sequence[Recipient],
    start: date,
    end: date,
    *,
    done: Done = NOTHING_DONE,
) -> list[Reminder]:
    """All that would be said from `start` to `end`, whether or not a chat is known."""
    days = [start + timedelta(days=offset) for offset in range((end - start).days + 1)]
    agenda = Agenda(programmes, days)
    unfinished = _unfinished(recipients, agenda, done)
    return [
        Reminder(day, person.name, item.role, item.title, item.due, item.kind)
        for day in days
        for person in recipients
        for item in items_of(person, day, agenda, done)
        if not item.of_group or _concerns(item, person, unfinished)
    ]


Unfinished = Counter[tuple[int, str, str]]  # (group, programme, task; "" for all its members)


def _unfinished(recipients: Sequence[Recipient], agenda: Agenda, done: Done) -> Unfinished:
    tasks = agenda.group_tasks()
    found: Unfinished = Counter()
    for person in recipients:
        for role in person.roles:
            if role.role == PARTICIPANT and role.group_id is not None:
                found[role.group_id, role.programme, ""] += 1
                for task in tasks.get(role.programme, ()):
                    if (person.id, role.programme, task) not in done:
                        found[role.group_id, role.programme, task] += 1
    return found


def _concerns(item: Item, leader: Recipient, unfinished: Unfinished) -> bool:
    """Whether anybody in the leader's group has something left to do."""
    role = leader.role_in(item.programme.code)
    group = role.group_id if role else None
    task = item.task.code if item.task else ""
    return group is not None and unfinished[group, item.programme.code, task] > 0
