"""What a role has to do, seen from one day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.programme.deadlines import next_due
from knowledge.programme.values import Programme, Stage, Task, due_of

SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Duty:
    """One task of one person with the day by which it is due."""

    stage: Stage
    task: Task
    due: date


def duties(programme: Programme, role: str) -> Iterator[Duty]:
    for stage in programme.stages:
        for task in stage.tasks:
            if task.role == role:
                yield Duty(stage, task, due_of(task, stage))


def stages_to_show(programme: Programme, today: date) -> list[Stage]:
    """The stages that run today; between two of them the next; after the last none."""
    running = [stage for stage in programme.stages if stage.starts <= today <= stage.ends]
    coming = sorted(
        (stage for stage in programme.stages if stage.starts > today),
        key=lambda stage: stage.starts,
    )
    return running or coming[:1]


def due_soon(duties_: Iterable[Duty], today: date) -> list[Duty]:
    """Open today and due within two weeks, the nearest first."""
    ahead = (replace(one, due=next_due(one.task, one.stage, today)) for one in duties_)
    return sorted(
        (
            duty
            for duty in ahead
            if duty.stage.starts <= today + SOON and today <= duty.due <= today + SOON
        ),
        key=lambda duty: duty.due,
    )
