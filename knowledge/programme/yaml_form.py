"""A programme as YAML: what coordinators edit, what `programme draft` prints."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import yaml

from knowledge.chinese.dates import find_dates
from knowledge.programme.codes import programme_code
from knowledge.programme.deadlines import deadline_written
from knowledge.programme.drafting import amounts_in, with_own_codes
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Source
from knowledge.yaml_lines import Malformed, Value, parsed

_PROGRAMME = ("code", "title", "province", "years", "source", "stages")
_SOURCE = ("title", "number", "section", "issued", "text")
_STAGE = ("name", "when", "starts", "ends", "reading", "tasks")
_TASK = ("code", "title", "marks", "detail", "due", "due_text", "amounts")
_AMOUNT = ("value", "unit", "text", "bound")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A programme and the lines its stages and tasks stand on."""

    programme: Programme
    stage_lines: tuple[int, ...]
    task_lines: tuple[tuple[int, ...], ...]


def load(text: str) -> Programme:
    """Raises Malformed, which names line and reason."""
    return load_with_lines(text).programme


def load_all(text: str) -> list[Programme]:
    """Several in one file, as `programme draft` prints them: with --- between them."""
    return [load(part) for part in parts_of(text)]


def parts_of(text: str) -> list[str]:
    """The programmes of a file, each on its own lines."""
    parts: list[list[str]] = [[]]
    for at, line in enumerate(text.splitlines()):
        if line.rstrip() == "---":
            parts.append([""] * (at + 1))
        else:
            parts[-1].append(line)
    said = [part for part in parts if any(line and not line.startswith("#") for line in part)]
    return ["\n".join(part) + "\n" for part in said] or [text]


def load_with_lines(text: str) -> Loaded:
    fields = parsed(text).fields(_PROGRAMME)
    title = _text(fields, "title")
    if not title:
        raise Malformed(1, "没有写 title（方案名称）。")
    province = _text(fields, "province")
    years = tuple(each.year() for each in _items(fields, "years"))
    code = _text(fields, "code") or programme_code(title, province, years)
    stages, lines = [], []
    for value in _items(fields, "stages"):
        stage, task_lines = _stage(value, code, years)
        stages.append(stage)
        lines.append((value.line, task_lines))
    if not stages:
        raise Malformed(1, "没有写 stages（阶段）。")
    source = source_in(fields["source"]) if "source" in fields else Source(title)
    programme = Programme(code, title, source, tuple(stages), province, years)
    return Loaded(programme, tuple(at for at, _ in lines), tuple(each for _, each in lines))


def _text(fields: dict[str, Value], name: str) -> str:
    return fields[name].text() if name in fields else ""


def _items(fields: dict[str, Value], name: str) -> list[Value]:
    return fields[name].items() if name in fields else []


def _day(fields: dict[str, Value], name: str) -> date | None:
    return fields[name].day() if name in fields else None


def source_in(value: Value) -> Source:
    fields = value.fields(_SOURCE)
    title = _text(fields, "title")
    if not title:
        raise Malformed(value.line, "出处没有写 title。")
    number, section, text = (_text(fields, name) for name in ("number", "section", "text"))
    return Source(title, number, section, _day(fields, "issued"), text)


def _stage(value: Value, programme: str, years: tuple[int, ...]) -> tuple[Stage, tuple[int, ...]]:
    fields = value.fields(_STAGE)
    name, when = _text(fields, "name"), _text(fields, "when")
    if not name:
        raise Malformed(value.line, "阶段没有写 name。")
    starts, ends = _day(fields, "starts"), _day(fields, "ends")
    if starts is None or ends is None:
        starts, ends = _from_words(value, when, years, starts, ends)
    stage = Stage(name, starts, ends, when, _text(fields, "reading"))
    read = list(_tasks(fields["tasks"], stage)) if "tasks" in fields else []
    tasks = tuple(with_own_codes((task for task, _ in read), name, programme))
    return replace(stage, tasks=tasks), tuple(line for _, line in read)


