"""What kind of thing a question asks for."""

import pytest

from knowledge.answering.kinds import Asked, asked_besides, asked_for
from knowledge.answering.question_words import Kind


@pytest.mark.parametrize(
    ("question", "kind", "unit"),
    [
        ("什么时候报到", Kind.WHEN, ""),
        ("培训多久", Kind.DURATION, ""),
        ("培训几天", Kind.DURATION, "天"),
        ("要写几篇日志", Kind.COUNT, "篇"),
        ("日志多少字", Kind.COUNT, "字"),
        ("几个学时", Kind.COUNT, "学时"),
        ("几个问题", Kind.COUNT, "个"),
        ("多大年龄", Kind.COUNT, "岁"),
        ("要多少教师", Kind.COUNT, "人"),
        ("住宿多少钱", Kind.MONEY, ""),
        ("比例是多少", Kind.RATIO, ""),
        ("在哪里报到", Kind.WHERE, ""),
        ("由谁负责", Kind.WHO, ""),
        ("可不可以请人代训", Kind.WHETHER, ""),
        ("初中还是小学", Kind.CHOICE, ""),
        ("联系电话是多少", Kind.CONTACT, "电话"),
        ("教务的事打哪个号码", Kind.CONTACT, ""),
        ("住宿的事打给谁", Kind.CONTACT, ""),
        ("学员要做什么", Kind.TASKS, ""),
        ("怎么请假", Kind.HOW, ""),
        ("创课是什么意思", Kind.WHAT, ""),
        ("分散研修", Kind.OPEN, ""),
        ("我在第几期", Kind.WHAT, ""),
        ("这算几等奖", Kind.WHAT, ""),
        ("多久出一期简报", Kind.COUNT, "期"),
        ("隔几天写一篇", Kind.COUNT, "篇"),
        ("初始密码是多少", Kind.WHAT, "密码"),
        ("登录账号是什么", Kind.WHAT, "账号"),
        ("能用手机考吗", Kind.WHETHER, ""),
        ("去哪个大学", Kind.WHERE, "大学"),
        ("安排在哪几所幼儿园", Kind.WHERE, "幼儿园"),
        ("要什么等级", Kind.WHAT, "等级"),
        ("要哪些条件", Kind.WHAT, "条件"),
        ("要注意什么", Kind.OPEN, ""),
        ("作业有什么要求", Kind.OPEN, ""),
        ("补贴多少", Kind.MONEY, ""),
        ("指导费一次多少", Kind.MONEY, ""),
        ("推荐几个科学老师", Kind.COUNT, "人"),
        ("专家都有谁", Kind.WHO, ""),
        ("班主任手机号是多少", Kind.CONTACT, "手机"),
        ("超了要补多少", Kind.MONEY, ""),
        ("丢了罚多少", Kind.MONEY, ""),
        ("要交多少篇", Kind.COUNT, "篇"),
        ("女教师占多少", Kind.RATIO, ""),
        ("每校占多少个名额", Kind.COUNT, "名"),
        ("要带几件衣服", Kind.COUNT, "件"),
        ("怎么弄", Kind.HOW, ""),
        ("要交什么，几号交", Kind.TASKS, ""),
    ],
)
def test_question_words_tell_the_kind_and_the_unit(question: str, kind: Kind, unit: str) -> None:
    asked = asked_for(question)

    assert (asked.kind, asked.unit) == (kind, unit)


def test_sum_change_and_countdown_are_noticed() -> None:
    assert asked_for("一共多少学时").total
    assert asked_for("报到改到哪天了").changed
    assert asked_for("还有几天截止").countdown
    assert not asked_for("多少学时").total


def test_sum_asked_for_in_a_second_sentence_is_asked_besides() -> None:
    text = "每次几天？一共几天？"
    asked = asked_for(text)

    assert not asked.total
    assert [each.total for each in asked_besides(text, asked)] == [True]


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("每年几次，每次多少天", (Asked(Kind.DURATION, "天"),)),
        ("哪天报到，在哪里报到", (Asked(Kind.WHERE),)),
        ("每年几次", ()),
    ],
)
def test_other_half_of_a_double_question_is_kept(question: str, others: tuple[Asked, ...]) -> None:
    assert asked_besides(question, asked_for(question)) == others


@pytest.mark.parametrize(
    ("question", "clock", "edge"),
    [
        ("早上几点集合", True, ""),
        ("晚上什么时候熄灯", True, ""),
        ("几点截止", True, "end"),
        ("最晚什么时候交", False, "end"),
        ("报名到几号", False, "end"),
        ("什么时候开始选课", False, "start"),
        ("从几号起算", False, "start"),
        ("从几号开始到几号结束", False, "span"),
        ("哪天报到", False, ""),
        ("还剩几天截止", False, "end"),
    ],
)
def test_time_of_day_and_end_of_a_span_are_asked_for(question: str, clock: bool, edge: str) -> None:
    asked = asked_for(question)

    assert (asked.kind, asked.clock, asked.edge) == (Kind.WHEN, clock, edge)


@pytest.mark.parametrize(
    ("question", "total"),
    [("共多少学时", True), ("共要几篇", True), ("公共课多少学时", False), ("多少学时", False)],
)
def test_sum_may_be_asked_for_by_one_character(question: str, total: bool) -> None:
    assert asked_for(question).total is total


def test_somebody_is_asked_for_by_name() -> None:
    assert asked_for("带队的是哪位").name
    assert asked_for("联系人姓名").name
    assert not asked_for("由谁带队").name


def test_of_two_clauses_the_figure_asked_first_decides() -> None:
    assert asked_for("培训多长时间，要多少钱").kind is Kind.DURATION
    assert asked_for("要多少钱，培训多长时间").kind is Kind.MONEY
