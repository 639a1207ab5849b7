"""What a supplement changes is never shown without it, and only to those whom it concerns."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Unknown
from knowledge.documents import Document
from knowledge.notices import Section, Table
from tests.knowledge.answering.known import HUBEI, HUBEI_CHANGE

ASKER = Asker(today=date(2026, 11, 23), province="湖北", subject="初中地理")
RULES = replace(
    HUBEI,
    sections=(
        Section(
            "一、",
            "报到",
            ("集中培训共7天。请假累计超过1天的，不予结业。",),
            tables=(
                Table(
                    ("学科", "报到时间", "报到地点", "联系人", "联系电话"),
                    (
                        ("小学音乐", "12月5日", "楚天宾馆", "周敏", "027-87654321"),
                        ("初中地理", "12月8日", "遗爱湖酒店", "吴刚", "0713-8833221"),
                    ),
                ),
            ),
        ),
        Section(
            "二、", "任务", ("12月10日前提交教学设计1份，不少于1500字。", "研修总结不少于1000字。")
        ),
    ),
)
CHANGE = replace(
    HUBEI_CHANGE,
    sections=(
        Section("一、", "", ("初中地理报到时间由12月8日调整为12月11日，报到地点调整为东坡酒店。",)),
        Section(
            "二、",
            "",
            (
                "教学设计提交截止时间由12月10日延长至12月16日，字数由不少于1500字调整为不少于1200字。",
            ),
        ),
        Section("三、", "新增要求", ("每人提交教学反思1篇，不少于600字。",)),
        Section("四、", "", ("小学音乐报到时间改为12月7日，报到地点改为光谷宾馆。",)),
    ),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([Document("18.docx", notices=(RULES,)), Document("31.txt", notices=(CHANGE,))])


def said(library: Library, question: str, asker: Asker = ASKER) -> str:
    verdict = library.ask(question, asker)
    assert isinstance(verdict, Answer)
    return verdict.text


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("教学设计要写多少字", "不少于1200字（原为不少于1500字"),
        ("教学设计几号前交", "12月16日（原为12月10日"),
        ("教学反思多少字", "不少于600字。"),
        ("研修总结多少字", "不少于1000字。"),
        ("集中培训几天", "7天。"),
    ],
)
def test_change_holds_for_what_it_names_alone(library: Library, question: str, begins: str) -> None:
    assert said(library, question).startswith(begins)


def test_row_with_an_old_day_is_shown_with_its_change(library: Library) -> None:
    text = said(library, "吴刚电话多少")

    assert "0713-8833221" in text
    assert "请注意，已有变动：初中地理报到时间由12月8日调整为12月11日" in text


def test_row_that_nothing_changed_needs_no_remark() -> None:
    music = replace(CHANGE, sections=CHANGE.sections[:1])
    library = Library([Document("18.docx", notices=(RULES,)), Document("31.txt", notices=(music,))])

    assert "请注意" not in said(library, "周敏电话多少")


def test_teacher_is_told_the_day_of_their_own_subject(library: Library) -> None:
    geography = said(library, "几号报到")
    music = said(library, "几号报到", replace(ASKER, subject="小学音乐"))

    assert geography.startswith("12月11日")
    assert music.startswith("12月7日")


def test_subject_in_the_question_goes_before_that_of_the_asker(library: Library) -> None:
    assert said(library, "小学音乐几号报到").startswith("12月7日")


@pytest.mark.parametrize("question", ["改了什么", "跟原来比有啥变化", "有没有补充通知"])
def test_all_that_a_supplement_changes_is_listed(library: Library, question: str) -> None:
    text = said(library, question)

    assert [line[:6] for line in text.splitlines() if line.startswith("·")] == [
        "· 初中地理",
        "· 教学设计",
        "· 新增要求",
        "· 小学音乐",
    ]
    assert "〔2026〕31号" in text


def test_what_changed_of_one_thing_is_no_list(library: Library) -> None:
    assert "最近一次调整" not in said(library, "教学设计的字数改成多少了")


def test_where_nothing_was_changed_that_is_said() -> None:
    verdict = Library([Document("18.docx", notices=(RULES,))]).ask("改了什么", ASKER)

    assert isinstance(verdict, Unknown)
    assert verdict.text == "没有查到调整或补充通知。"


def test_turn_brings_its_own_case_and_its_own_things() -> None:
    terms = ("教师须教龄满3年，年龄不超过48周岁。", "食宿费由项目经费承担。")
    rules = replace(RULES, sections=(Section("一、", "条件与经费", terms),))
    library = Library([Document("18.docx", notices=(rules,))])

    first = library.ask("我教龄才2年能参加吗", ASKER)
    second = library.ask("我50岁了可以参加吗", ASKER, first.memory)
    money = library.ask("食宿费谁出", ASKER)
    invoice = library.ask("发票抬头写什么", ASKER, money.memory)

    assert second.text.startswith("您说的50岁不符合")
    assert isinstance(invoice, Unknown)


def test_change_that_names_only_the_new_value_is_told_where_the_old_one_is_shown() -> None:
    rules = Section("八、", "报名", ("报名表于11月28日前发至邮箱 old@jspx.example.cn。",))
    online = Section("九、", "线上研修", ("线上研修作业于12月25日前提交。",))
    changes = Section("", "", ("报名邮箱变更为new@jspx.example.cn。", "线上研修统一推迟一周。"))
    library = Library(
        [
            Document(
                "18.docx", notices=(replace(RULES, sections=(*RULES.sections, rules, online)),)
            ),
            Document("31.txt", notices=(replace(CHANGE, sections=(changes,)),)),
        ]
    )

    assert "new@jspx.example.cn" in said(library, "报名表几号前发邮箱")
    assert "请注意，已有变动：线上研修统一推迟一周。" in said(library, "线上研修作业几号前交")
    assert "推迟一周" not in said(library, "周敏电话多少")


def test_places_of_several_subjects_stand_side_by_side() -> None:
    library = Library([Document("18.docx", notices=(RULES,))])
    text = said(library, "报到地点在哪", replace(ASKER, subject=""))

    assert "楚天宾馆" in text
    assert "遗爱湖酒店" in text
