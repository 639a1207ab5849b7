"""Tables in plain text whose columns are set apart by blanks or tabs."""

import re
from collections.abc import Iterator, Sequence

_GAP = re.compile(r"\t+|[ \u3000]{2,}| *\u3000 *")
_FIGURE = re.compile(r"[-—/]|[\d０-９][\d０-９,，.]*%?[\u4e00-\u9fff]?")
_CHARACTER = re.compile(r"[\u4e00-\u9fff]")
_FEWEST_ROWS = 3  # with the header
_FEWEST_COLUMNS = 3
_ENOUGH_OF_TWO = 4  # rows that a table of two columns has at least
_MOST_ROWS = 300
_LONGEST_CELL = 40
_SENTENCE_ENDS = ("。", "；", "：", ";", ":")

Line = tuple[int, str]
Rows = list[list[str]]


def tables_in(lines: Sequence[Line]) -> Iterator[tuple[int, int, Rows]]:
    """Where each table begins and ends in the lines, and its cells."""
    at = 0
    while at < len(lines):
        stop, rows = _table_from(lines, at)
        if rows:
            yield at, stop, rows
        at = max(stop, at + 1)


def _table_from(lines: Sequence[Line], at: int) -> tuple[int, Rows]:
    stop, rows = _between_tabs(lines, at)
    if _is_table(rows, sure=True):
        return stop, rows
    for split in (_by_gaps, _by_blanks):
        rows = []
        for _, line in lines[at : at + _MOST_ROWS]:
            cells = split(line)
            if rows and len(cells) > len(rows[0]):
                cells = _closed_up(cells)
            if not cells or (rows and len(cells) != len(rows[0])):
                break
            rows.append(cells)
        if _is_table(rows, sure=split is _by_gaps):
            return at + len(rows), rows
    return at + (_MOST_ROWS if len(rows) == _MOST_ROWS else 1), []


def _between_tabs(lines: Sequence[Line], at: int) -> tuple[int, Rows]:
    """Rows with a tab between any two cells; empty ones in front are those of the row above."""
    rows: Rows = []
    for _, line in lines[at : at + _MOST_ROWS]:
        cells = [cell.strip() for cell in line.split("\t")]
        empty = next((index for index, cell in enumerate(cells) if cell), len(cells))
        if len(cells) < _FEWEST_COLUMNS or (rows and len(cells) != len(rows[0])):
            break
        if empty == len(cells) or (empty and not rows) or max(map(len, cells)) > _LONGEST_CELL:
            break
        rows.append([*(rows[-1][:empty] if rows else []), *cells[empty:]])
    whole = bool(rows) and all(rows[0])
    return at + len(rows), rows if whole else []


def _by_gaps(line: str) -> list[str]:
    return _cells(_GAP.split(line.strip()))


def _by_blanks(line: str) -> list[str]:
    return _cells(line.split())


def _closed_up(cells: list[str]) -> list[str]:
    """合  计 is one word, set apart to fill its column."""
    first = next((at for at in range(len(cells)) if len(cells[at]) > 1), len(cells))
    spaced = first > 1 and all(map(_CHARACTER.fullmatch, cells[:first]))
    return ["".join(cells[:first]), *cells[first:]] if spaced else cells


def _cells(cells: list[str]) -> list[str]:
    """No cells where the line is a sentence or cannot be a row."""
    whole = all(cell and len(cell) <= _LONGEST_CELL for cell in cells)
    sentence = any(cell.endswith(_SENTENCE_ENDS) for cell in cells)
    return cells if len(cells) > 1 and whole and not sentence else []


def _is_table(rows: Rows, *, sure: bool) -> bool:
    """A head of words and rows of figures; wide gaps alone make a table of three columns."""
    if len(rows) < _FEWEST_ROWS:
        return False
    header, *body = rows
    figures = all(_FIGURE.fullmatch(cell) for row in body for cell in row[1:])
    headed = not any(_FIGURE.fullmatch(cell) for cell in header)
    if len(header) < _FEWEST_COLUMNS:
        return sure and figures and headed and len(rows) >= _ENOUGH_OF_TWO
    return headed and (figures or sure)
