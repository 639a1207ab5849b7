"""A page of questions and answers that are told apart by words: 问：… 答：…, Q: … A: …."""

import re
from collections.abc import Sequence

from knowledge.reading.answers import asks
from knowledge.reading.blocks import Block, Paragraph
from knowledge.reading.items import Item

_QUESTION = re.compile(
    r"^(?:\d{1,2}[.、．]\s*)?(?:[问問]题?|Q|提问)\s*\d{0,2}\s*[:：.、】]\s*", re.IGNORECASE
)
_ANSWER = re.compile(r"^(?:答复?|回答|解答|A)\s*\d{0,2}\s*[:：.、】]\s*", re.IGNORECASE)
_FEWEST = 2


def pairs_of(blocks: Sequence[Block]) -> tuple[list[Block], list[Item]]:
    """What stands before the first question, and the questions; none where it is no such page."""
    starts = [at for at, block in enumerate(blocks) if _is_question(blocks, at, block)]
    answered = [at for at in starts if _answers(blocks, at + 1)]
    if len(starts) < _FEWEST or not answered:
        return list(blocks), []
    stops = [*starts[1:], len(blocks)]
    items = [_item(blocks[start:stop]) for start, stop in zip(starts, stops, strict=True)]
    return list(blocks[: starts[0]]), items


def _is_question(blocks: Sequence[Block], at: int, block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    marked = bool(_QUESTION.match(block.text))
    heading = bool(block.level) and block.text.rstrip().endswith(("？", "?")) and asks(block.text)
    return marked or heading


def _answers(blocks: Sequence[Block], at: int) -> bool:
    block = blocks[at] if at < len(blocks) else None
    return isinstance(block, Paragraph) and bool(_ANSWER.match(block.text))


def _item(blocks: Sequence[Block]) -> Item:
    first, *body = blocks
    assert isinstance(first, Paragraph)
    answers = [
        Paragraph(_ANSWER.sub("", block.text), block.line, 0, block.links)
        if isinstance(block, Paragraph)
        else block
        for block in body
    ]
    return Item("", _QUESTION.sub("", first.text), first.line, tuple(answers))
