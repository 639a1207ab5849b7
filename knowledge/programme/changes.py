"""What an edit changes for those who have to do the tasks; tasks are known by their code."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.chinese.normal import normal
from knowledge.names import bare_name
from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Amount, Programme, Stage, Task


@dataclass(frozen=True, slots=True)
class Added:
    task: Task
    stage: Stage


@dataclass(frozen=True, slots=True)
class Removed:
    """Task and stage as they were."""

    task: Task
    stage: Stage


@dataclass(frozen=True, slots=True)
class Moved:
    """A deadline of a task, its own or that of its stage. Task and stage are the new ones."""

    task: Task
    stage: Stage
    old_due: date
    new_due: date


@dataclass(frozen=True, slots=True)
class DueAdded:
    """One more deadline beside those that the task had."""

    task: Task
    stage: Stage
    due: date


@dataclass(frozen=True, slots=True)
class DueDropped:
    """One deadline less; the task has others still."""

    task: Task
    stage: Stage
    due: date


@dataclass(frozen=True, slots=True)
class Retitled:
    task: Task
    stage: Stage
    old_title: str


@dataclass(frozen=True, slots=True)
class Remeasured:
    """Other amounts: 3期 → 2期."""

    task: Task
    stage: Stage
    old: tuple[Amount, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """Other words in the detail, with the same amounts and the same days."""

    task: Task
    stage: Stage
    old_detail: str


@dataclass(frozen=True, slots=True)
class Restaged:
    """The task stands in another stage now."""

    task: Task
    stage: Stage
    old_stage: Stage


@dataclass(frozen=True, slots=True)
class StageMoved:
    """Other days for a stage; the deadlines that follow from it are `Moved`, one by one."""

    stage: Stage
    old_starts: date
    old_ends: date


@dataclass(frozen=True, slots=True)
class StageRenamed:
    stage: Stage
    old_name: str


Change = (
    Added
    | Removed
    | Moved
    | DueAdded
    | DueDropped
    | Retitled
    | Remeasured
    | Reworded
    | Restaged
    | StageMoved
    | StageRenamed
)


def changes(old: Programme, new: Programme) -> tuple[Change, ...]:
    """In the order of the new programme, what is gone at the end. Hand `new` in as
    `carried_over(old, new)` unless its codes are known to be those of `old`."""
    return tuple(_changes(old, new))


def _changes(old: Programme, new: Programme) -> Iterator[Change]:
    before = _by_code(old)
    after = _by_code(new)
    for stage in new.stages:
        was = _earlier(stage, old, new)
        if was and was.name != stage.name:
            yield StageRenamed(stage, was.name)
        if was and (was.starts, was.ends) != (stage.starts, stage.ends):
            yield StageMoved(stage, was.starts, was.ends)
        for task in stage.tasks:
            if task.code in before:
                yield from _edits(*before[task.code], task, stage, was)
            else:
                yield Added(task, stage)
    for code, (task, stage) in before.items():
        if code not in after:
            yield Removed(task, stage)


def _earlier(stage: Stage, old: Programme, new: Programme) -> Stage | None:
    """The stage as it was: of its name, else the one that is gone and had most of its tasks."""
    names = {each.name for each in new.stages}
    codes = {task.code for task in stage.tasks}
    shared = {
        each: len(codes & {task.code for task in each.tasks})
        for each in old.stages
        if each.name == stage.name or each.name not in names
    }
    named = next((each for each in shared if each.name == stage.name), None)
    most = max(shared, key=lambda each: shared[each], default=None)
    return named or (most if most and 2 * shared[most] >= len(most.tasks) > 0 else None)


def _by_code(programme: Programme) -> dict[str, tuple[Task, Stage]]:
    return {task.code: (task, stage) for stage in programme.stages for task in stage.tasks}


def _edits(
    old: Task, old_stage: Stage, task: Task, stage: Stage, was: Stage | None
) -> Iterator[Change]:
    if old_stage != was:
        yield Restaged(task, stage, old_stage)
    if bare_name(old.title) != bare_name(task.title):
        yield Retitled(task, stage, old.title)
    yield from _due_changes(old, old_stage, task, stage)
    if _measures(old) != _measures(task):
        yield Remeasured(task, stage, old.amounts)
    elif normal(old.detail) != normal(task.detail):
        yield Reworded(task, stage, old.detail)


def _measures(task: Task) -> list[tuple[float, str, str]]:
    return [(amount.value, amount.unit, amount.bound) for amount in task.amounts]


def _due_changes(old: Task, old_stage: Stage, task: Task, stage: Stage) -> Iterator[Change]:
    """The day that is gone became the one that came; what is left over was added or dropped."""
    before, after = deadlines_of(old, old_stage), deadlines_of(task, stage)
    gone = [day for day in before if day not in after]
    come = [day for day in after if day not in before]
    for old_due, new_due in zip(gone, come, strict=False):
        yield Moved(task, stage, old_due, new_due)
    for day in come[len(gone) :]:
        yield DueAdded(task, stage, day)
    for day in gone[len(come) :]:
        yield DueDropped(task, stage, day)
