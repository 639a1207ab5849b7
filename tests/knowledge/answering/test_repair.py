"""Slips read as what was meant; what is clean is left alone."""

import pytest

from knowledge.answering.index import Index
from knowledge.answering.repair import Repairer
from knowledge.chinese.words import Cutter

TEXTS = [
    "学员报到时间",
    "跟岗学习不少于十天",
    "撰写研修日志",
    "骨干教师培训",
    "附件与报告",
    "按时到校",
]


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    cutter = Cutter(["跟岗学习", "研修日志"])
    index = Index.of([[(text, 1.0)] for text in TEXTS], cutter.parts)
    key_words = frozenset(word for text in TEXTS for word in cutter.parts(text))
    return Repairer(index, cutter, key_words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("几号报道", "几号报到"),
        ("研修日至", "研修日志"),
        ("骨杆教师", "骨干教师"),
        ("研修曰志", "研修日志"),
        ("跟岗学息", "跟岗学习"),
    ],
)
def test_homophone_or_wrong_character_is_put_right(
    repairer: Repairer, typed: str, meant: str
) -> None:
    repaired = repairer.repair(typed)

    assert repaired.text == meant
    assert all(word in meant for word in repaired.said)
    assert repaired.said


def test_mark_of_a_question_that_is_typed_for_another_is_read(repairer: Repairer) -> None:
    assert repairer.repair("教案要自己带码").text == "教案要自己带吗"
    assert repairer.repair("没收到验证码").text == "没收到验证码"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("baodao", "报到"),
        ("bao dao", "报到"),
        ("yanxiu rizhi", "研修日志"),
        ("bao到", "报到"),
        ("报gao", "报告"),
        ("写多少zi", "写多少字"),
        ("写多少子", "写多少字"),
        ("交好多片", "交好多篇"),
    ],
)
def test_typed_and_half_typed_pinyin_is_read(repairer: Repairer, typed: str, meant: str) -> None:
    assert repairer.repair(typed).text == meant


@pytest.mark.parametrize("place", ["福建", "福建省", "福建附件", "保定报到", "云南"])
def test_name_of_a_place_is_never_repaired(repairer: Repairer, place: str) -> None:
    assert repairer.repair(place).text == place


@pytest.mark.parametrize(
    "clean",
    [
        "学员报到时间",
        "俺是新来的",
        "我能不能请假",
        "qq群",
        "hello",
        "word文档",
        "今天天气怎么样",
        "",
        "2021",
        "多少杯",
        "要多少呢",
    ],
)
def test_clean_text_is_left_alone(repairer: Repairer, clean: str) -> None:
    repaired = repairer.repair(clean)

    assert (repaired.text, repaired.said) == (clean, ())


@pytest.mark.parametrize(
    "clean", ["食宿的事打给谁", "班里的联系人叫什么", "多少分算及格", "住一晚行吗"]
)
def test_plain_words_that_sound_like_a_term_are_left_alone(clean: str) -> None:
    texts = ["师大附中", "任教满三年", "各校联系人", "分几个阶段", "注意安全"]
    cutter = Cutter(["师大", "任教", "联系人"])
    index = Index.of([[(text, 1.0)] for text in texts], cutter.parts)
    repairer = Repairer(index, cutter, frozenset(["师大", "任教", "几个", "注意"]))

    assert repairer.repair(clean).text == clean
