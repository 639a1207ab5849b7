"""Figures that are no rule by themselves: a second chance, a difference, years looked back on."""

import re
from collections.abc import Sequence

from knowledge.answering.coverage import Term, clause_around
from knowledge.answering.kinds import Asked
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question

_LOOKED_BACK = re.compile(r"^[近前过]|^最近|^[近过]去")  # 近三年内参加过的不再推荐
_BEFORE_OR_AFTER = "(?:之|以)?[前后](?!往)"
_SECOND = re.compile(r"补[测考修学训做]|重[考测修学做]")
_SECOND_SAID = re.compile(r"[补重]|不(?:合格|及格|通过|达标)|挂科")
_MORE = re.compile(r"(?:[增追]加|增补|新增|减少|核减|扣减)[^到至为]{0,2}$")
_NO_FEE = re.compile(
    r"保额|保险金?额|赔[付偿]|押金|保证金|违约金|罚款"
)  # paid in a misfortune, or back
_NO_FEE_SAID = re.compile(r"[保赔险押罚退坏丢]|意外|事故|违约")
_TO_A_ROOM = re.compile(r"[人名]?(?:合住|住|/)?[一1]?间")
_MORE_SAID = re.compile(r"[增加减扣补追新多]")


def is_not_the_rule(text: str, begin: int, stop: int, terms: Sequence[Term]) -> bool:
    """能做几次 asks for no 补测一次, 几个名额 for no 增加2个名额."""
    start, end = clause_around(text, begin, stop)
    told = (
        (_SECOND.search(text[start:end]), _SECOND_SAID),
        (_MORE.search(text[start:begin]), _MORE_SAID),
        (_NO_FEE.search(text[start:begin]), _NO_FEE_SAID),
    )
    return any(hit and not any(said.search(term.word) for term in terms) for hit, said in told)


def shares_a_room(text: str, stop: int) -> bool:
    """How many 名额 there are, 两人一间 does not tell."""
    return bool(_TO_A_ROOM.match(text, stop))


def is_looked_back(asked: Asked, words: str) -> bool:
    """当几年才能报 asks for no 近三年内 (参加过的不再推荐)."""
    return not asked.lately and bool(_LOOKED_BACK.search(words))


def is_reckoned_from(question: Question, piece: str) -> bool:
    """几号报到 asks for no day of a piece that only says what 报到后 is."""
    event = re.escape(question.focus)
    if question.asked.kind is not Kind.WHEN or re.search(
        f"{event}{_BEFORE_OR_AFTER}", question.text
    ):
        return False
    told = len(re.findall(event, piece))
    beside = len(re.findall(rf"(?<![日号天午\d]){event}{_BEFORE_OR_AFTER}", piece))
    return 0 < told == beside
