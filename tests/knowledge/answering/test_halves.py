"""Two questions in one, and what one group of people is also called."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.halves import halves
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify
from knowledge.documents import Document
from knowledge.notices import Notice, Section

ASKER = Asker(today=date(2026, 5, 7), province="湖北")
CAMP = Notice(
    title="湖北省2026年乡村教师研修营通知",
    number="鄂师训〔2026〕12号",
    issued=date(2026, 4, 8),
    province="湖北",
    years=(2026,),
    sections=(
        Section("一、", "对象", ("研修营分德育教师班（甲班）和心理教师班（乙班）。",)),
        Section("二、", "时间", ("甲班5月20日报到，乙班6月3日报到。",)),
        Section("三、", "作业", ("甲班提交案例1篇，不少于1800字，6月1日前发送至邮箱a@b.cn。",)),
        Section("四、", "地点", ("甲班在荆楚宾馆集中，乙班在望江宾馆集中。",)),
        Section(
            "五、", "平台", ("登录“江汉研修云”（https://jh.example.cn）学习。", "账号为手机号。")
        ),
    ),
)
OTHER = Notice(
    title="湖南省2026年校长研修通知",
    number="湘师训〔2026〕7号",
    issued=date(2026, 4, 9),
    province="湖南",
    years=(2026,),
    sections=(Section("一、", "平台", ("登录“湘江研修云”学习，账号为工号。",)),),
)


@pytest.fixture(scope="module")
def camp() -> Library:
    return Library([Document("营.docx", notices=(CAMP,)), Document("校长.docx", notices=(OTHER,))])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("案例写多少字，什么时候交", ("案例写多少字", "什么时候交")),
        ("我是甲班的，哪天报到？在哪住", ("我是甲班的，哪天报到", "在哪住")),
        ("案例写多少字", ()),
        ("我是甲班的，什么时候报到", ()),
    ],
)
def test_parts_that_ask_are_told_apart(text: str, parts: tuple[str, ...]) -> None:
    assert halves(text) == parts


def test_each_half_is_answered_where_no_passage_answers_both(camp: Library) -> None:
    verdict = camp.ask("德育教师班哪天报到，在哪集中", ASKER)

    assert isinstance(verdict, Answer)
    assert "5月20日" in verdict.text
    assert "荆楚宾馆" in verdict.text


def test_one_passage_that_answers_both_is_shown_once(camp: Library) -> None:
    verdict = camp.ask("德育班案例写多少字，啥时候发邮箱", ASKER)

    assert isinstance(verdict, Answer)
    assert verdict.text.count("1800字") <= 2
    assert "6月1日" in verdict.text


def test_group_is_found_by_its_other_name(camp: Library) -> None:
    verdict = camp.ask("心理教师班什么时候报到", ASKER)

    assert isinstance(verdict, Answer)
    assert verdict.text.startswith("6月3日")


def test_site_that_is_named_says_which_notice_is_meant(camp: Library) -> None:
    nobody = Asker(today=ASKER.today)

    named = camp.ask("江汉研修云用什么账号登录", nobody)
    unnamed = camp.ask("用什么账号登录", nobody)

    assert isinstance(named, Answer)
    assert "手机号" in named.text
    assert isinstance(unnamed, Clarify)


def test_yes_or_no_is_read_in_the_piece_that_names_what_is_asked() -> None:
    clause = "视频不可拖动，可用手机学习，电脑和手机记录同步。"
    rules = replace(CAMP, sections=(Section("一、", "学习方式", (clause,)),))
    library = Library([Document("营.docx", notices=(rules,))])

    phone, dragging = library.ask("手机能学吗", ASKER), library.ask("视频能不能拖动", ASKER)

    assert phone.text.startswith("可以")
    assert dragging.text.startswith("不可以")
