"""A table of roles and stages, whichever of the two stands in columns, to a printed plan."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from statistics import median

from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import DASHES, folded
from knowledge.notices import Table
from knowledge.programme.columns import Columns, Row, Rows, columns_of, continued, lone_text
from knowledge.programme.headings import (
    is_column_word,
    is_role,
    is_role_column,
    is_stage,
    is_time,
    role_over,
)
from knowledge.programme.labels import Label, label_of, one_line, split_label
from knowledge.programme.printed import MARKS, PrintedPlan, PrintedStage, PrintedTask, tasks_of_cell
from knowledge.programme.task_rows import Around, plan_of_rows

_HEAD_ROWS = 3  # rows from the top in which the header may stand
_REACHED = re.compile(r"电话|手机|邮箱|联系方式|QQ|微信", re.I)  # whom to call, not what to do
_NOTHING = f"{DASHES} /\\无"
_TICKS = "√✓✔☑是"
_ENOUGH_WORDS = 8  # characters that a cell of tasks has, mostly

Lists = dict[Label, list[tuple[str, tuple[PrintedTask, ...]]]]


def table_plan(table: Table, title: str, around: Around = Around()) -> PrintedPlan | None:  # noqa: B008
    """The plan in the table; None where it is a table of something else."""
    rows = [table.header, *table.rows]
    if any(_REACHED.search(cell) for cell in table.header):
        return None
    for layout in (_roles_in_columns, _of_rows_with_roles, _stages_in_columns, _of_rows):
        for header, body in _heads(rows):
            if plan := layout(header, body, around):
                return replace(plan, title=title)
    return None


def _heads(rows: Rows) -> Iterator[tuple[Row, Rows]]:
    """Each row that may be the header, with what stands below it. Of a head in two rows the lower
    one says more; then both together."""
    for at in range(min(_HEAD_ROWS, len(rows) - 1)):
        if lone_text(rows[at]):
            continue
        goes_on = any(map(_is_merged_head, rows[at], rows[at + 1]))
        if not goes_on:
            yield rows[at], rows[at + 1 :]
        elif at + 2 < len(rows):
            yield rows[at + 1], rows[at + 2 :]
            both = zip(rows[at], rows[at + 1], strict=True)
            yield tuple(a if b in ("", a) else f"{a}{b}" for a, b in both), rows[at + 2 :]
            return


def _is_merged_head(upper: str, lower: str) -> bool:
    """角色 over 角色: one cell that spans two rows of the head."""
    return bool(upper) and upper == lower and is_column_word(upper)


def _of_rows_with_roles(header: Row, body: Rows, around: Around) -> PrintedPlan | None:
    return plan_of_rows(header, body, around) if columns_of(header).who is not None else None


def _of_rows(header: Row, body: Rows, around: Around) -> PrintedPlan | None:
    return plan_of_rows(header, body, around)


def _roles_in_columns(header: Row, body: Rows, around: Around) -> PrintedPlan | None:
    """时间 | 阶段 | 学员 | 组长 | …: a row is a stage, or goes on with the one above."""
    columns = columns_of(header).with_labels_in([row for row in body if not lone_text(row)])
    sections = [text for row in body if (text := lone_text(row)) and not role_over(text)]
    if not (columns.labels or sections or any(around.stage)) or not columns.roles:
        return None
    # A name that we do not know beside roles that we do is a role as well.
    beside = min([*columns.labels, *columns.roles])
    strange = {
        at: one_line(header[at])
        for at in columns.unknown
        if at > beside and at not in columns.labels
    }
    roles = {at: name for at, name in enumerate(header) if at in columns.roles.keys() | strange}
    alone = len(roles) < 2
    if len(strange) > len(columns.roles) or not _hold_tasks(body, roles, alone=alone):
        return None
    if alone and _has_columns_of_a_task(columns):
        return None
    lists: Lists = {}
    label = around.stage
    for row in continued(body, columns.labels):
        if section := lone_text(row):
            label = split_label(section)
        elif any(row[at] for at in roles):
            named = label_of(columns, row) if columns.labels else label
            cells = [
                ((columns.roles | strange)[at], _matrix_tasks(row, at, columns.tasks))
                for at in roles
            ]
            lists.setdefault(named, []).extend(cells)
    return _plan(lists)


def _has_columns_of_a_task(columns: Columns) -> bool:
    own = columns.with_deadlines
    return own.due is not None or bool(own.more or own.amounts)


def _hold_tasks(body: Rows, columns: Iterable[int], *, alone: bool) -> bool:
    """Words or ticks, not numbers of places; a lone column of a role has to say something, as
    授课教师 does not."""
    said = [folded(row[at]).strip() for row in body for at in columns if row[at]]
    words = [each for each in said if re.search(r"[\u4e00-\u9fff]{2}", each)]
    if alone:
        return len(words) > len(said) / 2 and median(map(len, words)) >= _ENOUGH_WORDS
    ticks = [each for each in said if each in _TICKS or each in MARKS]
    return len(words) + len(ticks) > len(said) / 2


def _matrix_tasks(row: Row, at: int, tasks: Sequence[int]) -> tuple[PrintedTask, ...]:
    """The tasks of the cell; where it only ticks, those of the row's own column."""
    ticked = "".join(folded(row[at]).split())
    if tasks and ticked and len(ticked) <= 2 and not re.search(r"[\u4e00-\u9fff]{2}", ticked):
        if ticked.strip(_NOTHING) == "":
            return ()
        marks = "" if ticked in _TICKS else row[at].strip()
        return tuple(replace(task, marks=marks) for task in _tasks(row[tasks[0]]))
    return _tasks(row[at])


