"""Tables as they are meant: heads of two rows joined, rows over the whole width and cards apart."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from statistics import median

from knowledge.chinese.numerals import folded
from knowledge.notices import Table
from knowledge.programme.columns import Row, lone_text

_LONGEST_HEAD = 15
_MOST_ROWS = 3
_LONGEST_CAPTION = 40
_FEWEST_ON_CARD = 3
_LONG_VALUE = 8
_FEWEST_WORDS = 4  # characters
_LABEL = re.compile(r"[\u4e00-\u9fff()、/与和及]{2,10}:?")


@dataclass(frozen=True, slots=True)
class Meant:
    """What stands in one printed table: tables with their captions, cards, lines below it."""

    tables: tuple[Table, ...] = ()
    card: tuple[tuple[str, str], ...] = ()  # 研修时间 | 5月7日至9日
    lines: tuple[str, ...] = ()  # 注：… over the whole width


def as_meant(table: Table) -> Meant:
    if card := _card(table):
        return Meant(card=card)
    parts, lines = [], []
    for caption, rows in _sections(table):
        if len(rows) > 1:
            parts.append(with_one_header(Table(rows[0], tuple(rows[1:]), caption)))
        elif not rows:
            lines.append(caption)
    return Meant(tuple(parts), (), tuple(lines)) if parts else Meant((with_one_header(table),))


def _card(table: Table) -> tuple[tuple[str, str], ...]:
    """A label and what is said of it in each row; a table of two columns has a head besides."""
    rows = [table.header, *table.rows]
    if len(table.header) != 2 or len(rows) < _FEWEST_ON_CARD:
        return ()
    labels = ["".join(label.split()) for label, _ in rows]
    named = all(map(_LABEL.fullmatch, map(folded, labels))) and len(set(labels)) == len(labels)
    value = folded(table.header[1])
    headless = len(value) > _LONG_VALUE or bool(re.search(r"[\d,;:]", value))
    said = median(len(value) for _, value in rows) > _LONG_VALUE
    if not (named and headless and said):
        return ()
    return tuple((label.rstrip(":："), row[1]) for label, row in zip(labels, rows, strict=True))


def _over_all(row: Row) -> str:
    """第一阶段 集中研修 over the whole width; not 3 | 3 | 3 nor 合格 | 合格."""
    text = lone_text(row)
    return text if len(re.findall(r"[\u4e00-\u9fff]", text)) >= _FEWEST_WORDS else ""


def _sections(table: Table) -> Iterator[tuple[str, list[Row]]]:
    """The header again for what stands below each row over the whole width; no rows for one at
    the end."""
    header, caption = table.header, table.caption
    rest = list(table.rows)
    while (title := _over_all(header)) and rest and len(title) <= _LONGEST_CAPTION:
        caption, header = " ".join(filter(None, (caption, title))), rest.pop(0)
    rows: list[Row] = [header]
    own = caption
    for at, row in enumerate(rest):
        text = _over_all(row)
        over = text and at + 1 < len(rest) and len(text) <= _LONGEST_CAPTION
        if over and not _over_all(rest[at + 1]):
            yield own, rows
            rows, own = [header], " ".join(filter(None, (caption, text)))
        elif text and all(map(_over_all, rest[at:])):
            yield own, rows
            yield from ((_over_all(last), []) for last in rest[at:])
            return
        else:
            rows.append(row)
    yield own, rows


def with_one_header(table: Table) -> Table:
    """The table with the second row taken into the header, where that row is part of the head."""
    for _ in range(_MOST_ROWS - 1):
        if not table.rows or not _goes_on(table.header, table.rows[0]):
            break
        below = table.rows[0]
        header = tuple(map(_joined, table.header, below))
        table = replace(table, header=header, rows=table.rows[1:])
    return table


def _goes_on(header: tuple[str, ...], below: tuple[str, ...]) -> bool:
    """One head stands over two that differ, every other one over itself or nothing."""
    if len(set(below)) < 2 or any(
        re.search(r"\d", cell) or len(cell) > _LONGEST_HEAD for cell in below
    ):
        return False
    shared = {head for at, head in enumerate(header[1:], 1) if head and head == header[at - 1]}
    split = any(
        header[at] == header[at - 1] in shared and below[at] != below[at - 1]
        for at in range(1, len(header))
    )
    return split and all(
        head in shared or cell in ("", head) for head, cell in zip(header, below, strict=True)
    )


def _joined(head: str, cell: str) -> str:
    return head if cell in ("", head) else f"{head}{cell}"
