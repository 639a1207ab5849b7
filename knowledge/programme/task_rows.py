"""A table with a task, or those of one role, in each row: 阶段 | 角色 | 任务 | 数量 | 截止时间."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from knowledge.chinese.amounts import find_amounts
from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import DASHES, folded
from knowledge.programme.columns import Columns, Row, Rows, columns_of, continued, lone_text
from knowledge.programme.headings import is_everybody, is_role, role_over
from knowledge.programme.labels import Label, label_of, one_line, split_label
from knowledge.programme.printed import PrintedPlan, PrintedStage, PrintedTask, tasks_of_cell

_SOMEBODY = "学员"  # whose tasks they are where nothing says it
_NOTHING = f"{DASHES} /\\无"
_TASKS_SAID = re.compile("任务|职责")
_ROLES_APART = re.compile(r"[、,，;；/\n]|\s{1,}|(?<=.)[和及与](?=.)")
_OWNER = re.compile(r"\s*([^\s:：。；;]{2,12})[:：]\s*")
_STAGE_SAID = re.compile(r"阶段|环节|第[一二三四五六七八九十\d]步")


@dataclass(frozen=True, slots=True)
class Around:
    """What the lines above a table say of it: whose tasks they are, and in which stage."""

    role: str = ""
    stage: Label = ("", "")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row, read."""

    label: Label
    roles: tuple[str, ...]
    tasks: tuple[PrintedTask, ...]
    due: str


@dataclass
class _Reading:
    """Where one is in the table, from top to bottom."""

    role: str
    label: Label
    doubts: list[str] = field(default_factory=list)


def plan_of_rows(header: Row, body: Rows, around: Around) -> PrintedPlan | None:
    """None where the rows are no tasks with a stage and a day."""
    columns = columns_of(header).with_deadlines.with_tasks
    if not columns.tasks or not _is_schedule(columns, body, around):
        return None
    if columns.tasks and columns.tasks[0] in columns.roles:
        around = replace(around, role=columns.roles[columns.tasks[0]])
    reading = _Reading(around.role, around.stage)
    lines = list(_lines(columns, body, reading))
    if not any(line.tasks for line in lines):
        return None
    everybody = tuple(dict.fromkeys(role for line in lines for role in line.roles if role))
    if not everybody:
        everybody = (_SOMEBODY,)
        reading.doubts.append(f"表里没有写是谁的任务，暂按“{_SOMEBODY}”读入。")
    stages = _stages(_with_times(columns, lines), everybody)
    return PrintedPlan("", stages, tuple(dict.fromkeys(reading.doubts)))


def _is_schedule(columns: Columns, body: Rows, around: Around) -> bool:
    sections = [text for row in body if (text := lone_text(row))]
    owned = columns.who is not None or bool(around.role) or any(map(is_role, sections))
    staged = columns.stage is not None or any(around.stage) or any(map(_is_stage_row, sections))
    said = bool(_TASKS_SAID.search("".join(columns.header[at] for at in columns.tasks)))
    timed = columns.when is not None or columns.due is not None
    dated = timed or any(find_dates(cell, year=2000) for row in body for cell in row[:2])
    measured = bool(columns.amounts) or columns.due is not None
    return dated and ((staged and (owned or measured or said)) or (owned and timed))


def _is_stage_row(text: str) -> bool:
    return bool(_STAGE_SAID.search(text) or find_dates(text, year=2000))


def _lines(columns: Columns, body: Rows, reading: _Reading) -> Iterator[_Line]:
    above = [at for at in (columns.stage, columns.who) if at is not None]
    above += [] if columns.when is None else [columns.when]
    for row in continued(body, above):
        if section := lone_text(row):
            _begin_section(section, reading)
            continue
        label = label_of(columns, row) if columns.labels else ("", "")
        if columns.stage is None:
            label = (reading.label[0], label[1] or reading.label[1])
        who = row[columns.who] if columns.who is not None else reading.role
        due = row[columns.due] if columns.due is not None else ""
        for owner, part in _by_owner(row[columns.tasks[0]]):
            own = (*row[: columns.tasks[0]], part, *row[columns.tasks[0] + 1 :])
            tasks = _row_tasks(columns, own, reading)
            yield _Line(label, _roles_in(owner or who), tasks, _said(due))


def _begin_section(text: str, reading: _Reading) -> None:
    """一、参训教师 over the whole width, or 第二阶段：跟岗研修（5月）."""
    bare = re.sub(r"^[(（]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*", "", one_line(text))
    if role := role_over(bare.rstrip(":：")):
        reading.role = role
    elif _is_stage_row(bare):
        reading.label = split_label(bare)


