"""A page of headed items ⑴ ⑵ …: where each begins, and what is advertising in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.chinese.numerals import folded
from knowledge.reading.blocks import Block, Paragraph

# Rows of marks that number the items of a page; the first one opens the page.
_ROWS = (
    tuple(map(chr, range(0x2474, 0x2488))),  # ⑴ … ⒇
    tuple(map(chr, range(0x2460, 0x2474))),  # ① … ⑳
    tuple(map(chr, range(0x3220, 0x322A))),  # ㈠ … ㈩
    tuple(map(chr, range(0x2776, 0x2780))),  # ❶ … ❿
    tuple(map(chr, range(0x2160, 0x216C))),  # Ⅰ … Ⅻ
    tuple(f"『{number}』" for number in "壹贰叁肆伍陆柒捌玖拾"),
    tuple(f"〖{number}〗" for number in "壹贰叁肆伍陆柒捌玖拾"),
    tuple(f"【{number}】" for number in "一二三四五六七八九十"),
    tuple(f"问题{number}" for number in range(1, 100)),
    tuple(f"Q{number}" for number in range(1, 100)),
    tuple(f"({number})" for number in range(1, 100)),
)
_FIRST_MAY_STAND_AT = 3  # a title and a line about the page may come before the first item
_AFTER_MARK = re.compile(r"^[\s:：.、．]*")


@dataclass(frozen=True, slots=True)
class Item:
    """A heading and what stands under it, up to the next heading."""

    mark: str  # ⑴
    heading: str
    line: int
    body: tuple[Block, ...]


def items_of(blocks: Sequence[Block]) -> list[Item]:
    """The items of a page; empty where the text is not a page of items."""
    for row in _ROWS:
        starts = list(_starts(blocks, row))
        if len(starts) >= 2 and starts[0] < _FIRST_MAY_STAND_AT:
            stops = [*starts[1:], len(blocks)]
            return [
                _item(blocks[start:stop], mark)
                for start, stop, mark in zip(starts, stops, row, strict=False)
            ]
    return []


def _starts(blocks: Sequence[Block], row: tuple[str, ...]) -> Iterator[int]:
    """Places of the marks in their order: an ⑴ inside an item does not open another."""
    marks = iter(row)
    awaited = next(marks, None)
    for at, block in enumerate(blocks):
        if not awaited or not isinstance(block, Paragraph) or block.number:
            continue  # numbers that a format counts are those of a list
        if _opens(block.text, awaited):
            yield at
            awaited = next(marks, None)


def _opens(text: str, mark: str) -> bool:
    if mark[0] == "(":
        return folded(text).startswith(mark)
    return folded(text).startswith(folded(mark)) and not text[len(mark) :][:1].isdigit()


def _item(blocks: Sequence[Block], mark: str) -> Item:
    first, *body = blocks
    assert isinstance(first, Paragraph)
    heading = _AFTER_MARK.sub("", first.text[len(mark) :])
    return Item(mark, heading, first.line, tuple(body))
