"""Excel workbooks to blocks: each sheet a table, with the lines above it as its title."""

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time

from lxml.etree import LxmlError  # type: ignore[import-untyped]  # ships no types
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.exceptions import (
    CellCoordinatesException,
    InvalidFileException,
    NamedRangeException,
    SheetTitleException,
)
from openpyxl.worksheet.worksheet import Worksheet

from knowledge.documents import Unreadable
from knowledge.reading.blocks import Block, Paragraph, grid

BROKEN = (
    CellCoordinatesException,
    InvalidFileException,
    LxmlError,
    NamedRangeException,
    SheetTitleException,
)
_MOST_CELLS = 300_000
_UNNAMED = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)


def blocks_of_workbook(name: str, content: bytes) -> list[Block]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that it does not show
        workbook = load_workbook(io.BytesIO(content), data_only=True)
    sheets = [each for each in workbook.worksheets if each.sheet_state == "visible"]
    blocks: list[Block] = []
    for sheet in sheets:
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            raise Unreadable(f"{name}：表格太大，不读取。")
        named = len(sheets) > 1 and not _UNNAMED.fullmatch(sheet.title)
        blocks += _blocks_of_sheet(sheet, sheet.title if named else "")
    return blocks


def _blocks_of_sheet(sheet: Worksheet, caption: str) -> Iterator[Block]:
    rows = _rows(sheet)
    starts = [0, *_further_tables(rows)]
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        yield from _blocks_of_table(rows, start, stop, caption)


def _further_tables(rows: list[list[str]]) -> Iterator[int]:
    """Below the first: where a title stands under an empty row, and a table under the title."""
    for at in range(2, len(rows) - 1):
        if not any(rows[at - 1]) and _lone(rows[at]) and len(set(filter(None, rows[at + 1]))) > 1:
            yield at


def _blocks_of_table(rows: list[list[str]], at: int, last: int, caption: str) -> Iterator[Block]:
    first = at
    while at < last and (title := _lone(rows[at])) is not None:
        if title:
            yield Paragraph(title, at + 1, level=1 if at == first == 0 else 0)
        at += 1
    notes: list[Paragraph] = []
    while last > at and (note := _lone(rows[last - 1])) is not None:
        last -= 1
        notes += [Paragraph(note, last + 1)] if note else []
    if table := grid(rows[at:last], line=at + 1, caption=caption):
        yield table
    yield from reversed(notes)


def _lone(row: list[str]) -> str | None:
    """The text of a row that holds one text only: a title, a note; None for a row of a table."""
    texts = set(filter(None, row))
    if len(texts) > 1 or (texts and row.count(next(iter(texts))) == 1 and row[0] == ""):
        return None
    return next(iter(texts), "")


def _rows(sheet: Worksheet) -> list[list[str]]:
    rows = [[_printed(cell) for cell in row] for row in sheet.iter_rows()]
    for merged in sheet.merged_cells.ranges:
        text = rows[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(rows))):
            for column in range(merged.min_col - 1, min(merged.max_col, len(rows[row]))):
                rows[row][column] = text
    return rows


def _printed(cell: Cell | MergedCell) -> str:
    """The value as a reader of the sheet sees it."""
    match cell.value:
        case None:
            return ""
        case bool() as yes:
            return "是" if yes else "否"
        case datetime() as moment:
            day = _day(moment.date())
            return day if moment.time() == time() else f"{day} {moment:%H:%M}"
        case date() as day_only:
            return _day(day_only)
        case int() | float() as number:
            return _number(float(number), str(cell.number_format))
        case other:
            return str(other)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _number(number: float, number_format: str) -> str:
    if "%" in number_format:
        return f"{number * 100:g}%"
    return str(int(number)) if number.is_integer() else f"{number:g}"
