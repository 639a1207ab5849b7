"""Which questions ask the same."""

import pytest

from knowledge.answering.clusters import ALIKE, likeness, nearest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("报到要带什么材料", "报到的时候需要带哪些材料"),
        ("报到要带什么", "请问老师，报到要带哪些东西啊"),
        ("学时证明怎么开", "怎么开学时证明"),
        ("可以请假吗", "能不能请假"),
        ("平台登录不上怎么办", "研修平台登不上去怎么办"),
        ("报到要带什么材料", "報到要帶什麼材料"),
    ],
)
def test_the_same_in_other_words(one: str, other: str) -> None:
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("报到要带什么材料", "报到什么时候"),
        ("云南报到要带什么", "江西报到要带什么"),
        ("食堂几点开门", "食堂在哪里"),
        ("第1期简报发给谁", "第2期简报发给谁"),
        ("住宿费谁出", "交通费谁出"),
        ("作业可以补交吗", "作业可以重做吗"),
    ],
)
def test_alike_but_not_the_same(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE


def test_the_nearest_of_several_is_found_and_none_where_none_is_near() -> None:
    others = ["食堂在哪里", "报到的时候需要带哪些材料", "报到带什么"]

    assert nearest("报到要带什么材料", others) == 1
    assert nearest("学时证明怎么开", others) is None
    assert nearest("？？", []) is None