def _by_owner(cell: str) -> list[tuple[str, str]]:
    """参训教师：选课。\n坊主：建坊。 are two cells in one; else the cell is nobody's by name."""
    opened = [_OWNER.match(line) for line in cell.splitlines()]
    if not any(each and is_role(each[1]) for each in opened[:1]):
        return [("", cell)]
    parts: list[tuple[str, str]] = []
    for line, owner in zip(cell.splitlines(), opened, strict=True):
        if owner and is_role(owner[1]):
            parts.append((owner[1], line[owner.end() :]))
        else:
            parts[-1] = (parts[-1][0], f"{parts[-1][1]}\n{line}")
    return parts


def _roles_in(text: str) -> tuple[str, ...]:
    """坊主、管理员 are two; nothing stands for everybody."""
    whole = simplified(one_line(text))
    if not whole or is_everybody(whole):
        return ()
    parts = [simplified(one_line(part)) for part in _ROLES_APART.split(text) if part.strip()]
    if len(parts) > 1 and all(map(is_role, parts)):
        return tuple(parts)
    return (whole,)


def _row_tasks(columns: Columns, row: Row, reading: _Reading) -> tuple[PrintedTask, ...]:
    first, *others = columns.tasks
    text = _said(row[first])
    more = [said for at in (*others, *columns.more) if (said := _said(row[at]))]
    more = [each for each in dict.fromkeys(more) if each != text]
    amounts = [said for at in columns.amounts if (said := _amount(columns.header[at], row[at]))]
    if not text and not more:
        return ()
    tasks = tasks_of_cell(text or more.pop(0))
    if len(tasks) == 1:
        return (_with_details(tasks[0], more, amounts),)
    for extra in (*more, *amounts):
        tasks = _shared_out(tasks, extra, extra in amounts, reading)
    return tasks


def _with_details(task: PrintedTask, more: Sequence[str], amounts: Sequence[str]) -> PrintedTask:
    said = "；".join(each.rstrip("。；;") for each in amounts if each not in task.title)
    parts = [task.detail, *(" ".join(each.split()) for each in more), said]
    detail = "".join(part if part.endswith(("。", "；")) else f"{part}。" for part in parts if part)
    return replace(task, detail=detail if more or said else task.detail, amounts=tuple(amounts))


def _shared_out(
    tasks: tuple[PrintedTask, ...], extra: str, is_amount: bool, reading: _Reading
) -> tuple[PrintedTask, ...]:
    """A line for each task; where they do not go up, all of it stands at the last one."""
    parts = [each.detail or each.title for each in tasks_of_cell(extra)]
    if len(parts) != len(tasks):
        reading.doubts.append(f"“{one_line(extra)}”属于哪项任务，请核对。")
        parts = [""] * (len(tasks) - 1) + [one_line(extra)]
    return tuple(
        _with_details(task, [] if is_amount else [part], [part] if is_amount else [])
        if part
        else task
        for task, part in zip(tasks, parts, strict=True)
    )


def _amount(heading: str, cell: str) -> str:
    """2 under 数量（篇） is 2篇; under 学时 it is 2学时."""
    said = _said(cell)
    if not re.fullmatch(rf"[≥>不少于至约]*\d+(?:[{DASHES}]\d+)?", folded(said)):
        return said
    plain = folded("".join(heading.split()))
    bracketed = re.search(r"\((.{1,4})\)", plain)
    unit = bracketed[1] if bracketed else re.sub(r"[数量要求指标标准最低完成任务考核应]", "", plain)
    measured = f"{said}{unit}"
    return measured if find_amounts(measured) else said


def _said(cell: str) -> str:
    return cell if folded(cell).strip(_NOTHING) else ""


def _with_times(columns: Columns, lines: Sequence[_Line]) -> list[_Line]:
    """Where the rows of one stage have times of their own, these are their deadlines."""
    times: dict[str, list[str]] = {}
    for line in lines:
        times.setdefault(line.label[0], []).append(line.label[1])
    read = []
    for line in lines:
        name, when = line.label
        own = dict.fromkeys(filter(None, times[name]))
        if name and len(own) > 1:
            line = replace(line, label=(name, "、".join(own)), due=line.due or when)
        read.append(line)
    return read


def _stages(lines: Sequence[_Line], everybody: tuple[str, ...]) -> tuple[PrintedStage, ...]:
    stages: dict[Label, dict[str, list[PrintedTask]]] = {}
    for line in lines:
        lists = stages.setdefault(line.label, {})
        for role in line.roles or everybody:
            own = lists.setdefault(role, [])
            own += [
                replace(task, position=len(own) + at, due=line.due)
                for at, task in enumerate(line.tasks, 1)
            ]
    return tuple(
        PrintedStage(*label, tuple((role, tuple(own)) for role, own in lists.items()))
        for label, lists in stages.items()
    )
