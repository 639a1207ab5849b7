"""What is due to be said to whom and when. Pure: values in, values out, nothing remembered."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

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
from storage.roster import PARTICIPANT, Group, Recipient, RoleIn

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
    return DigestPlan(programmes, now, hours=hours or Hours(), also=also or {}).of(people, done)


@dataclass(frozen=True, slots=True)
class Slot:
    """A day with something to say for everybody with the same role and habits."""

    day: date
    name: str
    not_before: datetime
    expires_at: datetime
    urgency: int


Habits = tuple[time | None, tuple[time, time] | None]  # own hour, own quiet hours


class DigestPlan:
    """One turn of planning, for page after page of a large roster: what people have in common is
    worked out once."""

    def __init__(
        self, programmes: Sequence[Programme], now: datetime, *, hours: Hours, also: DueOnDay
    ) -> None:
        self._agenda = agenda_around(programmes, now, hours)
        self.tasks = self._agenda.tasks()  # whether they are done has to be known
        self._now, self._hours, self._also = now, hours, also
        self._windows: dict[tuple[date, Habits], tuple[datetime, datetime] | None] = {}
        self._slots: dict[tuple[RoleIn, Habits], tuple[Slot, ...]] = {}

    def of(self, people: Iterable[Recipient], done: Done) -> list[PlannedDigest]:
        with_done = {person for person, _, _ in done}
        with_more = frozenset[int]().union(*self._also.values())
        found = []
        for person in people:
            if not person.can_be_written_to:
                continue
            id, since = person.id, person.chat_since
            alone = id not in with_done and id not in with_more
            for slot in self._common(person) if alone else self._own(person, done):
                if since is None or slot.expires_at > since:  # nothing is owed from before
                    found.append(
                        PlannedDigest(
                            f"digest:{id}:{slot.name}",
                            id,
                            slot.day,
                            slot.not_before,
                            slot.expires_at,
                            slot.urgency,
                        )
                    )
        return found

    def _common(self, person: Recipient) -> tuple[Slot, ...]:
        """Of somebody who has done nothing yet: as everybody like them."""
        if len(person.roles) != 1:
            return self._own(person, NOTHING_DONE)
        role, habits = person.roles[0], (person.remind_at, person.quiet)
        some_group = 0 if role.group_id is not None else None
        like = RoleIn(role.programme, role.role, some_group, role.muted)
        if (like, habits) not in self._slots:
            self._slots[like, habits] = self._own(person, NOTHING_DONE)
        return self._slots[like, habits]

    def _own(self, person: Recipient, done: Done) -> tuple[Slot, ...]:
        habits = person.remind_at, person.quiet
        return tuple(
            Slot(day, day.isoformat(), *window, urgency)
            for day, urgency in self._urgencies(person, done).items()
            if (window := self._window(day, habits))
        )

    def _urgencies(self, person: Recipient, done: Done) -> dict[date, int]:
        """The days with something to say, and how many days the most urgent of it leaves."""
        found: dict[date, int] = {}
        for role in person.roles:
            for day, items in self._agenda.of(role).items() if not role.muted else ():
                for item in items:
                    if not is_done(item, person.id, done):
                        found[day] = min(found.get(day, IN_NO_HURRY), item.urgency(day))
        for day, people in self._also.items():
            if person.id in people:
                found.setdefault(day, IN_NO_HURRY)
        return found

    def _window(self, day: date, habits: Habits) -> tuple[datetime, datetime] | None:
        """None: too far away in either direction."""
        if (day, habits) not in self._windows:
            opens, closes = self._hours.kept_by(*habits).window(day)
            near = self._now - BACK <= opens <= self._now + AHEAD
            self._windows[day, habits] = (opens, closes) if near else None
        return self._windows[day, habits]


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
