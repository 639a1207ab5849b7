"""Figures with units as notices print them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.chinese.amounts import find_amounts


@pytest.mark.parametrize(
    ("text", "printed", "values", "unit", "bound"),
    [
        ("字數不少於200字,", "不少於200字", (200,), "字", "不少于"),
        ("至少3期", "至少3期", (3,), "期", "至少"),
        ("至少編輯3期學科簡報", "至少編輯3期", (3,), "期", "至少"),
        ("6學時的學習", "6學時", (6,), "学时", ""),
        ("為期15天左右", "15天左右", (15,), "天", "左右"),
        ("為期4-6個月的脫產研修", "4-6個月", (4, 6), "个月", ""),
        ("經費50%左右", "50%左右", (50,), "%", "左右"),
        ("比不低於1:30建立", "不低於1:30", (1, 30), "比例", "不低于"),
        ("不少於1/3。", "不少於1/3", (1 / 3,), "分之", "不少于"),
        ("三分之一", "三分之一", (1 / 3,), "分之", ""),
        ("百分之二十", "百分之二十", (20,), "%", ""),
        ("八百字", "八百字", (800,), "字", ""),
        ("一百二十学时", "一百二十学时", (120,), "学时", ""),
        ("8百字", "8百字", (800,), "字", ""),
        ("1.5万元", "1.5万元", (15000,), "元", ""),
        ("100元/天", "100元/天", (100,), "元/天", ""),
        ("180元/人·天", "180元/人·天", (180,), "元/人·天", ""),
        ("每人每天280元", "每人每天280元", (280,), "元", ""),
        ("80分以上", "80分以上", (80,), "分", "以上"),
        ("≥60学分", "≥60学分", (60,), "学分", "≥"),
        ("每人上好一節研究課", "一節", (1,), "节", ""),
        ("兩次", "兩次", (2,), "次", ""),
        ("第1-3名", "第1-3名", (1, 3), "名", "第"),
        ("推送的6個「優課」課例資源包全部", "6個「優課」課例資源包", (6,), "个课例资源包", ""),
        ("回答10個問題。", "10個問題", (10,), "个问题", ""),
        ("1個「優課」創建", "1個「優課」", (1,), "个优课", ""),
        ("5个工作日内", "5个工作日内", (5,), "个工作日", "内"),
        ("面向2000名特级教师", "2000名", (2000,), "名", ""),
        ("1,200人", "1,200人", (1200,), "人", ""),
        ("1000-1500字", "1000-1500字", (1000, 1500), "字", ""),
        ("10余个案例", "10余个案例", (10,), "个案例", ""),
    ],
)
def test_a_figure_is_read_with_its_unit(
    text: str, printed: str, values: tuple[float, ...], unit: str, bound: str
) -> None:
    [amount] = find_amounts(text)

    assert amount.text == printed
    assert amount.text == text[amount.begin : amount.stop]
    assert amount.values == values
    assert (amount.unit, amount.bound) == (unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "一線教師",
        "一體化",
        "第一",
        "統一安排",
        "某一節課",
        "一次性补贴",
        "星期一",
        "十分重視",
        "一、培训对象",
        "三年级",
        "2015年10月17-18日",
        "教師廳〔2015〕2號",
        "上午8:30",
        "8:30-11:30",
        "13800001111",
        "中央八項規定",
    ],
)
def test_what_is_no_amount_is_not_read_as_one(text: str) -> None:
    assert find_amounts(text) == []


def test_every_figure_of_a_sentence_is_found_in_order() -> None:
    found = find_amounts("每位專家瀏覽不少於50篇,評價不少於20篇,每次2天(分2-3次進行)")

    assert [each.values for each in found] == [(50,), (20,), (2,), (2, 3)]


@given(
    st.text(
        alphabet="0123456789一二三十百千万半个“”「」字期次年分之%/:.-至第每人 不少于", max_size=60
    )
)
def test_no_text_breaks_the_reading(text: str) -> None:
    stop = 0
    for amount in find_amounts(text):
        assert amount.text == text[amount.begin : amount.stop]
        assert amount.begin >= stop
        assert amount.values
        stop = amount.stop
