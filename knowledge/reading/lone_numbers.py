"""Numbers in a line of their own above their heading: 01 / 研修对象, 一、 / 研修安排."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.chinese.numerals import folded
from knowledge.reading.blocks import BOLD, Block, Paragraph
from knowledge.reading.numbering import numbered
from knowledge.reading.outline import is_heading_like

_FIGURE = re.compile(r"(?:part\s*\.?\s*|no\.\s*)?0?(\d{1,2})[.、]?", re.IGNORECASE)
_LONGEST = 25
_STAND_IN = "内容"


def with_numbers(blocks: Sequence[Block]) -> list[Block]:
    """The blocks with such numbers at the head of the line that follows them."""
    figures = _counted(blocks)
    joined: list[Block] = []
    at = 0
    while at < len(blocks):
        block, after = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(block, Paragraph) and isinstance(after, Paragraph) and not block.number:
            number = f"{figures[at]}." if at in figures else _formal(block.text)
            if number and not numbered(after.text):
                dress = after.dress if after.dress != BOLD else ""
                joined.append(replace(after, text=f"{number}{after.text}", dress=dress))
                at += 2
                continue
        joined.append(block)
        at += 1
    return joined


def _formal(text: str) -> str:
    """一、 or （二）, and nothing behind it."""
    opening = numbered(f"{text}{_STAND_IN}") if len(text) <= 5 and not text[-1:].isdigit() else None
    known = (
        opening
        and opening.rest == _STAND_IN
        and opening.family in ("一、", "（一）", "1.", "（1）")
    )
    return text.strip() if known else ""


def _counted(blocks: Sequence[Block]) -> dict[int, int]:
    """Where bare figures count headings from 1 on; alone, one may be the number of a page."""
    found: dict[int, int] = {}
    for at, (block, after) in enumerate(pairwise(blocks)):
        if not isinstance(block, Paragraph) or not isinstance(after, Paragraph):
            continue
        figure = _FIGURE.fullmatch(folded(block.text).strip())
        heads = len(after.text) <= _LONGEST and is_heading_like(after.text)
        if figure and heads and int(figure[1]) == len(found) + 1:
            found[at] = len(found) + 1
    return found if len(found) > 1 else {}
