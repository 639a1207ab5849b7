"""A table of roles and stages, whichever of the two stands in columns, to a printed plan."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import DASHES, folded
from knowledge.notices import Table
from knowledge.programme.headings import (
    is_column_word,
    is_role,
    is_role_column,
    is_stage,
    is_tasks,
    is_time,
)
from knowledge.programme.printed import PrintedPlan, PrintedStage, PrintedTask, tasks_of_cell

Rows = Sequence[tuple[str, ...]]


def table_plan(table: Table, title: str) -> PrintedPlan | None:
    """The plan in the table; None where it is a table of something else."""
    rows = [table.header, *table.rows]
    for at in range(min(3, len(rows))):
        header, body = rows[at], rows[at + 1 :]
        stages = (
            _roles_in_columns(header, body)
            or _roles_in_rows(header, body)
            or _stages_in_columns(header, body)
        )
        if stages:
            return PrintedPlan(title, stages)
    return None


def _roles_in_columns(header: tuple[str, ...], body: Rows) -> tuple[PrintedStage, ...]:
    """时间 | 阶段 | 学员 | 组长 | …: a row is a stage, or goes on with the one above."""
    roles = [at for at, cell in enumerate(header) if is_role(cell)]
    labels = [at for at, cell in enumerate(header) if is_time(cell) or is_stage(cell)]
    unknown = [
        at
        for at in range(len(header))
        if at not in roles and at not in labels and not is_column_word(header[at])
    ]
    if len(roles) < 2 or not labels or len(unknown) > len(roles):
        return ()
    # A name that we do not know beside roles that we do is a role as well.
    columns = sorted(roles + [at for at in unknown if header[at]])
    rows = [row for row in body if any(row[at] for at in columns)]
    stages: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in _continued(rows, labels):
        cells = stages.setdefault(_labels(header, row), [])
        cells += [(header[at], row[at]) for at in columns]
    return tuple(_stage(labelled, cells) for labelled, cells in stages.items())


def _roles_in_rows(header: tuple[str, ...], body: Rows) -> tuple[PrintedStage, ...]:
    """阶段 | 时间 | 角色 | 任务: a row is one role in one stage."""
    role = next((at for at, cell in enumerate(header) if is_role_column(cell)), None)
    tasks = [at for at, cell in enumerate(header) if is_tasks(cell)]
    labels = [at for at, cell in enumerate(header) if is_time(cell) or is_stage(cell)]
    if role is None or not tasks or not labels:
        return ()
    stages: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in _continued(body, [*labels, role]):
        stages.setdefault(_labels(header, row), []).append((row[role], row[tasks[-1]]))
    return tuple(_stage(labelled, lists) for labelled, lists in stages.items())


def _stages_in_columns(header: tuple[str, ...], body: Rows) -> tuple[PrintedStage, ...]:
    """角色 | 分散研修（7月下旬-9月30日） | …: a column is a stage, a row a role."""
    dated = [at for at in range(1, len(header)) if find_dates(header[at], year=2000)]
    body, when = _row_of_times(body)
    if when:
        dated = [at for at in range(1, len(header)) if find_dates(when[at], year=2000)]
    roles = [row for row in body if is_role(row[0])]
    if not dated or len(roles) < 2 or len(dated) < len(header) - 2:
        return ()
    return tuple(
        _stage(
            _split_label(" ".join(filter(None, (header[at], when[at] if when else "")))),
            [(row[0], row[at]) for row in roles],
        )
        for at in dated
    )


def _row_of_times(body: Rows) -> tuple[Rows, tuple[str, ...]]:
    if body and is_time(body[0][0]):
        return body[1:], body[0]
    return body, ()


def _continued(rows: Rows, labels: Sequence[int]) -> list[tuple[str, ...]]:
    """Empty label cells belong to the row above: merged cells that a format left empty."""
    filled: list[tuple[str, ...]] = []
    for row in rows:
        cells = list(row)
        for at in labels:
            if not cells[at] and filled:
                cells[at] = filled[-1][at]
        filled.append(tuple(cells))
    return filled


def _labels(header: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, str]:
    """Name and time of the stage, from their columns or from the one that holds both."""
    name = next((row[at] for at, cell in enumerate(header) if is_stage(cell)), "")
    when = next((row[at] for at, cell in enumerate(header) if is_time(cell)), "")
    if name and when:
        return _one_line(name), _one_line(when)
    return _split_label(_one_line(name or when))


def _split_label(text: str) -> tuple[str, str]:
    """分散研修（7月下旬-9月30日） -> 分散研修, 7月下旬-9月30日."""
    text = _one_line(text)
    mention = next(iter(find_dates(text, year=2000)), None)
    if mention is None:
        return text, ""
    rest = text[: mention.begin] + " " + text[mention.stop :]
    rest = re.sub(r"(?:时间|日期)[:：]", "", rest)
    name = re.sub(rf"[()（）:：\s]+|[{DASHES}]+$", "", rest)
    return name or mention.text, mention.text


def _one_line(text: str) -> str:
    joined = "".join(text.splitlines())
    return re.sub(r"(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])", "", joined).strip()


def _stage(labels: tuple[str, str], cells: Sequence[tuple[str, str]]) -> PrintedStage:
    lists: dict[str, list[PrintedTask]] = {}
    for role, text in cells:
        tasks = lists.setdefault(simplified(_one_line(role)), [])
        if folded(text).strip(f"{DASHES} /无"):
            more = tasks_of_cell(text)
            tasks += [replace(task, position=len(tasks) + task.position) for task in more]
    return PrintedStage(*labels, tuple((role, tuple(tasks)) for role, tasks in lists.items()))
