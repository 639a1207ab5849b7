"""Whom a passage names: kinds of school and subjects that are not those in question."""

import re
from functools import lru_cache

from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.chinese.normal import normal
from knowledge.chinese.schools import schools_in
from knowledge.chinese.subjects import subjects_in

_FOR_ALL = re.compile(r"信息技术(?:应用|与)|劳动教育|心理健康教育")  # teachers of any subject
_PLACES = {"名", "人", "人次"}


def is_of_other_school(passage: Passage, question: Question) -> bool:
    """小学校长班60人、初中校长班40人 says nothing of the 高中校长 in question."""
    asked = _schools(question.text)
    named = _schools(passage.own)
    return bool(asked and named) and not asked & named


def is_of_others(passage: Passage, subjects: frozenset[str]) -> bool:
    """小学音乐12月7日报到 says nothing to who asks of 地理, or teaches it.

    Nor does a notice whose title is of music only, unless it speaks of 地理 there.
    """
    if not subjects or passage.entry:
        return False
    named = _subjects(passage.own) if passage.kind in ("clause", "row") else frozenset[str]()
    named = named or _subjects(_FOR_ALL.sub("", normal(passage.source.title)))
    return bool(named) and not named & subjects


def is_of_no_such_class(passage: Passage, question: Question) -> bool:
    """How many places a 语文骨干班 has is told of it by name: 骨干班主任1000名 is not it."""
    if question.asked.unit not in _PLACES or not question.subjects:
        return False
    return not any(
        question.subjects & _subjects(text)
        for text in (passage.own, passage.context, passage.title)
    )


@lru_cache(maxsize=16384)
def _schools(text: str) -> frozenset[str]:
    return schools_in(text)


@lru_cache(maxsize=16384)
def _subjects(text: str) -> frozenset[str]:
    return subjects_in(text)
