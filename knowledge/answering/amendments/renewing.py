"""A figure that a later notice names as the old one gives way to the new: 由不少于2000字调整为…."""

from collections.abc import Iterable
from dataclasses import replace

from knowledge.answering.amendments.old_values import replaced_in
from knowledge.answering.amendments.same_thing import is_said_of
from knowledge.answering.figures import CHANGED, RIGHT_BEHIND, Figure, beside
from knowledge.answering.passages import Passage, amounts_of
from knowledge.answering.ranking import Candidate
from knowledge.chinese.amounts import FoundAmount
from knowledge.chinese.normal import normal, simplified

_SAYS_LITTLE = ("字数", "要求", "标准", "数量", "由", "原", "的", "每篇", "每份", "每人", "相应")


def renewed(candidate: Candidate, later: Iterable[Passage]) -> Candidate:
    """The candidate, or the change that says of its very amount what it was and what it is now."""
    figure = candidate.figure
    if candidate.old_source or figure is None or not figure.values:
        return candidate
    for passage in later:
        if new := _new_amount(candidate, figure, passage):
            new_figure = replace(
                figure, text=new.text, begin=new.begin, stop=new.stop, values=new.values
            )
            return replace(
                candidate,
                passage=passage,
                figures=(new_figure,),
                old=simplified(figure.text),
                old_source=candidate.passage.source,
            )
    return candidate


def _new_amount(candidate: Candidate, figure: Figure, passage: Passage) -> FoundAmount | None:
    """What stands in the place of the figure; None where the change is of another one."""
    text = passage.text
    said = normal(beside(candidate.passage.text, figure))
    for old in replaced_in(text):
        begin = text.find(old)
        turn = CHANGED.search(text, begin)
        told = [(each.values, each.unit) for each in amounts_of(old)]
        if turn is None or told != [(each.values, each.unit) for each in amounts_of(figure.text)]:
            continue
        if not is_said_of(_what(text[:begin]), said):
            continue
        for new in amounts_of(text):
            if 0 <= new.begin - turn.end() <= RIGHT_BEHIND and new.unit == told[0][1]:
                return new
    return None


def _what(lead: str) -> str:
    """教育案例 of 教育案例的字数要求由."""
    piece = normal(lead).replace("，", ",").replace("；", ",").replace(";", ",").rsplit(",", 1)[-1]
    for word in _SAYS_LITTLE:
        piece = piece.replace(word, "")
    return piece
