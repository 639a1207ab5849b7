"""Questions and answers that are told apart by words: 问：… 答：…, Q: … A: …, 【问】… 【答】…."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.chinese.numerals import folded
from knowledge.reading.answers import asks
from knowledge.reading.blocks import Block, Paragraph
from knowledge.reading.heads import full_date
from knowledge.reading.items import Item
from knowledge.reading.numbering import numbered

_NUMBER = r"(?:[(（]?\d{1,2}[)）]?\s*[.、．]?\s*)?"
_QUESTION = re.compile(
    rf"^{_NUMBER}[【\[]?(?:[问問]题?|Q|提问)\s*\d{{0,2}}\s*[:：.、】\]]+\s*", re.IGNORECASE
)
_ANSWER = re.compile(r"^[【\[]?(?:答复?|回答|解答|A)\s*\d{0,2}\s*[:：.、】\]]+\s*", re.IGNORECASE)
_BOTH = re.compile(r"(?<=[?？。！!])\s*(?=[【\[]?(?:答复?|回答|解答)\s*[:：】\]])")
_SECTION = re.compile(
    r"(?:常见|热点|有关|相关|疑难)?(?:问题|问答|答疑|疑问|Q&A|FAQ)", re.IGNORECASE
)
_LONGEST_SECTION = 30
_FEWEST = 2
# Lines that belong to the notice again, not to its last answer.
_CLOSES = re.compile(
    r"联系(?:人|方式|电话|地址)|咨询(?:电话|方式)|附\s*件|特此|[本此]通知|抄[送报]|未尽事宜|以上"
)
_BRACKETED = re.compile(r"[【〖](?![问問答])[^【】〖〗]{2,12}[】〗]\s*:?")
_OUTER = ("附件", "编", "章", "壹、", "一、")


@dataclass(frozen=True, slots=True)
class Pairs:
    """`around` is what stands before the first question and after the last answer."""

    around: tuple[Block, ...]
    section: str = ""  # 常见问题: the heading above the questions
    items: tuple[Item, ...] = ()


def pairs_of(blocks: Sequence[Block]) -> Pairs:
    """No items where the text is no such page."""
    blocks = [part for block in blocks for part in _apart(block)]
    starts = [at for at in range(len(blocks)) if _is_question(blocks, at)]
    answered = [at for at in starts if _answers(blocks, at + 1)]
    if not answered or (len(starts) < _FEWEST and not _is_marked(blocks[starts[0]])):
        return Pairs(tuple(blocks))
    last = _end_of_answer(blocks, starts[-1] + 1)
    stops = [*starts[1:], last]
    items = tuple(_item(blocks[start:stop]) for start, stop in zip(starts, stops, strict=True))
    before, section = _without_section(blocks[: starts[0]])
    return Pairs((*before, *blocks[last:]), section, items)


def _apart(block: Block) -> list[Block]:
    """问：… 答：… on one line are two."""
    if not isinstance(block, Paragraph) or not _QUESTION.match(block.text):
        return [block]
    texts = _BOTH.split(block.text, maxsplit=1)
    return [replace(block, text=text.strip()) for text in texts]


def _is_question(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at]
    if not isinstance(block, Paragraph):
        return False
    asking = block.text.rstrip().endswith(("？", "?")) and asks(block.text)
    return _is_marked(block) or (asking and (bool(block.level) or _answers(blocks, at + 1)))


def _is_marked(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(_QUESTION.match(block.text))


def _answers(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at] if at < len(blocks) else None
    return isinstance(block, Paragraph) and bool(_ANSWER.match(block.text))


def _end_of_answer(blocks: Sequence[Block], begin: int) -> int:
    """Where the last answer ends and the notice goes on: contacts, signature, annexes."""
    for at in range(begin + 1, len(blocks)):
        block = blocks[at]
        if isinstance(block, Paragraph) and _closes(block):
            return at
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if isinstance(following, Paragraph) and full_date(following.text):
            return at
    return len(blocks)


def _closes(block: Paragraph) -> bool:
    opening = numbered(block.text)
    outer = bool(opening and opening.family in _OUTER)
    closing = _CLOSES.match(folded(block.text)) or full_date(block.text)
    headed = _BRACKETED.fullmatch(folded(block.text).strip())
    return bool(block.level or outer or closing or headed)


def _without_section(before: Sequence[Block]) -> tuple[Sequence[Block], str]:
    """The heading of the questions is theirs, not the last section of the notice."""
    last = before[-1] if before else None
    if len(before) < _FEWEST or not isinstance(last, Paragraph):
        return before, ""
    if len(last.text) > _LONGEST_SECTION or not _SECTION.search(last.text):
        return before, ""
    opening = numbered(last.text)
    heading = (opening.rest if opening else last.text).strip("【】〖〗[]「」■●◆#:： ")
    return before[:-1], f"{opening.number} {heading}" if opening else heading


def _item(blocks: Sequence[Block]) -> Item:
    first, *body = blocks
    assert isinstance(first, Paragraph)
    answers = [
        Paragraph(_ANSWER.sub("", block.text), block.line, 0, block.links)
        if isinstance(block, Paragraph)
        else block
        for block in body
    ]
    opening = numbered(first.text)
    question = _QUESTION.sub("", first.text)
    if question == first.text and opening:
        question = opening.rest
    return Item("", question, first.line, tuple(answers))
