"""Whom a passage names: kinds of school and subjects that are not those in question."""

from functools import lru_cache

from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.chinese.schools import schools_in
from knowledge.chinese.subjects import subjects_in


def is_of_other_school(passage: Passage, question: Question) -> bool:
    """小学校长班60人、初中校长班40人 says nothing of the 高中校长 in question."""
    asked = _schools(question.text)
    named = _schools(passage.own)
    return bool(asked and named) and not asked & named


def is_of_others(passage: Passage, subjects: frozenset[str]) -> bool:
    """小学音乐12月7日报到 says nothing to who asks of 地理, or teaches it."""
    if not subjects or passage.kind not in ("clause", "row"):
        return False
    named = _subjects(passage.own)
    return bool(named) and not named & subjects


@lru_cache(maxsize=16384)
def _schools(text: str) -> frozenset[str]:
    return schools_in(text)


@lru_cache(maxsize=16384)
def _subjects(text: str) -> frozenset[str]:
    return subjects_in(text)
