"""Headings that wear no number: 【费用】, ■ 总学时, >> 更正之一, a short line in bold or alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.chinese.numerals import folded
from knowledge.reading.blocks import Block, Paragraph
from knowledge.reading.numbering import numbered
from knowledge.reading.outline import is_heading_like, split_heading

_OPEN, _SHUT = r"【〖『〔［\[", r"】〗』〕］\]"
_BRACKETED = re.compile(
    rf"^(?P<dress>[{_OPEN}])\s*(?P<text>[^{_OPEN}{_SHUT}]{{2,20}})[{_SHUT}]\s*[:：]?\s*(?P<rest>.*)$"
)
_GLUED = re.compile(r"(?<=[。；;！!])\s*(?=[【〖][^【】〖〗\d]{2,15}[】〗])")
_ORNAMENTED = re.compile(
    r"^(?P<dress>[■□●○◆◇▲△▼▽★☆◎◉※►▶▷➢➤»❖✦✪▪▫•·>＞#☞✓✔√→]|([=*—~_+])(?=.*\2$))"
    r"(?P=dress)*\s*(?P<text>\S.*?)\s*(?P=dress)*$"
)
_NUMBERED_INSIDE = ("附件", "编", "章", "壹、", "一、", "（一）")
_LONGEST = 25
_FEWEST_ALONE = 3
_ALONE = re.compile(r"[\u4e00-\u9fff、与和及]{2,12}:?")
_SHORTEST_TEXT = 15


@dataclass(frozen=True, slots=True)
class _Worn:
    """A line that may be a heading: what marks it, and the text that may follow on the line."""

    dress: str
    heading: str
    rest: str = ""


def dressed(blocks: Sequence[Block]) -> list[Block]:
    """Blocks with such headings marked, bare of their ornament, in lines of their own."""
    parts = [part for block in blocks for part in _unglued(block)]
    worn = [_worn(part) for part in parts]
    dresses = {each.dress for each in worn if each}
    kept = {dress for dress in dresses if _marks_headings(dress, worn, parts)}
    found: list[Block] = []
    for part, heading in zip(parts, worn, strict=True):
        if heading and heading.dress in kept and isinstance(part, Paragraph):
            found += _lines(part, heading)
        else:
            found.append(replace(part, dress="") if isinstance(part, Paragraph) else part)
    return _alone(found)


def opens_with_dress(text: str) -> bool:
    """Whether a line begins something new by its look: a machine did not break it there."""
    plain = text.strip()
    bracketed = _BRACKETED.match(plain)
    return bool((bracketed and not bracketed["rest"]) or (_ORNAMENTED.match(plain)))


def _unglued(block: Block) -> Iterator[Block]:
    """…照此组织。【谁参加】 is a sentence and a heading."""
    if not isinstance(block, Paragraph):
        yield block
        return
    for text in _GLUED.split(block.text):
        yield replace(block, text=text.strip())


def _worn(block: Block) -> _Worn | None:
    if not isinstance(block, Paragraph) or block.level or block.number or numbered(block.text):
        return None
    if bracketed := _BRACKETED.match(block.text):
        text = bracketed["text"].strip()
        return _Worn("【】", text, bracketed["rest"]) if _says(text) else None
    ornamented = _ORNAMENTED.match(block.text)
    text = ornamented["text"] if ornamented else block.text
    if ornamented and (inside := numbered(text)):
        return _Worn(ornamented["dress"], text) if inside.family in _NUMBERED_INSIDE else None
    if not (ornamented or block.dress):
        return None
    heading, rest = split_heading(text.rstrip(":： "))
    wears = ornamented["dress"] if ornamented else block.dress
    return _Worn(wears, heading, rest) if _says(heading) else _Worn(wears, "", text)


def _says(heading: str) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", heading)) >= 2 and len(heading) <= _LONGEST


def _marks_headings(dress: str, worn: Sequence[_Worn | None], blocks: Sequence[Block]) -> bool:
    """Marks of a list stand before one line after the other, those of headings before text."""
    lines = [at for at, each in enumerate(worn) if each and each.dress == dress]
    if dress == "【】":
        return True
    if any(not each.heading for at in lines if (each := worn[at])):
        return False
    with_text = [at for at in lines if _has_text(at, dress, worn, blocks)]
    return 2 * len(with_text) > len(lines)


def _has_text(at: int, dress: str, worn: Sequence[_Worn | None], blocks: Sequence[Block]) -> bool:
    own, following = worn[at], worn[at + 1] if at + 1 < len(worn) else None
    if own and own.rest:
        return True
    return at + 1 < len(blocks) and (following is None or following.dress != dress)


def _lines(block: Paragraph, worn: _Worn) -> Iterator[Paragraph]:
    if numbered(worn.heading):
        yield replace(block, text=worn.heading, dress="")
        return
    yield replace(block, text=worn.heading, dress=worn.dress)
    if worn.rest:
        yield replace(block, text=worn.rest, dress="", links=())


def _alone(blocks: list[Block]) -> list[Block]:
    """Short lines without any mark, where nothing else is a heading: 培训对象, and text below."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    if any(
        block.dress or block.level or block.number or numbered(block.text) for block in paragraphs
    ):
        return blocks
    places = [at for at in range(len(blocks)) if _stands_alone(blocks, at)]
    if len(places) < _FEWEST_ALONE:
        return blocks
    for at in places:
        block = blocks[at]
        assert isinstance(block, Paragraph)
        blocks[at] = replace(block, text=block.text.rstrip(":： "), dress="alone")
    return blocks


def _stands_alone(blocks: Sequence[Block], at: int) -> bool:
    block, following = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    if not isinstance(block, Paragraph) or not _ALONE.fullmatch(folded(block.text)):
        return False
    match following:
        case Paragraph(text):
            return len(text) >= _SHORTEST_TEXT and not is_heading_like(text)
        case None:
            return False
        case _:
            return True
