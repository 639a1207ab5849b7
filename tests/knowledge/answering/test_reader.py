"""How a question is understood: what it asks, and the words it is about."""

import pytest

from knowledge.answering.question_words import Kind
from knowledge.answering.reader import QuestionReader
from knowledge.answering.roles import Roles
from knowledge.chinese.words import Cutter

READER = QuestionReader(Cutter([]), Roles([]), [])


@pytest.mark.parametrize(
    ("question", "kind", "unit"),
    [
        ("这几天可以请假吗", Kind.WHETHER, ""),
        ("过几天去报到要带啥", Kind.WHAT, ""),
        ("前几天报的名，能改吗", Kind.WHETHER, ""),
        ("提前几天报到", Kind.DURATION, "天"),
        ("报到在那个楼", Kind.WHERE, ""),
        ("心得写多长", Kind.COUNT, "字"),
        ("几个继续教育学分", Kind.COUNT, "学分"),
    ],
)
def test_turn_of_speech_is_read_as_meant(question: str, kind: Kind, unit: str) -> None:
    asked = READER.read(question).asked

    assert (asked.kind, asked.unit) == (kind, unit)


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("往返路费谁出", ("往返路费", "出")),
        ("迟到会有什么后果", ("迟到",)),
        ("报到推迟到哪天", ("报到",)),
        ("要带U盘 吗", ("u盘", "带")),
    ],
)
def test_words_are_kept_whole_and_what_asks_is_none(question: str, terms: tuple[str, ...]) -> None:
    assert READER.read(question).terms == terms


def test_what_follows_the_question_is_an_aside() -> None:
    read = READER.read("能学几个学时，想周末刷完")

    assert set(read.asides) == {"周末", "刷完"}
    assert set(read.asides) < set(read.terms)
    assert READER.read("想周末刷完，能学几个学时").asides == ()


def test_days_of_ones_own_life_are_no_scope_and_no_guess() -> None:
    month = READER.read("我9月刚入职，要不要参加")

    assert month.asked.kind is Kind.WHETHER
    assert (month.guesses, month.years) == ((), ())
    assert READER.read("我2019年就入职了，能参加吗").years == ()
    assert READER.read("2019年培训几天").years == (2019,)


def test_half_a_figure_is_no_guess() -> None:
    assert READER.read("1.5天还是2天").guesses == ("1.5天", "2天")


def test_act_that_is_asked_about_is_stressed() -> None:
    assert READER.read("报到要带什么").stressed == ("带",)
    assert READER.read("报到有什么要求").stressed == ()
