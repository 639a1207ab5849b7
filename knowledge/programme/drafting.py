"""A printed schedule to a programme: dates, deadlines, amounts, and every doubt about them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import count

from knowledge.chinese.amounts import find_amounts
from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import folded
from knowledge.programme.codes import programme_code, task_code
from knowledge.programme.dating import Dating
from knowledge.programme.deadlines import deadline_in, deadline_written
from knowledge.programme.printed import PrintedPlan, PrintedStage, PrintedTask
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Source


@dataclass(frozen=True, slots=True)
class Draft:
    programme: Programme
    doubts: tuple[str, ...] = ()


def drafted(plan: PrintedPlan, source: Source, *, province: str, years: tuple[int, ...]) -> Draft:
    """The programme that the plan prints; nothing of it is left out, what is odd is a doubt."""
    code = programme_code(plan.title, province, years)
    dating = Dating(years, source.issued, list(plan.doubts))
    stages: list[Stage] = []
    following = [*plan.stages[1:], None]
    for printed, after in zip(plan.stages, following, strict=True):
        if period := dating.period(printed, stages[-1] if stages else None, after):
            stages.append(_with_tasks(period, printed, code))
    programme = Programme(code, plan.title, source, tuple(stages), province, years)
    return Draft(programme, tuple(dating.doubts))


def _with_tasks(stage: Stage, printed: PrintedStage, code: str) -> Stage:
    tasks = [_task(task, role, stage) for role, tasks in printed.lists for task in tasks]
    return replace(stage, tasks=tuple(with_own_codes(tasks, stage.name, code)))


def with_own_codes(tasks: Iterable[Task], stage: str, programme: str) -> Iterable[Task]:
    """Codes for tasks that have none; tasks of one title in one list are counted. A code that was
    written stays that of its task, whatever this is called now."""
    listed = list(tasks)
    taken = {task.code for task in listed if task.code}
    for task in listed:
        code = task.code
        for occurrence in count(1) if not code else ():
            code = task_code(programme, stage, task.role, task.title, occurrence)
            if code not in taken:
                break
        taken.add(code)
        yield replace(task, code=code)


def _task(printed: PrintedTask, role: str, stage: Stage) -> Task:
    due, due_text = deadline_in(f"{printed.title}。{printed.detail}", stage)
    if printed.due:
        own, due_text = deadline_written(printed.due, stage), " ".join(printed.due.split())
        due = own or due
    return Task(
        code="",
        role=simplified(role),
        position=printed.position,
        title=printed.title,
        detail=printed.detail,
        marks=printed.marks,
        due=due,
        due_text=due_text,
        amounts=(*amounts_in(printed.title, printed.detail), *_bare(printed.amounts)),
    )


def _bare(printed: Iterable[str]) -> Iterator[Amount]:
    """Figures of a column that names no unit: kept, for `check` to complain about."""
    for text in printed:
        if re.fullmatch(r"\d+(?:\.\d+)?", plain := folded(text).strip()):
            yield Amount(float(plain), "", text)


def amounts_in(*texts: str) -> tuple[Amount, ...]:
    """Every figure of a task once, as it is printed."""
    found: dict[tuple[float, str], Amount] = {}
    for text in texts:
        for each in find_amounts(text):
            amount = Amount(each.values[0], each.unit, each.text, each.bound)
            found.setdefault((amount.value, amount.unit), amount)
    return tuple(found.values())
