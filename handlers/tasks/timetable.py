"""What a role has to do, seen from one day, and how far somebody is with it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.programme.deadlines import next_due
from knowledge.programme.values import Programme, Stage, Task
from scheduler.short_names import short_name
from storage.progress import NOT_BEGUN, Deadline, Progress, is_done

SOON = timedelta(days=14)
NOW = "n"  # instead of a stage's number: what runs today

States = Mapping[tuple[str, str], Progress]


@dataclass(frozen=True, slots=True)
class Duty:
    """One task of one person, the day by which it is due next, and how far it is."""

    programme: Programme
    stage: Stage
    task: Task
    due: date
    progress: Progress = NOT_BEGUN

    @property
    def done(self) -> bool:
        return is_done(self.task, self.progress)

    @property
    def deadline(self) -> Deadline:
        return self.programme.code, self.task.code, self.due

    @property
    def ref(self) -> str:
        """Short enough for a button, and the same after every edit of the programme."""
        return short_name(self.programme.code, self.task.code)


@dataclass(frozen=True, slots=True)
class Page:
    """What one message shows of a programme: what runs today, or one stage."""

    programme: Programme
    role: str
    view: str  # NOW, or the number of a stage
    stages: tuple[Stage, ...]
    duties: tuple[Duty, ...]
    unread: int = 0  # bulletins

    @property
    def others(self) -> list[tuple[int, Stage]]:
        numbered = enumerate(self.programme.stages)
        return [(number, stage) for number, stage in numbered if stage not in self.stages]


def duties(programme: Programme, role: str, today: date, states: States) -> Iterator[Duty]:
    for stage in programme.stages:
        for task in stage.tasks:
            if task.role == role:
                state = states.get((programme.code, task.code), NOT_BEGUN)
                yield Duty(programme, stage, task, next_due(task, stage, today), state)


def page(programme: Programme, role: str, view: str, today: date, states: States) -> Page:
    view, stages = shown_stages(programme, view, today)
    mine = tuple(duty for duty in duties(programme, role, today, states) if duty.stage in stages)
    return Page(programme, role, view, stages, mine)


def shown_stages(programme: Programme, view: str, today: date) -> tuple[str, tuple[Stage, ...]]:
    """Instead of a stage that is no longer there: what runs today."""
    if view.isdecimal() and len(view) < 4 and int(view) < len(programme.stages):
        return view, (programme.stages[int(view)],)
    return NOW, tuple(stages_to_show(programme, today))


def stages_to_show(programme: Programme, today: date) -> list[Stage]:
    """The stages that run today; between two of them the next; after the last none."""
    running = [stage for stage in programme.stages if stage.starts <= today <= stage.ends]
    coming = sorted(
        (stage for stage in programme.stages if stage.starts > today),
        key=lambda stage: stage.starts,
    )
    return running or coming[:1]


def has_ended(programme: Programme, today: date) -> bool:
    return all(stage.ends < today for stage in programme.stages)


def overdue(duties_: Iterable[Duty], today: date) -> list[Duty]:
    """Not done in time; what belongs to an ended programme is history."""
    late = (
        duty
        for duty in duties_
        if duty.due < today and not duty.done and not has_ended(duty.programme, today)
    )
    return sorted(late, key=lambda duty: duty.due)


def due_soon(duties_: Iterable[Duty], today: date) -> list[Duty]:
    """Open today and due within two weeks, the nearest first, without what is done."""
    ahead = (
        duty
        for duty in duties_
        if duty.stage.starts <= today + SOON and today <= duty.due <= today + SOON
    )
    return sorted((duty for duty in ahead if not duty.done), key=lambda duty: duty.due)