def _stages_in_columns(header: Row, body: Rows, around: Around) -> PrintedPlan | None:
    """角色 | 分散研修（7月下旬-9月30日） | …: a column is a stage, a row a role."""
    who = _role_column(header, body)
    if is_role(header[who]):
        return None
    body, when = _row_of_times(body, who)
    sure = bool(re.search("角色|人员|对象|主体|身份", header[who]))
    columns = range(who + 1, len(header))
    dated = [
        at
        for at in columns
        if _has_time(header[at]) or (when and _has_time(when[at])) or _names_stage(header[at])
    ]
    rows = [
        row
        for row in continued(body, [who])
        if is_role(row[who]) or (sure and row[who] and not lone_text(row))
    ]
    known = sum(is_role(row[who]) for row in rows)
    if not dated and sure and known > 1 and _are_names(header[who + 1 :]):
        dated = [*columns] if _hold_tasks(rows, columns, alone=True) else []
    if not dated or len(dated) < len(columns) or known < (1 if sure else 2):
        return None
    lists: Lists = {}
    for at in dated:
        label = split_label(" ".join(filter(None, (header[at], when[at] if when else ""))))
        lists.setdefault(label, []).extend((row[who], _tasks(row[at])) for row in rows)
    return _plan(lists)


def _role_column(header: Row, body: Rows) -> int:
    """Where the roles stand: the first column, or the one after a number."""
    named = (at for at, cell in enumerate(header[:2]) if is_role_column(cell))
    counted = 1 if len(header) > 2 and sum(is_role(row[1]) for row in body) >= 2 else 0
    return next(named, counted if not any(is_role(row[0]) for row in body) else 0)


def _has_time(text: str) -> bool:
    return bool(find_dates(text, year=2000)) or bool(split_label(text)[1])


def _are_names(cells: Sequence[str]) -> bool:
    """网络先修 | 集中研修 | 成果展评: words that name no column of another kind."""
    plain = [folded(one_line(cell)) for cell in cells]
    named = all(re.fullmatch(r"[\u4e00-\u9fff]{2,10}", each) for each in plain)
    return named and len(cells) > 1 and not any(map(is_column_word, plain))


def _names_stage(text: str) -> bool:
    return bool(re.search(r"阶段$|^第.{1,2}阶段|^阶段", one_line(text)))


def _row_of_times(body: Rows, who: int) -> tuple[Rows, Row]:
    if body and (is_time(body[0][who]) or is_stage(body[0][who])):
        return body[1:], body[0]
    return body, ()


def _tasks(text: str) -> tuple[PrintedTask, ...]:
    return tasks_of_cell(text) if folded(text).strip(_NOTHING) else ()


def _plan(lists: Lists) -> PrintedPlan:
    stages = []
    for label, cells in lists.items():
        tasks: dict[str, list[PrintedTask]] = {}
        for role, more in cells:
            own = tasks.setdefault(simplified(one_line(role)), [])
            own += [replace(task, position=len(own) + at) for at, task in enumerate(more, 1)]
        stages.append(
            PrintedStage(*label, tuple((role, tuple(own)) for role, own in tasks.items()))
        )
    return PrintedPlan("", tuple(stages))
