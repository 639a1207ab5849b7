"""A programme that was edited or drafted anew: its tasks keep the codes that progress hangs on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from rapidfuzz import fuzz

from knowledge.chinese.normal import normal
from knowledge.names import bare_name
from knowledge.programme.codes import task_code
from knowledge.programme.pairing import paired
from knowledge.programme.values import Programme, Stage, Task

_ALIKE = 0.6  # titles, or titles with details, from which on two tasks may be one
_THE_SAME = 0.8  # what a task in another stage needs
_SHARED = 0.5  # share of tasks by which a renamed role or stage is known again
_OTHER_STAGE = 0.2  # a task in the same stage goes before one in another


@dataclass(frozen=True, slots=True)
class _Place:
    """A task, and where it stands: role and stage under the names of the old programme."""

    task: Task
    role: str
    stage: str
    title: str
    words: str
    named: bool = False  # whether somebody wrote its code: else it says no more than the title


def earlier_version(new: Programme, known: Iterable[Programme]) -> Programme | None:
    """The programme that the new one takes the place of: its code, its title, or its table."""
    candidates = list(known)
    for same in (_same_code, _same_title, _same_table):
        if found := [old for old in candidates if same(old, new)]:
            return found[-1]
    return None


def carried_over(old: Programme, new: Programme) -> Programme:
    """The new programme under the code of the old one, and so its tasks: renamed, renumbered or
    moved ones too. A task that is really new has a code that none of the old ones had."""
    roles, stages = _roles(old, new), _stages(old, new)
    before = [_place(task, task.role, bare_name(stage.name)) for stage, task in _all(old)]
    after = [
        replace(_place(task, roles[task.role], stages[stage]), named=_is_named(task, stage, new))
        for stage, task in _all(new)
    ]
    codes = _codes(before, after)
    taken = iter(codes)
    return replace(
        new,
        code=old.code,
        stages=tuple(
            replace(stage, tasks=tuple(replace(task, code=next(taken)) for task in stage.tasks))
            for stage in new.stages
        ),
    )


def _all(programme: Programme) -> list[tuple[Stage, Task]]:
    return [(stage, task) for stage in programme.stages for task in stage.tasks]


def _place(task: Task, role: str, stage: str) -> _Place:
    return _Place(task, role, stage, bare_name(task.title), bare_name(task.title + task.detail))


def _is_named(task: Task, stage: Stage, programme: Programme) -> bool:
    own = task_code(programme.code, stage.name, task.role, task.title)
    return task.code.split("-")[0] != own


def _codes(before: Sequence[_Place], after: Sequence[_Place]) -> list[str]:
    """Codes for the tasks of `after`, in their order."""
    known = _by_code(before, after)
    old_left = [each for at, each in enumerate(before) if at not in known.values()]
    new_left = [at for at in range(len(after)) if at not in known]
    found = paired(old_left, [after[at] for at in new_left], _likeness, _ALIKE)
    codes = {at: before[known[at]].task.code for at in known}
    codes |= {new_left[new]: old_left[old].task.code for new, old in found.items()}
    taken = {each.task.code for each in before}
    for at, each in enumerate(after):
        if at not in codes:
            codes[at] = _free(each.task.code, taken)
            taken.add(codes[at])
    return [codes[at] for at in range(len(after))]


def _by_code(before: Sequence[_Place], after: Sequence[_Place]) -> dict[int, int]:
    """Tasks with one code, if it was written, or made of one title that no list repeats."""
    positions = {each.task.code: at for at, each in enumerate(before)}
    repeated = _repeated(before) | _repeated(after)
    found: dict[int, int] = {}
    for at, each in enumerate(after):
        there = positions.get(each.task.code)
        if there is None or there in found.values() or _list_of(each) in repeated:
            continue
        if each.named or _list_of(each) == _list_of(before[there]):
            found[at] = there
    return found


def _list_of(place: _Place) -> tuple[str, str, str]:
    return place.role, place.stage, place.title


def _repeated(places: Sequence[_Place]) -> set[tuple[str, str, str]]:
    lists = [_list_of(each) for each in places]
    return {each for each in lists if lists.count(each) > 1}


def _likeness(old: _Place, new: _Place) -> float:
    """Progress belongs to a role: what another role has to do is another task."""
    if old.role != new.role:
        return 0.0
    whole = _ratio(old.words, new.words)
    if old.stage != new.stage:
        return whole - _OTHER_STAGE if whole >= _THE_SAME else 0.0
    same_code = old.task.code == new.task.code
    return max(_ratio(old.title, new.title), whole) + whole / 100 + same_code / 1000


def _ratio(one: str, other: str) -> float:
    return fuzz.ratio(one, other) / 100


def _free(code: str, taken: set[str]) -> str:
    number = 1
    free = code
    while free in taken:
        number += 1
        free = f"{code}-{number}"
    return free


def _roles(old: Programme, new: Programme) -> dict[str, str]:
    """The names of the new roles → those of the old ones; a renamed role has the same tasks."""
    gone = [role for role in old.roles if role not in new.roles]
    come = [role for role in new.roles if role not in old.roles]
    found = paired(
        [_titles_of_role(old, role) for role in gone],
        [_titles_of_role(new, role) for role in come],
        _shared,
        _SHARED,
    )
    return {role: role for role in new.roles} | {
        come[at]: gone[there] for at, there in found.items()
    }


def _stages(old: Programme, new: Programme) -> dict[Stage, str]:
    """Each new stage → the name of the old one that it is; renamed ones by days and tasks."""
    names = {bare_name(stage.name) for stage in old.stages}
    kept = {bare_name(stage.name) for stage in new.stages} & names
    gone = [stage for stage in old.stages if bare_name(stage.name) not in kept]
    come = [stage for stage in new.stages if bare_name(stage.name) not in kept]
    found = paired(gone, come, _one_stage, _SHARED)
    named = {stage: bare_name(stage.name) for stage in new.stages}
    return named | {come[at]: bare_name(gone[there].name) for at, there in found.items()}


def _one_stage(old: Stage, new: Stage) -> float:
    days = min(old.ends, new.ends) - max(old.starts, new.starts) + timedelta(days=1)
    longest = max(old.ends - old.starts, new.ends - new.starts) + timedelta(days=1)
    together = max(days / longest, 0.0) if longest > timedelta() else 0.0
    return max(together, _shared(_titles(old.tasks), _titles(new.tasks)))


def _titles_of_role(programme: Programme, role: str) -> list[str]:
    return _titles(task for _, task in _all(programme) if task.role == role)


def _titles(tasks: Iterable[Task]) -> list[str]:
    return [bare_name(task.title) for task in tasks]


def _shared(olds: Sequence[str], news: Sequence[str]) -> float:
    rest = list(news)
    both = 0
    for title in olds:
        if title in rest:
            rest.remove(title)
            both += 1
    return both / max(len(olds), len(news), 1)


def _same_code(old: Programme, new: Programme) -> bool:
    return old.code == new.code


def _same_title(old: Programme, new: Programme) -> bool:
    return normal(old.title) == normal(new.title) and old.province == new.province


def _same_table(old: Programme, new: Programme) -> bool:
    """Of one year and province and, by most of their tasks, one table."""
    if (old.province, old.years[:1]) != (new.province, new.years[:1]):
        return False
    return _shared(*([f"{t.role}{bare_name(t.title)}" for _, t in _all(p)] for p in (old, new))) > (
        _THE_SAME
    )
