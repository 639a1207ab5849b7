"""Whom a passage names: kinds of school, subjects and classes that are not those in question."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.chinese.normal import normal
from knowledge.chinese.schools import schools_in
from knowledge.chinese.subjects import subjects_in
from knowledge.notices import Notice, Section

_CLASS = re.compile(r"(?P<what>[\u3400-\u9fff]{2})班(?![主级委长额次会车子规训组别期干务])")

_ANY_CLASS = {"研修", "培训", "进修", "学习", "教师", "老师", "学员"}

_FOR_ALL = re.compile(r"信息技术(?:应用|与)|劳动教育|心理健康教育")  # teachers of any subject
_PLACES = {"名", "人", "人次"}

OTHER_SCHOOL = 0.75  # it names kinds of school or subjects, and not the one in question
OTHER_ROW = 0.75  # besides: the row of another kind of school
ANOTHER_CLASS = 0.75  # it names a class of the notice, and not the one in question
OTHER_CLASS = 0.6  # the places of a class are asked for, and it is not named there


def share_of_addressees(passage: Passage, question: Question) -> float:
    """Less where a passage is for others than those the question names."""
    share = 1.0
    if passage.kind == "row" and _is_other_school(passage.label, question):
        share *= OTHER_ROW
    if is_of_other_school(passage, question) or is_of_others(passage, question.subjects):
        share *= OTHER_SCHOOL
    if is_of_other_class(passage, question):
        share *= ANOTHER_CLASS
    if is_of_no_such_class(passage, question):
        share *= OTHER_CLASS
    return share


def is_of_other_school(passage: Passage, question: Question) -> bool:
    """小学校长班60人、初中校长班40人 says nothing of the 高中校长 in question."""
    return _is_other_school(passage.own, question)


def _is_other_school(text: str, question: Question) -> bool:
    asked, named = _schools(question.text), _schools(normal(text))
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


def is_of_other_class(passage: Passage, question: Question) -> bool:
    """任职资格班…60分合格 says nothing of the 助力班 that the same notice has too."""
    if passage.notice is None or "班" not in question.text or passage.kind not in ("clause", "row"):
        return False
    there = _classes_of(passage.notice)
    asked = _classes(question.text) & there
    named = _classes(passage.own) & there
    held = f"{passage.own}{passage.context}"
    return bool(asked and named) and not any(what in held for what in asked)


def _classes(text: str) -> frozenset[str]:
    return frozenset(hit["what"] for hit in _CLASS.finditer(text)) - _ANY_CLASS


@lru_cache(maxsize=512)
def _classes_of(notice: Notice) -> frozenset[str]:
    cells = " ".join(_cells(notice.sections))
    return _classes(normal("\n".join((*notice.texts(), cells))))


def _cells(sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        for table in section.tables:
            yield from table.header
            yield from (cell for row in table.rows for cell in row[:1])
        yield from _cells(section.children)


@lru_cache(maxsize=16384)
def _schools(text: str) -> frozenset[str]:
    return schools_in(text)


@lru_cache(maxsize=16384)
def _subjects(text: str) -> frozenset[str]:
    return subjects_in(text)
