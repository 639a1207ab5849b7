"""What kind of thing a question asks for."""

import pytest

from knowledge.answering.kinds import Asked, Kind, asked_besides, asked_for


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
