"""Which column of a schedule holds what."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.chinese.dates import find_dates
from knowledge.programme import headings

Row = tuple[str, ...]
Rows = Sequence[Row]


@dataclass(frozen=True, slots=True)
class Columns:
    """Positions in a row; None or nothing where the table has no such column."""

    header: Row
    roles: dict[int, str]  # 学员 | 组长任务: what each of them has to do
    who: int | None  # 角色
    stage: int | None
    when: int | None
    due: int | None  # 截止时间, where there is a time of the stage besides or tasks stand in rows
    tasks: tuple[int, ...]
    more: tuple[int, ...]  # 要求, 说明, 备注
    amounts: tuple[int, ...]
    unknown: tuple[int, ...]

    @property
    def with_deadlines(self) -> "Columns":
        """Read as a table with a task in each row: 完成时间 is that of the task."""
        if self.when is None or not headings.is_due(self.header[self.when]):
            return self
        return replace(self, when=None, due=self.when)

    @property
    def with_tasks(self) -> "Columns":
        """Read as a table with a task in each row: 参训教师任务 holds the tasks of that role."""
        if self.tasks or len(self.roles) != 1:
            return self
        return replace(self, tasks=tuple(self.roles))

    def with_labels_in(self, body: Rows) -> "Columns":
        """A column before the roles, without a name of its own, whose cells are stages or times."""
        if self.labels or len(self.roles) < 2:
            return self
        before = range(min(self.roles))
        staged = (at for at in before if all(is_label(row[at]) for row in body if row[at]))
        return replace(self, stage=next(staged, None))

    @property
    def labels(self) -> tuple[int, ...]:
        """Where a stage has its name and its time."""
        return tuple(at for at in (self.stage, self.when) if at is not None)


def columns_of(header: Row) -> Columns:
    roles = {at: role for at, cell in enumerate(header) if (role := headings.role_over(cell))}
    found = {
        name: [at for at, cell in enumerate(header) if at not in roles and fits(cell)]
        for name, fits in _KINDS
    }
    when = [at for at in found["when"] if at not in found["due"]] or found["due"]
    due = [at for at in found["due"] if at not in when[:1]]
    tasks = tuple(found["tasks"])
    named = {at for ats in found.values() for at in ats} | roles.keys()
    unknown = (
        at
        for at, cell in enumerate(header)
        if cell and at not in named and not headings.is_column_word(cell)
    )
    return Columns(
        header=header,
        roles=roles,
        who=_first(found["who"]),
        stage=_first(found["stage"]),
        when=_first(when),
        due=_first(due),
        tasks=tasks,
        more=tuple(at for at in found["more"] if at not in tasks),
        amounts=tuple(at for at in found["amounts"] if at not in tasks),
        unknown=tuple(unknown),
    )


def _first(positions: Sequence[int]) -> int | None:
    return positions[0] if positions else None


def continued(rows: Rows, columns: Sequence[int]) -> list[Row]:
    """Empty cells of these columns belong to the row above: merged cells that a format left so."""
    filled: list[Row] = []
    for row in rows:
        cells = list(row)
        for at in columns:
            if not cells[at] and filled:
                cells[at] = filled[-1][at]
        filled.append(tuple(cells))
    return filled


def is_label(text: str) -> bool:
    """启动（5月6日-10日）, 第一阶段."""
    staged = re.search(r"第.{1,2}(?:阶段|环节|步|周)|阶段", text)
    return bool(staged or find_dates(text, year=2000))


def lone_text(row: Row) -> str:
    """What a row says that is merged over the whole width: 一、参训教师; "" for any other row."""
    texts = set(filter(None, row))
    return texts.pop() if len(texts) == 1 and len(row) > 1 and row[0] else ""


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("who", headings.is_role_column),
    ("stage", headings.is_stage),
    ("when", headings.is_time),
    ("due", headings.is_due),
    ("tasks", headings.is_tasks),
    ("more", headings.is_more),
    ("amounts", headings.is_amount),
)
