"""Ruled tables of a PDF to rows of texts: merged cells repeated, broken lines joined again."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

from pdfplumber.utils.text import chars_to_textmap

from knowledge.programme.printed import MARKS
from knowledge.reading.blocks import plain_characters

_OPENS_TASK = re.compile(
    rf"\s*(?:(?:[{re.escape(MARKS)}]\s*)*(?:\d{{1,2}}\s*[.、．)]|[（(]\d{{1,2}}[)）]|[①-⑳])|[•·▪►➢]"
    r"|[（(][一二三四五六七八九十][)）])"
)
_SHORT = 3.5  # characters that must be free behind a line that was ended on purpose
_IN_BRACKETS = re.compile(r"[（(]")  # goes on with what it explains
_LATIN = re.compile(r"[!-~]*")

Box = tuple[float, float, float, float]


def rows_of(table: Any) -> list[list[str]]:
    """A cell that spans several places is repeated in each."""
    cells: list[Box] = table.cells
    lefts = sorted({cell[0] for cell in cells})
    tops = sorted({cell[1] for cell in cells})
    places = [[-1] * len(lefts) for _ in tops]
    for number, (left, top, right, bottom) in enumerate(cells):
        for row in range(bisect_left(tops, top), bisect_left(tops, bottom)):
            for column in range(bisect_left(lefts, left), bisect_left(lefts, right)):
                places[row][column] = number
    texts = _texts(table.page.chars, cells, (lefts, tops, places))
    return [[texts[number] if number >= 0 else "" for number in row] for row in places]


def _texts(
    chars: Sequence[dict[str, Any]],
    cells: Sequence[Box],
    grid: tuple[list[float], list[float], list[list[int]]],
) -> list[str]:
    lefts, tops, places = grid
    inside: list[list[dict[str, Any]]] = [[] for _ in cells]
    for char in chars:
        across, down = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        column, row = bisect_right(lefts, across) - 1, bisect_right(tops, down) - 1
        number = places[row][column] if row >= 0 and column >= 0 else -1
        if number >= 0 and across < cells[number][2] and down < cells[number][3]:
            inside[number].append(char)
    return [_text(found, cell) for found, cell in zip(inside, cells, strict=True)]


def _text(chars: Sequence[dict[str, Any]], cell: Box) -> str:
    """The lines of a cell were broken to fit. A numbered task begins a new one; where nothing is
    numbered, so does what follows a line that had room left."""
    if not chars:
        return ""
    lines = chars_to_textmap(list(chars)).extract_text_lines(return_chars=False)
    opened = any(_OPENS_TASK.match(line["text"]) for line in lines)
    joined = ""
    before: dict[str, Any] | None = None
    for line in lines:
        text = unspaced(line["text"])
        broken = (
            opened or _IN_BRACKETS.match(text) or not (before and _had_room(before, line, cell))
        )
        own = _OPENS_TASK.match(text) or not broken
        joined += ("\n" if joined and own else "") + text
        before = line
    return joined


def _had_room(before: dict[str, Any], line: dict[str, Any], cell: Box) -> bool:
    size = max(before["bottom"] - before["top"], 1.0)
    free = (cell[2] - cell[0]) - (before["x1"] - before["x0"])
    run = _LATIN.match(line["text"])
    return bool(free > (_SHORT + len(run[0] if run else "") / 2) * size)


def unspaced(text: str) -> str:
    """Blanks between Chinese characters are gaps of the layout."""
    text = plain_characters(text)
    return re.sub(
        r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ ](?=[\u2e80-\u9fff\uff00-\uffef])", "", text.strip()
    )
