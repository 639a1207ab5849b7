"""How far the groups are that somebody looks after, one stage at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.tasks.timetable import shown_stages
from knowledge.answering.library import Library
from knowledge.programme.deadlines import next_due
from knowledge.programme.values import Programme, Stage, Task
from scheduler.short_names import short_name
from storage import groups, people, progress
from storage.database import AnySession
from storage.group_counts import counts_of
from storage.progress import NOT_BEGUN, Progress, is_done
from storage.roster import EXPERT, LEADER, TUTOR, Group, Recipient

LOOK_AFTER_OTHERS = frozenset({LEADER, TUTOR, EXPERT})


@dataclass(frozen=True, slots=True)
class Care:
    """What of one programme somebody may see."""

    programme: Programme
    groups: tuple[Group, ...]
    names: bool  # who it is; else how many

    def find(self, group_id: str) -> Group | None:
        return next((group for group in self.groups if str(group.id) == group_id), None)


@dataclass(frozen=True, slots=True)
class TaskState:
    stage: Stage
    task: Task
    due: date
    done: int
    members: int
    missing: tuple[Recipient, ...] = ()  # empty where only numbers may be seen


@dataclass(frozen=True, slots=True)
class GroupPage:
    """One group, or all together where `group` is None; `first`: from which group on one can
    choose."""

    care: Care
    group: Group | None
    view: str
    stages: tuple[Stage, ...]
    members: int
    tasks: tuple[TaskState, ...]
    first: int = 0

    @property
    def others(self) -> list[tuple[int, Stage]]:
        numbered = enumerate(self.care.programme.stages)
        return [(number, stage) for number, stage in numbered if stage not in self.stages]


@dataclass(frozen=True, slots=True)
class MemberState:
    person: Recipient
    role: str
    states: dict[str, Progress]

    def done(self, task: Task) -> bool:
        return is_done(task, self.states.get(task.code, NOT_BEGUN))


async def cares_of(session: AnySession, person: Recipient | None, library: Library) -> list[Care]:
    """Asked anew at every press: roles change."""
    if person is None:
        return []
    found = []
    for programme in library.programmes:
        mine = person.role_in(programme.code)
        if person.coordinator or (mine and mine.role in LOOK_AFTER_OTHERS):
            seen = await groups.groups_in_care_of(session, person, programme.code)
            names = person.coordinator or bool(mine and mine.role == LEADER)
            if seen:
                found.append(Care(programme, tuple(seen), names))
    return found


async def members_of(session: AnySession, care: Care, group: Group) -> list[MemberState]:
    """Those who have tasks there, without those who look after them."""
    code = care.programme.code
    here = await people.members_of(session, code, group_id=group.id)
    roles = {one.id: role.role for one in here if (role := one.role_in(code))}
    doing = [one for one in here if roles.get(one.id) not in LOOK_AFTER_OTHERS]
    states = await progress.of_people(session, [one.id for one in doing], code)
    return [MemberState(one, roles[one.id], states[one.id]) for one in doing]


async def group_page(
    session: AnySession, care: Care, group: Group, view: str, today: date
) -> GroupPage:
    view, stages = shown_stages(care.programme, view, today)
    members = await members_of(session, care, group)
    tasks = []
    for stage, task in tasks_of(stages):
        of_role = [member for member in members if member.role == task.role]
        missing = [member.person for member in of_role if not member.done(task)]
        tasks.append(
            TaskState(
                stage,
                task,
                next_due(task, stage, today),
                len(of_role) - len(missing),
                len(of_role),
                tuple(missing) if care.names else (),
            )
        )
    return GroupPage(care, group, view, stages, len(members), tuple(tasks))


async def overview(
    session: AnySession, care: Care, view: str, today: date, first: int = 0
) -> GroupPage:
    view, stages = shown_stages(care.programme, view, today)
    counts = await counts_of(session, care.programme, [group.id for group in care.groups])
    of_all = list(counts.values())
    tasks = tuple(
        TaskState(
            stage,
            task,
            next_due(task, stage, today),
            sum(one.done.get((task.role, task.code), 0) for one in of_all),
            sum(one.members.get(task.role, 0) for one in of_all),
        )
        for stage, task in tasks_of(stages)
    )
    members = sum(
        number
        for one in of_all
        for role, number in one.members.items()
        if role not in LOOK_AFTER_OTHERS
    )
    return GroupPage(care, None, view, stages, members, tasks, first)


def tasks_of(stages: Sequence[Stage]) -> Iterator[tuple[Stage, Task]]:
    """The tasks of those who are looked after."""
    for stage in stages:
        for task in stage.tasks:
            if task.role not in LOOK_AFTER_OTHERS:
                yield stage, task


def may_care(person: Recipient | None) -> bool:
    return person is not None and (
        person.coordinator or any(role.role in LOOK_AFTER_OTHERS for role in person.roles)
    )


def read_press(data: str, cares: Sequence[Care]) -> tuple[Care, Group | None, str] | None:
    """gr:a:<programme>:<view>[:<first>], gr:g:<group>:<view>, gr:x:<programme>:<group>: only what
    they may see; anything may stand in a button."""
    match data.split(":"):
        case ["gr", "a", code, view] | ["gr", "a", code, view, _]:
            return next(((c, None, view) for c in cares if _is(c, code)), None)
        case ["gr", "g", group, view]:
            return next(((c, g, view) for c in cares if (g := c.find(group))), None)
        case ["gr", "x", code, "0"]:
            return next(((c, None, "") for c in cares if _is(c, code)), None)
        case ["gr", "x", code, group]:
            return next(((c, g, "") for c in cares if _is(c, code) and (g := c.find(group))), None)
        case _:
            return None


def first_group(data: str) -> int:
    """From which on the groups are shown, in gr:a:<programme>:<view>:<first>."""
    match data.split(":"):
        case ["gr", "a", _, _, first] if first.isascii() and first.isdecimal() and len(first) < 6:
            return int(first)
        case _:
            return 0


def find_nudged(
    data: str, cares: Sequence[Care], person: Recipient | None
) -> tuple[Care, Group, Task] | None:
    """gr:n:<group>:<task>; gr:nudge:<task> from a digest, for the leader's own group."""
    _, what, rest = data.split(":", 2)
    group_id, ref = rest.split(":", 1) if what == "n" and ":" in rest else ("", rest)
    for care in cares:
        role = person.role_in(care.programme.code) if person else None
        group = care.find(group_id or str(role.group_id if role else ""))
        for _, task in tasks_of(care.programme.stages):
            names = short_name(care.programme.code, task.code), f"{care.programme.code}:{task.code}"
            if group and ref in names:
                return care, group, task
    return None


def _is(care: Care, code: str) -> bool:
    return short_name(care.programme.code) == code
