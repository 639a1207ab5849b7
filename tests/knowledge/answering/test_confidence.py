"""What makes an answer surer, and what less sure."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.confidence import MOST_MARGIN, Signals, confidence, sureness
from knowledge.answering.kinds import Asked
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.scoping import wanted
from knowledge.answering.thresholds import ANSWER, ASK
from knowledge.chinese.normal import normal
from knowledge.sources import Scope, Source

GOOD = Signals(
    score=0.8, cover=0.9, margin=0.3, found=1.0, fit=1.0, figure=1.0, entry=0.0, row=0.0, pieces=0.0
)
QUESTION = Question("请假由谁批准", Asked(Kind.WHO), ("请假", "批准"))
NOWHERE = wanted(QUESTION, "", None)


def candidate(text: str, score: float = 0.8, province: str = "") -> Candidate:
    passage = Passage(
        kind="clause",
        text=text,
        own=normal(text),
        source=Source("青海省2026年培训通知", issued=date(2026, 3, 1)),
        scope=Scope(provinces=frozenset([province] if province else [])),
    )
    return Candidate(passage, score, 0.9, found=1.0)


def sure_of(first: Candidate, *others: Candidate, province: str = "") -> float:
    return sureness([first, *others], [first], QUESTION, wanted(QUESTION, province, None))


def test_good_answer_is_told_and_a_poor_one_is_not() -> None:
    poor = replace(GOOD, score=0.5, cover=0.5, margin=0.0, found=0.3)

    assert confidence(GOOD) > 0.9 > ANSWER
    assert confidence(poor) < ASK


@pytest.mark.parametrize("signal", ["score", "cover", "margin", "found", "fit"])
def test_each_signal_makes_it_surer(signal: str) -> None:
    less = replace(GOOD, **{signal: 0.0})

    assert confidence(less) < confidence(GOOD)


def test_rival_that_says_something_else_makes_it_less_sure() -> None:
    first = candidate("请假由班主任批准。")

    assert sure_of(first) > sure_of(first, candidate("请假由承办院校批准。", 0.78))
    assert sure_of(first, candidate("请假由班主任批准。", 0.8)) == sure_of(first)


def test_what_another_province_says_is_no_rival_at_home() -> None:
    first = candidate("请假由班主任批准。", province="青海")
    national = candidate("请假由承办院校批准。", 0.9)

    assert sure_of(first, national, province="青海") == sure_of(first, province="青海")
    assert sure_of(first, national) < sure_of(first)


def test_what_is_told_beside_the_best_is_no_rival() -> None:
    first, second = candidate("请假由班主任批准。"), candidate("请假由承办院校批准。", 0.78)
    both = sureness([first, second], [first, second], QUESTION, NOWHERE)

    assert both > sureness([first, second], [first], QUESTION, NOWHERE)


def test_lead_beyond_a_point_says_no_more() -> None:
    alone, far = (
        candidate("请假由班主任批准。"),
        candidate("请假由承办院校批准。", 0.8 - MOST_MARGIN),
    )

    assert sure_of(alone) == pytest.approx(sure_of(alone, far))


def test_very_words_of_a_phrasing_are_sure() -> None:
    assert sure_of(candidate("请假由班主任批准。", 1.0)) == 1.0
