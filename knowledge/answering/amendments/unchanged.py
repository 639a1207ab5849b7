"""Passages of a changing notice that say of the asked thing only that it stays as it was."""

import re
from dataclasses import replace

from knowledge.answering.figures import CHANGED, held
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import FIGURE_KINDS, Kind
from knowledge.answering.questions import Question
from knowledge.chinese.normal import normal

_TOLD_ANEW = {Kind.WHEN, Kind.WHERE, Kind.MONEY, Kind.COUNT, Kind.DURATION}
_AS_BEFORE = re.compile(r"不变|(?:与|和|同|按)[^，,。；;]{2,16}(?:一致|相同|执行)|照旧|仍按|仍为")
_BUT = re.compile(r"除|[以之]外|其[他余它]")  # 5月10日以外的时间不变
_PIECE = re.compile(r"[，,；;。]")


def says_nothing_new(question: Question, passage: Passage) -> bool:
    """时间、地点不变 tells neither; where other things change, the pieces decide:
    初中班报到地点改为…，小学班报到地点不变 says nothing new of 小学班."""
    text = passage.own
    if not _AS_BEFORE.search(text):
        return False
    if not CHANGED.search(text):
        return question.asked.kind in _TOLD_ANEW and not _tells_it_again(question, passage)
    kept, changed = (_most_said(question, text, which) for which in (_AS_BEFORE, CHANGED))
    return kept > changed > 0  # a piece that names nothing goes on with the one before


def _tells_it_again(question: Question, passage: Passage) -> bool:
    """即12月16日—12月20日的面授时间不变 tells the days."""
    said = [piece for piece in _PIECE.split(passage.text) if _AS_BEFORE.search(normal(piece))]
    pieces = [piece for piece in said if not _BUT.search(piece)]
    figure = question.asked.kind in FIGURE_KINDS
    return figure and any(held(question.asked, replace(passage, text=piece)) for piece in pieces)


def _most_said(question: Question, text: str, which: re.Pattern[str]) -> int:
    """How many words of the question the pieces of that kind hold, at most."""
    pieces = [piece for piece in _PIECE.split(text) if which.search(piece)]
    return max((sum(term in piece for term in question.terms) for piece in pieces), default=0)
