"""A figure that a later notice names as the old one is not shown as if it still held."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.kinds import asked_for
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker
from knowledge.documents import Document
from knowledge.notices import Section, Table
from knowledge.programme.values import Programme, Stage, Task
from knowledge.sources import Source
from tests.knowledge.answering.known import HUBEI, HUBEI_CHANGE

ASKER = Asker(today=date(2026, 11, 23), province="湖北")
RULES = replace(
    HUBEI,
    sections=(
        Section(
            "一、",
            "阶段",
            tables=(
                Table(
                    ("阶段", "起止时间", "主要任务"),
                    (
                        (
                            "跟岗实践",
                            "11月20日至11月26日",
                            "撰写跟岗日志4篇，提交育人案例1篇，不少于2000字",
                        ),
                        ("返岗研修", "12月1日至12月20日", "提交返岗报告1篇，不少于2000字"),
                    ),
                ),
            ),
        ),
    ),
)
STAGE = Stage(
    "返岗研修",
    date(2026, 12, 1),
    date(2026, 12, 20),
    "12月1日至12月20日",
    tasks=(
        Task("a1", "学员", 1, "填写骨干诊断表", "填写骨干诊断表。"),
        Task(
            "a2", "学员", 2, "撰写个人骨干计划", "撰写个人骨干计划，12月16日前上传。",
            due=date(2026, 12, 16), due_text="12月16日前",
        ),
    ),
)  # fmt: skip
SCHEDULE = Programme(
    "hubei-2026", RULES.title, Source(RULES.title, RULES.number), (STAGE,), "湖北", (2026,)
)
CHANGE = replace(
    HUBEI_CHANGE,
    sections=(
        Section("一、", "", ("育人案例的字数要求由不少于2000字调整为不少于1600字，须附照片3张。",)),
        Section(
            "二、",
            "调整事项",
            tables=(
                Table(
                    ("事项", "原规定", "调整后"),
                    (("返岗研修时间", "12月1日至12月20日", "12月8日至12月27日"),),
                ),
            ),
        ),
    ),
)


def said(question: str) -> str:
    rules = Document("18.docx", programmes=(SCHEDULE,), notices=(RULES,))
    verdict = Library([rules, Document("31.txt", notices=(CHANGE,))]).ask(question, ASKER)
    assert isinstance(verdict, Answer)
    return verdict.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("跟岗实践交的育人案例写多少字", "不少于1600字（原为不少于2000字"),
        ("返岗研修要交的返岗报告写多少字", "不少于2000字。"),
        ("跟岗日志写几篇", "4篇"),
    ],
)
def test_new_figure_is_told_in_the_place_of_the_one_it_names(question: str, begins: str) -> None:
    assert said(question).startswith(begins)


def test_row_of_changes_goes_before_what_was_told_of_the_stage() -> None:
    assert said("骨干的返岗研修后来改到几号到几号").startswith(
        "12月8日至12月27日（原为12月1日至12月20日"
    )


@pytest.mark.parametrize("words", ["几号到几号", "改到哪天到哪天", "从几号到几号"])
def test_two_ends_are_asked_for_where_both_are_named(words: str) -> None:
    assert asked_for(f"返岗研修{words}").edge == "span"
