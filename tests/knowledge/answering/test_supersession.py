"""A later notice that changes a fact answers, and says what the fact was before."""

from dataclasses import replace

from knowledge.answering.amendments.supersession import Supersession
from knowledge.answering.figures import figures
from knowledge.answering.kinds import Asked
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.answering.ranking import Candidate
from knowledge.sources import Source
from tests.knowledge.answering.known import CHANGE, NATIONAL, SHANXI

KNOWN = Supersession([NATIONAL, SHANXI, CHANGE])
OLD = Source(SHANXI.title, SHANXI.number)
NEW = Source(CHANGE.title, CHANGE.number)


def said(text: str, source: Source, score: float, kind: Kind = Kind.WHEN) -> Candidate:
    passage = Passage("clause", text, text, source)
    return Candidate(passage, score, 1.0, tuple(figures(Asked(kind), passage, [])))


RULE = said("学员于7月10日报到。", OLD, 0.9)
MOVED = said("报到时间由7月10日调整为7月18日。", NEW, 0.6)


def test_change_takes_the_place_of_the_rule() -> None:
    first, *rest = KNOWN.settled([RULE, MOVED], ())

    assert (first.passage, first.score) == (MOVED.passage, RULE.score)
    assert (first.old, first.old_source) == ("7月10日", OLD)
    assert rest == []


def test_change_that_ranks_first_folds_the_rule_in() -> None:
    first, *rest = KNOWN.settled([replace(MOVED, score=0.95), RULE], ())

    assert first.passage is MOVED.passage
    assert (first.old, first.old_source) == ("7月10日", OLD)
    assert rest == []


def test_change_said_without_a_figure_answers_in_its_own_words() -> None:
    rule = said("在西安宾馆报到。", OLD, 0.8, Kind.WHERE)
    change = said("报到地点改到宝鸡。", NEW, 0.6, Kind.WHERE)

    first = KNOWN.settled([rule, change], ())[0]

    assert (first.passage, first.old_source) == (change.passage, OLD)


def test_what_is_far_from_the_question_changes_nothing() -> None:
    assert KNOWN.settled([RULE, replace(MOVED, score=0.4)], ())[0] is RULE


def test_notice_that_adjusts_no_other_changes_nothing() -> None:
    other = said("校长7月20日报到。", Source(NATIONAL.title, NATIONAL.number), 0.8)

    assert KNOWN.settled([RULE, other], ()) == [RULE, other]
    assert Supersession([SHANXI]).settled([RULE, MOVED], ()) == [RULE, MOVED]
    assert KNOWN.settled([], ()) == []


def test_what_is_only_counted_by_replaces_no_rule() -> None:
    rule = said("请假不超过2天。", OLD, 0.8, Kind.DURATION)
    counted_by = said("考勤办法调整，每缺勤半天扣3分。", NEW, 0.75, Kind.DURATION)
    allowed = said("请假不超过3天。", NEW, 0.75, Kind.DURATION)

    assert KNOWN.settled([rule, counted_by], ())[0] is rule
    assert KNOWN.settled([rule, allowed], ())[0].passage is allowed.passage


def test_rule_that_says_already_what_a_notice_changed_is_not_changed_by_it_again() -> None:
    adjusted = said(f"7月18日前提交研修总结（按{CHANGE.number or CHANGE.title}调整）。", OLD, 0.9)
    stage = said("研修总结提交：总结阶段相应延长至7月28日。", NEW, 0.8)

    assert KNOWN.settled([adjusted, stage], ())[0] is adjusted
    assert KNOWN.settled([said("7月10日前提交研修总结。", OLD, 0.9), stage], ())[0] is not adjusted
