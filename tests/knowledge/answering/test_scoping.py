"""What cannot apply is left out: another province, year, role, stage or kind of school."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.kinds import Asked
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.scoping import wanted
from knowledge.sources import Scope, Source

QUESTION = Question("什么时候报到", Asked(Kind.WHEN), ("报到",))
PASSAGE = Passage("clause", "7月10日报到。", "7月10日报到。", Source("某通知"))


def of(scope: Scope) -> Passage:
    return replace(PASSAGE, scope=scope)


@pytest.mark.parametrize(
    ("asked", "own", "other"),
    [
        (
            replace(QUESTION, provinces=("陕西",)),
            Scope(provinces=frozenset(["陕西"])),
            Scope(provinces=frozenset(["青海"])),
        ),
        (
            replace(QUESTION, years=(2021,)),
            Scope(years=frozenset([2021])),
            Scope(years=frozenset([2019])),
        ),
        (
            replace(QUESTION, roles=("组长",)),
            Scope(roles=frozenset(["组长"])),
            Scope(roles=frozenset(["学员"])),
        ),
        (replace(QUESTION, stages=("返岗实践",)), Scope(stage="返岗实践"), Scope(stage="线上研修")),
        (
            replace(QUESTION, text="初中班什么时候报到"),
            Scope(schools=frozenset(["初中"])),
            Scope(schools=frozenset(["小学"])),
        ),
    ],
)
def test_other_scope_is_left_out_and_no_scope_holds_for_all(
    asked: Question, own: Scope, other: Scope
) -> None:
    limits = wanted(asked, "", None)

    assert limits.admits(of(own))
    assert limits.admits(of(Scope()))
    assert not limits.admits(of(other))


def test_question_goes_before_what_is_known_of_the_asker() -> None:
    asked = replace(QUESTION, provinces=("陕西",), years=(2020,))

    assert wanted(asked, "青海", 2021).provinces == {"陕西"}
    assert wanted(asked, "青海", 2021).years == {2020}
    assert wanted(QUESTION, "青海", 2021).provinces == {"青海"}
    assert wanted(QUESTION, "青海", 2021).years == {2021}


def test_year_of_issue_stands_in_where_no_year_is_named() -> None:
    issued = replace(PASSAGE, source=Source("某通知", issued=date(2019, 3, 1)))

    assert not wanted(replace(QUESTION, years=(2021,)), "", None).admits(issued)
    assert wanted(replace(QUESTION, years=(2019,)), "", None).admits(issued)


def test_sentence_about_another_kind_of_school_is_admitted_in_any_notice() -> None:
    limits = wanted(replace(QUESTION, text="初中教师什么时候报到"), "", None)
    primary = of(Scope(schools=frozenset(["小学"])))

    assert not limits.admits(primary)
    assert limits.admits(replace(primary, own="初中教师7月12日报到。"))
