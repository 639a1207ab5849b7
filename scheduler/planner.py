"""What is due to be said to whom and when. Pure: values in, values out, nothing remembered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.programme.quotas import counted
from knowledge.programme.values import Programme
from scheduler.hours import Hours
from scheduler.items import (
    NOTHING_DONE,
    Agenda,
    Done,
    Item,
    Kind,
    group_items,
    items_for,
    items_of,
)
from storage.occasions import Besides, Habits, Occasion, Window
from storage.roster import LEADER, PARTICIPANT, Group, Recipient, RoleIn

__all__ = ["Item", "dry_run", "group_digests", "items_for", "occasions", "windows"]

DIGESTS_COME_AFTER = 100  # priorities below are for answers and alerts
BACK, AHEAD = timedelta(hours=24), timedelta(hours=48)
IN_NO_HURRY = 10  # after everything that has a day: a bulletin to read, a question that waits
TO_GROUPS = frozenset({"group_due_today", "group_due_in_1"})


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
    person_id: int = 0
    programme: str = ""  # code


def agenda_around(programmes: Sequence[Programme], now: datetime, hours: Hours) -> Agenda:
    """A day back and two ahead of `now`."""
    first, last = hours.day_of(now - BACK), hours.day_of(now + AHEAD)
    return Agenda(programmes, [first + timedelta(days=n) for n in range((last - first).days + 1)])


def occasions(agenda: Agenda) -> list[Occasion]:
    """All that digests are written for: who hears of it is found out by the database."""
    return [
        _occasion(programme.code, role, day, item)
        for programme in agenda.programmes
        for role in sorted({*programme.roles, LEADER})
        for day, items in agenda.of(RoleIn(programme.code, role, group_id=0)).items()
        for item in items
    ]


def _occasion(programme: str, role: str, day: date, item: Item) -> Occasion:
    priority = priority_of(min(item.urgency(day), IN_NO_HURRY))
    if item.task is None or item.of_group:  # nothing that they could have done
        return Occasion(programme, role, day, priority, in_group=item.of_group)
    goal = counted(item.task)
    return Occasion(programme, role, day, priority, item.task.code, goal.number if goal else None)


def besides(people: Iterable[int], day: date) -> Besides:
    """They are to hear something that is no deadline."""
    return Besides(sorted(people), day, priority_of(IN_NO_HURRY))


def priority_of(urgency: int) -> int:
    return DIGESTS_COME_AFTER + urgency


def usual_habits(hours: Hours) -> Habits:
    return Habits(hours.remind_at, hours.quiet.starts, hours.quiet.ends)


def windows(
    days: Iterable[date], kept: Iterable[Habits], now: datetime, hours: Hours
) -> list[Window]:
    """Of the days that are not too far away in either direction, for each of these habits."""
    found = []
    for habits in kept:
        own = hours.kept_by(habits.remind_at, (habits.quiet_from, habits.quiet_to))
        for day in days:
            opens, closes = own.window(day)
            if now - BACK <= opens <= now + AHEAD:
                found.append(Window(day, habits, opens, closes))
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
        Reminder(
            day,
            person.name,
            item.role,
            item.title,
            item.due,
            item.kind,
            person_id=person.id,
            programme=item.programme.code,
        )
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
