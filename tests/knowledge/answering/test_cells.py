"""Units and contacts whose word stands elsewhere than the figure."""

import pytest

from knowledge.answering.cells import units_of, with_names_of_contacts, with_unit


@pytest.mark.parametrize(
    ("header", "about", "units"),
    [
        (("县区", "名额（人）", "备注"), "", ["人", "人", "人"]),
        (("项目", "学时（学时）", "天数（天）"), "", ["", "学时", "天"]),
        (("地市", "名额"), "", ["名", "名"]),
        (("地市", "初中班"), "名额分配表", ["名", "名"]),
        (("县市", "教师人数", "基地学校数"), "", ["", "人", "个"]),
        (("姓名", "单位"), "", ["", ""]),
        (("班次", "人数", "QQ群号", "备注"), "", ["人", "人", "", "人"]),
        (("项目", "分值", "学时数", "要求"), "", ["", "分", "学时", ""]),
        (("班次", "年龄（周岁）", "会期（天）", "经费（万元）"), "", ["", "周岁", "天", "万元"]),
    ],
)
def test_head_of_a_table_gives_its_figures_a_unit(
    header: tuple[str, ...], about: str, units: list[str]
) -> None:
    assert units_of(header, about) == units


def test_only_a_bare_figure_takes_the_unit() -> None:
    assert [with_unit(cell, "元") for cell in ("1,200", "全免", "3天")] == [
        "1,200元",
        "全免",
        "3天",
    ]
    assert with_unit("25", "") == "25"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("周老师，010-11112222", "电话"),
        ("周老师，13800000000", "电话"),
        ("材料发至a@b.cn", "邮箱"),
        ("登录www.example.cn", "网址"),
    ],
)
def test_contact_is_found_by_its_name(text: str, name: str) -> None:
    assert name in with_names_of_contacts(text)


def test_other_numbers_are_no_contact() -> None:
    assert with_names_of_contacts("培训编号20210407") == "培训编号20210407"
