"""The questions of questions.yaml: what is right today stays right, and the share holds."""

from datetime import date
from functools import cache
from pathlib import Path

from knowledge.answering.library import Library
from knowledge.bundled import bundled_documents
from knowledge.evaluation import GoldenQuestion, Result, evaluated, tallied
from knowledge.question_files import QuestionSet, in_yaml
from knowledge.reading.files import read_file

FILE = Path(__file__).with_name("questions.yaml")
SETS = in_yaml(FILE.read_text(encoding="utf-8"), date(2015, 9, 17))
QUESTIONS = [(one, question) for one in SETS for question in one.questions]

FEWEST_RIGHT = 0.95  # of all; raise it when the engine gets better
MOST_WRONG_BUT_SURE = 0.02


@cache
def library_of(notices: tuple[str, ...]) -> Library:
    paths = [FILE.parent / name for name in notices]
    read = [read_file(path.name, path.read_bytes()) for path in paths]
    return Library((*bundled_documents(), *read))


def result_of(one: QuestionSet, question: GoldenQuestion) -> Result:
    [result] = evaluated(library_of(one.notices), [question])
    return result


def test_what_was_right_stays_right_and_the_share_holds_known_gaps_counted() -> None:
    results = [result_of(*each) for each in QUESTIONS]
    tally = tallied(results)
    lost = [one for one in results if one.misses and not one.question.known_gap]

    assert [(one.question.turns[0].ask, one.misses) for one in lost] == []
    assert tally.total >= 150
    assert tally.right / tally.total >= FEWEST_RIGHT
    assert tally.wrong_but_sure / tally.total <= MOST_WRONG_BUT_SURE


def test_every_question_is_asked_once() -> None:
    asked = [(one.notices, question.asker, question.turns) for one, question in QUESTIONS]

    assert [each for each in asked if asked.count(each) > 1] == []
