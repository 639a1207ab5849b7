"""Figures that are no rule by themselves: a second chance, a difference, years looked back on."""

import re
from collections.abc import Sequence

from knowledge.answering.coverage import Term, clause_around
from knowledge.answering.kinds import Asked

_LOOKED_BACK = re.compile(r"^[近前过]|^最近|^[近过]去")  # 近三年内参加过的不再推荐
_SECOND = re.compile(r"补[测考修学训做]|重[考测修学做]")
_SECOND_SAID = re.compile(r"[补重]|不(?:合格|及格|通过|达标)|挂科")
_MORE = re.compile(r"(?:[增追]加|增补|新增|减少|核减|扣减)[^到至为]{0,2}$")
_MORE_SAID = re.compile(r"[增加减扣补追新多]")


def is_not_the_rule(text: str, begin: int, stop: int, terms: Sequence[Term]) -> bool:
    """能做几次 asks for no 补测一次, 几个名额 for no 增加2个名额."""
    start, end = clause_around(text, begin, stop)
    told = (
        (_SECOND.search(text[start:end]), _SECOND_SAID),
        (_MORE.search(text[start:begin]), _MORE_SAID),
    )
    return any(hit and not any(said.search(term.word) for term in terms) for hit, said in told)


def is_looked_back(asked: Asked, words: str) -> bool:
    """当几年才能报 asks for no 近三年内 (参加过的不再推荐)."""
    return not asked.lately and bool(_LOOKED_BACK.search(words))
