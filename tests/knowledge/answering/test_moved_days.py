"""延长3天 and 推迟一周 are counted from the day of what is moved, and told as such."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker
from knowledge.documents import Document
from knowledge.notices import Section, Table
from tests.knowledge.answering.known import HUBEI, HUBEI_CHANGE

ASKER = Asker(today=date(2026, 11, 23), province="湖北")
SAID = (
    "报名时间为11月10日至11月20日。",
    "线上研修时间为12月10日至12月27日。线上研修作业于12月20日前提交。",
    "资格审核截止时间为11月25日。",
    "12月1日报到。",
    "集中研修12月2日—6日，在武汉举行。",
)
STAGES = Table(
    ("阶段", "起止时间", "任务"),
    (
        ("跟岗实践", "12月8日至12月14日", "撰写日志4篇"),
        ("返岗研修", "12月15日至12月25日", "12月20日前提交报告"),
    ),
)


def said(change: str, question: str) -> str:
    rules = replace(
        HUBEI,
        sections=(Section("一、", "培训安排", SAID, tables=(STAGES,)),),
    )
    changes = replace(
        HUBEI_CHANGE,
        sections=(Section("一、", "", (change,)),),
    )
    documents = [Document("18.docx", notices=(rules,)), Document("31.txt", notices=(changes,))]
    verdict = Library(documents).ask(question, ASKER)
    assert isinstance(verdict, Answer)
    return verdict.text


@pytest.mark.parametrize(
    ("change", "question", "begins"),
    [
        (
            "报名时间延长3天。",
            "报名到几号",
            "11月10日至11月23日（原11月10日至11月20日，延长3天）。",
        ),
        ("资格审核截止时间顺延3天。", "资格审核截止到几号", "11月28日（原11月25日，顺延3天）。"),
        (
            "线上研修统一推迟一周。",
            "线上研修什么时候",
            "12月17日至2027年1月3日（原12月10日至12月27日，推迟一周）。",
        ),
        ("报到时间提前1天。", "哪天报到", "11月30日（原12月1日，提前1天）。"),
        (
            "跟岗实践推迟2天举行。",
            "跟岗实践几号到几号",
            "12月10日至12月16日（原12月8日至12月14日，推迟2天）。",
        ),
        ("集中研修推迟1天。", "集中研修什么时候", "12月3日—12月7日（原12月2日—6日，推迟1天）。"),
    ],
)
def test_new_day_is_counted_from_the_old_one(change: str, question: str, begins: str) -> None:
    text = said(change, question)

    assert text.startswith(begins)
    assert "原来源：《湖北省2026年乡村骨干教师培训通知》" in text


@pytest.mark.parametrize(
    ("change", "question", "begins"),
    [
        ("线上研修推迟一周。", "线上研修作业几号前交", "12月20日前。"),
        ("返岗研修延长5天。", "返岗报告几号前交", "12月20日前。"),
    ],
)
def test_day_of_something_else_stays_and_the_change_is_remarked_on(
    change: str, question: str, begins: str
) -> None:
    text = said(change, question)

    assert text.startswith(begins)
    assert f"请注意，已有变动：{change}" in text


@pytest.mark.parametrize(
    "change", ["确有困难的，报到时间可推迟1天。", "学员应提前1天报到。", "报到时间推迟5个工作日。"]
)
def test_what_only_may_be_or_cannot_be_counted_moves_no_day(change: str) -> None:
    assert said(change, "集中研修什么时候").startswith("12月2日—6日。")
    assert not said(change, "哪天报到").startswith(("11月", "12月2日"))
