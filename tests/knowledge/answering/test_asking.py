"""What people ask of the invented notices, and what they have to be told."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify, Unknown, Verdict
from tests.knowledge.answering.known import NOBODY, library

LONGEST = 400


def answered(verdict: Verdict) -> str:
    assert isinstance(verdict, Answer), verdict
    assert len(verdict.text) <= LONGEST
    return verdict.text


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("校长培训一年多少学时", "72学时"),
        ("校长跟岗学习几天", "12天"),
        ("青海什么时候报到", "8月3日"),
        ("青海几号報道", "8月3日"),
        ("陕西住宿费每天多少钱", "200元"),
        ("西安名额多少", "40名"),
        ("宝鸡有几个名额", "25名"),
        ("陕西骨干班会期几天", "5天"),
        ("陕西在哪里报到", "西安宾馆"),
        ("乡村校长培训的联系电话", "010-11112222"),
        ("甘肃学员研修日志写多少字", "600字"),
        ("甘肃组长要主持几次讨论", "3次"),
        ("组长组织讨论什么时候截止", "2021年9月20日"),
        ("返岗实践什么时候开始", "10月8日"),
        ("教师司什么时候发的校长培训通知", "2021年3月2日"),
        ("xiaozhang peixun duoshao xueshi", "72学时"),
    ],
)
def test_figure_comes_first_with_its_source(library: Library, question: str, figure: str) -> None:
    text = answered(library.ask(question, NOBODY))

    assert figure in text
    assert "来源：《" in text


def test_other_province_is_never_used(library: Library) -> None:
    verdict = library.ask("宁夏什么时候报到", NOBODY)

    assert isinstance(verdict, Unknown)
    assert "宁夏" in verdict.text
    assert "8月3日" not in verdict.text
    assert "7月1" not in verdict.text


def test_national_notice_holds_in_every_province(library: Library) -> None:
    assert "72学时" in answered(library.ask("宁夏校长培训多少学时", NOBODY))


def test_year_that_is_not_covered_is_said(library: Library) -> None:
    verdict = library.ask("2019年校长培训多少学时", NOBODY)

    assert isinstance(verdict, Unknown)
    assert "2019年" in verdict.text


def test_later_notice_replaces_the_date_and_folds_in_the_old(library: Library) -> None:
    text = answered(library.ask("陕西骨干教师培训班什么时候报到", NOBODY))

    assert text.startswith("陕西" if text.startswith("陕") else "7月18日")
    assert "原为7月10日" in text
    assert "陕师训〔2021〕8号" in text
    assert "陕师训〔2021〕11号" in text


def test_rest_of_a_changed_notice_stands(library: Library) -> None:
    assert "5天" in answered(library.ask("陕西培训班会期多少天", NOBODY))


@pytest.mark.parametrize(
    ("question", "opening"),
    [("校长培训是不是60学时", "不是60学时"), ("校长培训是72学时吗", "是的")],
)
def test_proposed_figure_gets_yes_or_no(library: Library, question: str, opening: str) -> None:
    assert answered(library.ask(question, NOBODY)).startswith(opening)


def test_choice_names_the_right_one(library: Library) -> None:
    assert answered(library.ask("研修日志600字还是800字", NOBODY)).startswith("甘肃：不少于600字")


@pytest.mark.parametrize(
    "question",
    ["培训有午餐补贴吗", "校长培训在哪个城市", "教师资格证怎么考", "今天天气怎么样", "asdf"],
)
def test_what_no_source_says_is_not_known(library: Library, question: str) -> None:
    assert isinstance(library.ask(question, NOBODY), Unknown)


def test_reading_of_a_slip_is_said(library: Library) -> None:
    verdict = library.ask("青海哪天报道", NOBODY)

    assert "8月3日" in answered(verdict)
    assert verdict.read_as == "已按“报到”理解"


def test_reply_is_in_the_script_of_the_question(library: Library) -> None:
    assert "學時" in answered(library.ask("校長培訓一年多少學時", NOBODY))


def test_role_and_day_give_the_tasks(library: Library) -> None:
    asker = replace(NOBODY, role="学员", province="甘肃")

    text = answered(library.ask("我这个月要做什么", asker))

    assert "研修日志" in text
    assert "汇报课" not in text


def test_next_deadline_counts_the_days(library: Library) -> None:
    asker = replace(NOBODY, role="组长", province="甘肃")

    text = answered(library.ask("还有几天截止", asker))

    assert "9月20日" in text
    assert "还有10天" in text


def test_current_stage_is_named(library: Library) -> None:
    assert "线上研修" in answered(library.ask("现在是哪个阶段", replace(NOBODY, province="甘肃")))


def test_tasks_without_a_role_are_asked_back(library: Library) -> None:
    verdict = library.ask("线上研修要做什么", NOBODY)

    assert isinstance(verdict, Clarify)
    assert {option.label for option in verdict.options} == {"学员", "组长"}
    assert "组织讨论" in answered(library.ask(verdict.options[1].question, NOBODY))


def test_subject_is_carried_on(library: Library) -> None:
    first = library.ask("青海什么时候报到", NOBODY)
    second = library.ask("那陕西呢", NOBODY, first.memory)
    third = library.ask("会期几天", NOBODY, second.memory)

    assert "7月18日" in answered(second)
    assert "5天" in answered(third)


def test_role_is_carried_on(library: Library) -> None:
    first = library.ask("学员线上研修的任务", NOBODY)

    assert "组织讨论" in answered(library.ask("组长呢", NOBODY, first.memory))


def test_role_that_a_task_says_nothing_of_is_told_so(library: Library) -> None:
    first = library.ask("甘肃组长主持几次线上讨论", NOBODY)
    second = library.ask("那学员呢", NOBODY, first.memory)

    assert isinstance(second, Unknown)
    assert second.text.startswith("没有查到学员的这项规定（资料里只写了组长的）")


LIBRARY = library()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    assert LIBRARY.ask(text, NOBODY).text


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            list("报到学员研修什么时候多少字几天年月日是不还呢吗能岁号文哪○*|〔〕陕甘2021 ,。?")
        ),
        max_size=30,
    ).map("".join),
    st.sampled_from(["", "云南省", "火星"]),
    st.sampled_from(["", "导师", "皇帝"]),
)
def test_no_question_or_context_breaks_it(text: str, province: str, role: str) -> None:
    asker = Asker(today=NOBODY.today, province=province, role=role)
    first = LIBRARY.ask(text, asker)

    assert LIBRARY.ask(text, asker, first.memory).text


@pytest.mark.parametrize("question", ["组长九月做什么", "组长9月有什么任务", "组长这周要干嘛"])
def test_month_and_week_choose_the_tasks(library: Library, question: str) -> None:
    text = answered(library.ask(question, replace(NOBODY, province="甘肃")))

    assert "组织讨论（3次），9月20日前" in text
