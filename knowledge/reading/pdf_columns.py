"""Two columns of running text on a page of a PDF: the left one is read before the right one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

Char = dict[str, Any]

_PLACES = range(40, 61, 2)  # percent of the page's width where the gap between them may be
_HALF_GAP = 4.0  # points
_FEWEST_LINES = 6  # in each column
_FEWEST_CHARACTERS = 9  # in the middling line of each: the cells of a table without rules are short
_FULL = 0.35  # share of the lines of the left column that reach its end
_NEARLY = 2.5  # characters that a full line may fall short


@dataclass(frozen=True, slots=True)
class _Region:
    top: float
    bottom: float
    gap: float


@dataclass(frozen=True, slots=True)
class Part:
    """What is read at a stretch. A column is moved to where the first one stands."""

    chars: list[Char]
    right: float = 0.0  # where the lines of a column end; 0: as those of the page
    moved: float = 0.0


def parts_of(chars: Sequence[Char], width: float) -> Iterator[Part]:
    """The characters in the order of reading; all in one where there are no columns."""
    region = _region(chars, width)
    if region is None:
        yield Part(list(chars))
        return
    inside = [char for char in chars if region.top < _middle(char) < region.bottom]
    left = [char for char in inside if char["x1"] <= region.gap]
    right = [char for char in inside if char["x1"] > region.gap]
    begin, end = min(char["x0"] for char in left), max(char["x1"] for char in left)
    yield Part([char for char in chars if _middle(char) <= region.top])
    yield Part(left, end)
    yield Part(right, end, min(char["x0"] for char in right) - begin)
    yield Part([char for char in chars if _middle(char) >= region.bottom])


def _middle(char: Char) -> float:
    return float(char["top"] + char["bottom"]) / 2


def _region(chars: Sequence[Char], width: float) -> _Region | None:
    """The highest part of the page through whose middle a free gap runs, with text beside it."""
    said = [char for char in chars if char["text"].strip()]
    found: list[_Region] = []
    for gap in (width * place / 100 for place in _PLACES):
        crossed = sorted(_middle(char) for char in said if _crosses(char, gap))
        edges = [float("-inf"), *crossed, float("inf")]
        regions = (_Region(*edge, gap) for edge in pairwise(edges))
        found += [region for region in regions if _holds_columns(region, said)]
    return max(found, key=lambda region: region.bottom - region.top, default=None)


def _crosses(char: Char, gap: float) -> bool:
    return bool(char["x0"] < gap + _HALF_GAP and char["x1"] > gap - _HALF_GAP)


def _holds_columns(region: _Region, chars: Sequence[Char]) -> bool:
    inside = [char for char in chars if region.top < _middle(char) < region.bottom]
    left = _lines([char for char in inside if char["x1"] <= region.gap])
    right = _lines([char for char in inside if char["x1"] > region.gap])
    if min(len(left), len(right)) < _FEWEST_LINES:
        return False
    if min(median(map(len, left)), median(map(len, right))) < _FEWEST_CHARACTERS:
        return False
    end = max(char["x1"] for line in left for char in line)
    full = [line for line in left if max(c["x1"] for c in line) >= end - _NEARLY * line[0]["size"]]
    return len(full) >= _FULL * len(left)


def _lines(chars: Sequence[Char]) -> list[list[Char]]:
    lines: list[list[Char]] = []
    for char in sorted(chars, key=_middle):
        if lines and _middle(char) - _middle(lines[-1][-1]) < char["size"] / 2:
            lines[-1].append(char)
        else:
            lines.append([char])
    return lines
