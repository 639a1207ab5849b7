"""What goes before what: tasks of the role in question, schools in question, one's own class."""

from dataclasses import replace

import pytest

from knowledge.answering.coverage import Term, credit
from knowledge.answering.kinds import asked_for
from knowledge.answering.library import Library
from knowledge.answering.passages import Passage
from knowledge.answering.precedence import admitted, narrowed
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Candidate
from knowledge.answering.scoping import wanted
from knowledge.answering.verdicts import Answer
from knowledge.documents import Document
from knowledge.notices import Notice, Section
from knowledge.sources import Scope, Source
from tests.knowledge.answering.known import NOBODY, SUMMER

ASKED = Question(
    "专家磨课几节",
    asked_for("专家磨课几节"),
    ("磨课",),
    roles=("省级专家",),
    kin=frozenset(["省级专家", "送培专家"]),
    mine=frozenset(["省级专家", "送培专家"]),
)


def task(role: str, text: str, score: float) -> Candidate:
    scope = Scope(roles=frozenset([role]))
    return Candidate(Passage("task", text, text, Source("某安排表"), scope), score, 1.0)


OWN = task("送培专家", "磨课4节。", 0.7)
NAMING = task("坊主", "请送培专家磨课2节。", 0.75)
OTHER = task("坊主", "磨课6节。", 0.8)


def test_task_that_names_the_role_is_admitted_and_goes_behind_its_own() -> None:
    limits = wanted(ASKED, "", None)

    assert admitted(ASKED, [OTHER, NAMING, OWN], limits) == [OWN, NAMING]
    assert admitted(ASKED, [OTHER, NAMING], limits) == [NAMING]


def test_far_better_task_of_another_role_still_goes_first() -> None:
    better = replace(NAMING, score=0.9)

    assert admitted(ASKED, [OWN, better], wanted(ASKED, "", None)) == [better, OWN]


def test_equals_are_narrowed_to_the_role_and_its_kin() -> None:
    assert narrowed([NAMING, OWN], ASKED) == [OWN]
    assert narrowed([NAMING], ASKED) == [NAMING]


QUOTAS = Notice(
    "海南省2026年研修名额",
    province="海南",
    years=(2026,),
    sections=(
        Section("一、", "名额", ("小学骨干教师研修班每县推荐60人。",)),
        Section("二、", "补充", ("高中骨干教师另设一班，共25人。",)),
    ),
)


def test_clause_naming_only_other_schools_goes_behind() -> None:
    library = Library([Document("名额.docx", notices=(QUOTAS,))])

    verdict = library.ask("高三骨干教师研修班多少人", NOBODY)

    assert isinstance(verdict, Answer)
    assert "25人" in verdict.text.splitlines()[0]


def test_stage_is_told_of_ones_own_class_where_several_run() -> None:
    [first, second] = SUMMER.stages
    other = replace(
        SUMMER,
        code="gansu-b",
        title="甘肃2021年坊主研修",
        source=Source("甘肃2021年坊主研修安排表"),
        stages=(replace(first, name="坊主先修"), second),
    )
    library = Library([Document(one.code, programmes=(one,)) for one in (SUMMER, other)])
    asker = replace(NOBODY, province="甘肃", programmes=("gansu-b",))

    text = library.ask("现在是哪个阶段", asker).text

    assert "坊主先修" in text
    assert "线上研修" not in text


@pytest.mark.parametrize(
    ("text", "whole"),
    [("校园安全专题", True), ("面向中小学校园长", False), ("校园长研修走进校园", True)],
)
def test_campus_is_no_part_of_principals(text: str, *, whole: bool) -> None:
    found = credit(Term("校园", 1.0), text)

    assert (found == 1.0) is whole
