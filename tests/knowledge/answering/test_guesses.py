"""Figures that a question proposes itself."""

import pytest

from knowledge.answering.guesses import guessed
from knowledge.answering.kinds import Asked, asked_for
from knowledge.answering.masks import Mask
from knowledge.answering.question_words import Kind


def read(question: str) -> tuple[Asked, tuple[str, ...], str]:
    asked, mask = asked_for(question), Mask(question)
    for span in asked.spans:
        mask.blank(*span)
    asked, figures = guessed(asked, mask)
    return asked, figures, mask.text


@pytest.mark.parametrize(
    ("question", "kind", "unit", "figures"),
    [
        ("是不是8号报到", Kind.WHEN, "", ("8号",)),
        ("10.17还是10.27", Kind.WHEN, "", ("10.17", "10.27")),
        ("日志是800字还是1000字", Kind.COUNT, "字", ("800字", "1000字")),
        ("是800还是1000", Kind.COUNT, "", ("800", "1000")),
        ("补贴是200元吗", Kind.MONEY, "", ("200元",)),
        ("比例是不是50%", Kind.RATIO, "", ("50%",)),
        ("是不是三篇", Kind.COUNT, "篇", ("三篇",)),
    ],
)
def test_proposed_figure_tells_what_is_asked_for(
    question: str, kind: Kind, unit: str, figures: tuple[str, ...]
) -> None:
    asked, found, left = read(question)

    assert (asked.kind, asked.unit, found) == (kind, unit, figures)
    assert not any(figure in left for figure in figures)


def test_question_without_a_figure_proposes_nothing() -> None:
    asked, figures, left = read("可以请假吗")

    assert (asked.kind, figures) == (Kind.WHETHER, ())
    assert left.strip() == "可以请假"


def test_choice_between_words_is_open() -> None:
    assert read("小学还是初中")[0].kind is Kind.OPEN


def test_ordinal_is_no_guess() -> None:
    assert read("第2期是3天吗")[1] == ("3天",)
