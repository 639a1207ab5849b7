"""Two questions in one: 案例写多少字，什么时候交."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.answering.deciding import Decision
from knowledge.answering.fitting import fits, tells
from knowledge.answering.kinds import Asked, asked_for
from knowledge.answering.question_words import FIGURE_KINDS, Kind
from knowledge.answering.ranking import Candidate
from knowledge.answering.verdicts import Answer, Memory

OPEN = "另一问没有查到，可以单独再问一次，或请专家解答。"
MOST = 3  # questions in one; more of them are taken as one long story
_SHOWN = {Kind.WHERE, Kind.CONTACT}  # told by something that can be seen
_BREAK = re.compile(r"[,，;；。?？!！\s]+")


def halves(text: str) -> tuple[str, ...]:
    """The parts that ask, each with what leads to it; () where there is one question only."""
    parts: list[str] = []
    story: list[str] = []  # pieces that ask nothing lead to the next that does
    for piece in filter(None, _BREAK.split(text)):
        story.append(piece)
        if asked_for(piece).kind is not Kind.OPEN:
            parts.append("，".join(story))
            story = []
    if story and parts:
        parts[-1] = "，".join((parts[-1], *story))
    return tuple(parts) if 1 < len(parts) <= MOST else ()


def is_told(asked: Sequence[Asked], best: Sequence[Candidate]) -> bool:
    """Whether the passages hold every figure, place and number that is asked for."""
    shown = [each for each in asked if each.kind in FIGURE_KINDS or each.kind in _SHOWN]
    return all(any(_tells(each, candidate) for candidate in best) for each in shown)


def _tells(asked: Asked, candidate: Candidate) -> bool:
    if asked.kind in _SHOWN:
        return fits(asked, candidate.passage) == 1.0
    return tells(asked, candidate.passage)


def together(
    whole: Decision, parts: Sequence[Decision], memory: Memory, *, told_nothing: bool
) -> Decision:
    """The answers to the parts, one under the other, where each has one.

    `told_nothing`: the answer to the whole holds no figure of either.
    """
    is_answer = isinstance(whole.verdict, Answer)
    answers = [part.verdict for part in parts if isinstance(part.verdict, Answer)]
    if not answers or (len(answers) < len(parts) and not (told_nothing and is_answer)):
        return whole
    texts = [*dict.fromkeys(answer.text for answer in answers)]
    if len(answers) < len(parts):  # the whole does not tell it either
        texts.append(OPEN)
    sources = dict.fromkeys(source for answer in answers for source in answer.sources)
    verdict = Answer("\n".join(texts), tuple(sources), memory)
    return replace(whole, verdict=verdict, score=min(part.score for part in parts))