def _from_words(
    value: Value, when: str, years: tuple[int, ...], starts: date | None, ends: date | None
) -> tuple[date, date]:
    mention = next(iter(find_dates(when, year=years[0] if years else None)), None)
    starts = starts or (mention.start if mention else None)
    ends = ends or (mention.end if mention else None)
    if starts is None or ends is None:
        raise Malformed(value.line, "阶段的起止日期不清楚，请写 starts 和 ends。")
    return starts, ends


def _tasks(value: Value, stage: Stage) -> Iterable[tuple[Task, int]]:
    for role, listed in value.mapping().items():
        for position, each in enumerate(listed.items(), 1):
            yield _task(each, role, position, stage), each.line


def _task(value: Value, role: str, position: int, stage: Stage) -> Task:
    fields = value.fields(_TASK)
    title, detail = _text(fields, "title"), _text(fields, "detail")
    if not title:
        raise Malformed(value.line, f"“{role}”的第{position}项任务没有写 title。")
    due_text = _text(fields, "due_text")
    due = _day(fields, "due")
    if due is None and due_text:
        due = deadline_written(due_text, stage)
    written = "amounts" in fields
    amounts = _amounts(fields["amounts"]) if written else amounts_in(title, detail)
    marks, code = _text(fields, "marks"), _text(fields, "code")
    return Task(code, role, position, title, detail, marks, due, due_text, tuple(amounts))


def _amounts(value: Value) -> Iterable[Amount]:
    for each in value.items():
        if isinstance(each.node, yaml.MappingNode):
            fields = each.fields(_AMOUNT)
            if "value" not in fields:
                raise Malformed(each.line, "数量没有写 value。")
            unit, text, bound = (_text(fields, name) for name in ("unit", "text", "bound"))
            yield Amount(fields["value"].number(), unit, text, bound)
        else:
            yield _amount_from_words(each)


def _amount_from_words(value: Value) -> Amount:
    """不少于800字; a bare figure is kept without unit, for `check` to complain about."""
    found = amounts_in(value.text())
    if len(found) == 1:
        return found[0]
    try:
        return Amount(float(value.text()), "", value.text())
    except ValueError:
        raise Malformed(value.line, f"“{value.text()}”不是一个数量。") from None


def dump(programme: Programme, doubts: Iterable[str] = ()) -> str:
    """The programme for a coordinator to check; doubts stand above it as comments."""
    comments = "".join(f"# 请核对：{' '.join(doubt.split())}\n" for doubt in doubts)
    body = yaml.safe_dump(_plain(programme), allow_unicode=True, sort_keys=False, width=1000)
    return comments + str(body)


def _plain(programme: Programme) -> dict[str, Any]:
    return {
        "code": programme.code,
        "title": programme.title,
        "province": programme.province,
        "years": list(programme.years),
        "source": _written(programme.source, _SOURCE),
        "stages": [_plain_stage(stage) for stage in programme.stages],
    }


def _plain_stage(stage: Stage) -> dict[str, Any]:
    tasks: dict[str, list[dict[str, Any]]] = {}
    for task in stage.tasks:
        tasks.setdefault(task.role, []).append(_plain_task(task))
    return {**_written(stage, ("name", "when", "starts", "ends", "reading")), "tasks": tasks}


def _plain_task(task: Task) -> dict[str, Any]:
    plain = _written(task, ("code", "title", "marks", "detail", "due", "due_text"))
    if task.amounts != amounts_in(task.title, task.detail):
        plain["amounts"] = [_plain_amount(amount) for amount in task.amounts]
    return plain


def _plain_amount(amount: Amount) -> str | dict[str, Any]:
    """In words where the words give the same amount back."""
    if amounts_in(amount.text) == (amount,):
        return amount.text
    return {"value": amount.value, **_written(amount, ("unit", "text", "bound"))}


def _written(thing: object, names: Iterable[str]) -> dict[str, Any]:
    return {name: value for name in names if (value := getattr(thing, name))}
