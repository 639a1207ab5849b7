"""The ways in which a turn may go on with the one before."""

import pytest

from knowledge.answering.conversation import (
    carried_on,
    introduced,
    is_elliptic,
    remembered,
    states_scope,
)
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.reader import QuestionReader
from knowledge.answering.roles import Roles
from knowledge.answering.verdicts import Memory
from knowledge.chinese.words import Cutter

READER = QuestionReader(Cutter(), Roles(["学员", "组长"]), ["线上研修"])


def read(text: str) -> Question:
    return READER.read(text)


def test_province_alone_asks_the_same_of_another_province() -> None:
    [shifted] = carried_on(read("那陕西呢"), read("青海什么时候报到"))

    assert shifted.provinces == ("陕西",)
    assert shifted.terms == ("报到",)
    assert shifted.asked.kind is Kind.WHEN
    assert shifted.text == "陕西 什么时候报到"


def test_new_subject_stays_within_the_old_scope() -> None:
    joined = list(carried_on(read("住宿费呢"), read("陕西培训班什么时候报到")))

    assert {each.provinces for each in joined} == {("陕西",)}
    assert {each.asked.kind for each in joined} == {Kind.WHEN}
    assert {each.stressed for each in joined} == {("住宿费",)}
    assert any("报到" in each.terms for each in joined)
    assert any(each.terms == ("住宿费",) for each in joined)


def test_new_question_about_the_old_subject_keeps_both() -> None:
    joined = list(carried_on(read("会期几天"), read("陕西什么时候报到")))

    assert all(each.asked.unit == "天" for each in joined)
    assert ("报到", "会期") in {each.terms for each in joined}


def test_long_question_stands_for_itself() -> None:
    turn = read("省级骨干教师集中培训期间的住宿费由哪里的经费列支")

    assert list(carried_on(turn, read("陕西什么时候报到"))) == []


@pytest.mark.parametrize(
    ("turn", "elliptic"), [("那住宿费呢", True), ("几天", True), ("会期几天", False)]
)
def test_form_says_whether_something_was_left_out(turn: str, *, elliptic: bool) -> None:
    assert is_elliptic(read(turn)) is elliptic


@pytest.mark.parametrize(
    ("turn", "states"),
    [("我是陕西的组长", True), ("我们是青海的", True), ("陕西什么时候报到", False)],
)
def test_saying_who_asks_is_no_question(turn: str, *, states: bool) -> None:
    assert states_scope(read(turn)) is states


def test_what_somebody_said_of_themselves_is_kept() -> None:
    memory = introduced(read("我是陕西的组长"), Memory(province="青海", year=2021))
    after = remembered(read("什么时候报到"), memory)

    assert after == Memory("什么时候报到", "陕西", "组长", 2021)
