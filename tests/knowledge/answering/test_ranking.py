"""Of passages that say nearly the same: which answers."""

from dataclasses import replace

from knowledge.answering.coverage import Weigher
from knowledge.answering.index import Index
from knowledge.answering.kinds import asked_for
from knowledge.answering.passages import Passage
from knowledge.answering.questions import Question
from knowledge.answering.ranking import Ranker
from knowledge.chinese.words import Cutter
from knowledge.sources import Source

CUTTER = Cutter(["校长班"])


def clause(text: str) -> Passage:
    return Passage("clause", text, text, Source("某通知"))


def ranker(*passages: Passage) -> Ranker:
    index = Index.of([[(passage.own, 1.0)] for passage in passages], CUTTER.parts)
    return Ranker(passages, index, Weigher(index, CUTTER))


def asked(text: str, *terms: str) -> Question:
    return Question(text, asked_for(text), terms)


def first(found: Ranker, question: Question) -> Passage:
    return found.ranked(question)[0].passage


def test_clause_naming_only_other_kinds_of_school_goes_behind() -> None:
    primary, high = clause("小学校长班60人。"), clause("普通高中校长班25人。")
    primary = replace(primary, opening=True)
    known = ranker(primary, high)

    assert first(known, asked("校长班多少人", "校长班")) == primary
    assert first(known, asked("高三校长班多少人", "校长班")) == high


def test_of_equals_the_sentence_that_opens_its_paragraph_goes_first() -> None:
    later = clause("报到须持身份证。")
    opening = replace(later, opening=True)

    assert first(ranker(later, opening), asked("报到要什么", "报到")).opening


def test_whole_section_goes_behind_its_sentence_where_one_is_asked_for() -> None:
    sentence = clause("报到地点在荆楚宾馆。")
    whole = replace(sentence, kind="section")

    assert first(ranker(whole, sentence), asked("在哪里报到", "报到")).kind == "clause"
    assert first(ranker(whole, sentence), asked("报到怎么办", "报到")).kind == "section"


def test_words_behind_the_question_weigh_less() -> None:
    known = ranker(clause("请假须书面申请。"), clause("周末照常上课。"))
    question = asked("请假找谁，想周末回家", "请假", "周末")
    plain, aside = known.terms(question), known.terms(replace(question, asides=("周末",)))

    assert aside[0].weight == plain[0].weight
    assert aside[1].weight < plain[1].weight / 2


def test_change_for_others_leaves_ones_own_rule_in_front() -> None:
    rule = clause("小学班、初中班在东楼报到。")
    change = clause("因维修，初中班报到地点改为西楼，小学班报到地点不变。")
    change = replace(change, opening=True)
    known = ranker(rule, change)

    assert first(known, asked("小学班在哪里报到", "小学班", "报到")) == rule
    assert first(known, asked("初中班在哪里报到", "初中班", "报到")) == change


def test_clause_that_only_says_that_the_day_stays_goes_behind() -> None:
    told, stays = clause("5月10日报到。"), clause("5月10日以外的报到时间不变。")
    stays = replace(stays, opening=True)

    assert first(ranker(stays, told), asked("报到时间是哪天", "报到")) == told
