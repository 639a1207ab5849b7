"""What a role hears of on a day, and what of it concerns one person. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Programme, Stage, Task
from storage.roster import LEADER, PARTICIPANT, Recipient, RoleIn

OwnKind = Literal["stage_opens", "due_in_7", "due_in_3", "due_in_1", "due_today", "overdue"]
GroupKind = Literal["group_due_in_1", "group_due_today", "group_overdue", "weekly"]
Kind = OwnKind | GroupKind

DUE_KINDS: dict[int, OwnKind] = {0: "due_today", 1: "due_in_1", 3: "due_in_3", 7: "due_in_7"}
GROUP_KINDS: dict[int, GroupKind] = {
    -1: "group_overdue",
    0: "group_due_today",
    1: "group_due_in_1",
}
A_WEEK = 7
ENOUGH_AFTER = timedelta(days=30)  # after the end of a programme nobody is urged any more
MONDAY = 0
Done = frozenset[tuple[int, str, str]]  # person, programme, task: as storage.progress has it
NOTHING_DONE: Done = frozenset()
AFTER_THE_URGENT = 4  # overdue comes after what can still be done in time


@dataclass(frozen=True, slots=True)
class Item:
    """One thing worth saying on a day. A stage that opens, and a week's summary, have no task."""

    kind: Kind
    programme: Programme
    role: str  # who hears it; an item of the group is about the participants' task
    stage: Stage
    task: Task | None
    due: date

    @property
    def title(self) -> str:
        return self.task.title if self.task else self.stage.name

    @property
    def of_group(self) -> bool:
        return self.kind in ("group_due_in_1", "group_due_today", "group_overdue", "weekly")

    @property
    def is_overdue(self) -> bool:
        return self.kind == "overdue"

    def urgency(self, day: date) -> int:
        left = (self.due - day).days
        return left if left >= 0 else AFTER_THE_URGENT


ByDay = Mapping[date, tuple[Item, ...]]


class Agenda:
    """What every role hears on each of these days: worked out once per role, not per person."""

    def __init__(self, programmes: Iterable[Programme], days: Iterable[date]) -> None:
        self._programmes = {programme.code: programme for programme in programmes}
        self.days = tuple(days)
        self._known: dict[tuple[str, str, bool], ByDay] = {}

    @property
    def programmes(self) -> Collection[Programme]:
        return self._programmes.values()

    def of(self, role: RoleIn) -> ByDay:
        """Days without anything are not in it."""
        leads = role.role == LEADER and role.group_id is not None
        key = role.programme, role.role, leads
        if key not in self._known:
            programme = self._programmes.get(role.programme)
            self._known[key] = self._by_day(programme, role.role, leads=leads) if programme else {}
        return self._known[key]

    def group_tasks(self) -> dict[str, frozenset[str]]:
        """By programme: what leaders hear of on these days, of their participants' tasks."""
        leader = {code: self.of(RoleIn(code, LEADER, group_id=0)) for code in self._programmes}
        return {
            code: frozenset(
                item.task.code
                for items in by_day.values()
                for item in items
                if item.of_group and item.task
            )
            for code, by_day in leader.items()
        }

    def _by_day(self, programme: Programme, role: str, *, leads: bool) -> ByDay:
        found = {
            day: (*own_items(programme, role, day), *(group_items(programme, day) if leads else ()))
            for day in self.days
        }
        return {day: items for day, items in found.items() if items}


def items_for(
    programmes: Sequence[Programme],
    recipient: Recipient,
    day: date,
    *,
    done: Done = NOTHING_DONE,
) -> list[Item]:
    """What this person should hear on this day, most urgent first, the group's last."""
    return items_of(recipient, day, Agenda(programmes, [day]), done)


def items_of(person: Recipient, day: date, agenda: Agenda, done: Done) -> list[Item]:
    found = [
        item
        for role in person.roles
        if not role.muted
        for item in agenda.of(role).get(day, ())
        if not is_done(item, person.id, done)
    ]
    return sorted(found, key=_order)


def is_done(item: Item, person_id: int, done: Done) -> bool:
    """Of a task that this person has to do; how far a group is, is counted elsewhere."""
    if not done or item.task is None or item.of_group:
        return False
    return (person_id, item.programme.code, item.task.code) in done


def own_items(programme: Programme, role: str, day: date) -> list[Item]:
    found = []
    last = max((stage.ends for stage in programme.stages), default=day) + ENOUGH_AFTER
    for stage in programme.stages:
        mine = [task for task in stage.tasks if task.role == role]
        if mine and stage.starts == day:
            found.append(Item("stage_opens", programme, role, stage, None, stage.ends))
        for task in mine:
            days = deadlines_of(task, stage)
            for due in days:
                if kind := DUE_KINDS.get((due - day).days):
                    found.append(Item(kind, programme, role, stage, task, due))
            if day <= last and _is_day_to_urge(days[-1], day):
                found.append(Item("overdue", programme, role, stage, task, days[-1]))
    return found


def _is_day_to_urge(due: date, day: date) -> bool:
    """The day after, then every week."""
    late = (day - due).days
    return late >= 1 and (late - 1) % A_WEEK == 0


def group_items(programme: Programme, day: date) -> list[Item]:
    """What the leader of a group hears about its participants."""
    found = [
        Item(kind, programme, LEADER, stage, task, due)
        for stage in programme.stages
        for task in stage.tasks
        if task.role == PARTICIPANT
        for due in deadlines_of(task, stage)
        if (kind := GROUP_KINDS.get((due - day).days))
    ]
    running = [stage for stage in programme.stages if stage.starts <= day <= stage.ends]
    if day.weekday() == MONDAY:
        found += [Item("weekly", programme, LEADER, one, None, one.ends) for one in running]
    return found


def _order(item: Item) -> tuple[bool, bool, bool, date, bool]:
    return (
        item.of_group,
        item.kind == "weekly",
        item.is_overdue,
        item.due,
        item.task is None,
    )
