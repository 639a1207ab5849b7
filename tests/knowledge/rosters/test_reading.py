"""Rosters as training offices write them: what is understood, and why a row is refused."""

import io
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from knowledge.documents import Unreadable
from knowledge.rosters.columns import field_of
from knowledge.rosters.reading import read_roster
from knowledge.rosters.values import RosterRow

SHEET = """东山省2026年教师研修名单,,,,,,,
姓名*,研修角色,所在组,任教学科,市（州）,县（市、区）,工作单位,联系电话
林晓,参训教师,语文一组,语文,昆明市,五华区,一中,138 1234 5678
陈波,组长,语文一组,语文,昆明市,五华区,一中,+86-13812345679
何敏,辅导老师,语文一组、语文二组,语文,昆明市,五华区,二中,
,学员,,,,,,
张三,保安,,,,,,
李四,学员,语文一组,,,,,1381234
王五,组长,,,,,,
赵六,学员,语文一组、语文二组,,,,,
林小,学员,语文二组,,,,,13812345678
合计,,,,,,,
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_usual_sheet_is_understood_row_by_row(encoding: str) -> None:
    roster = read_roster("名单.csv", SHEET.encode(encoding))

    assert [(row.name, row.role, row.groups) for row in roster.rows] == [
        ("林晓", "学员", ("语文一组",)),
        ("陈波", "组长", ("语文一组",)),
        ("何敏", "指导教师", ("语文一组", "语文二组")),
    ]
    assert roster.rows[0] == RosterRow(
        3,
        "林晓",
        "学员",
        ("语文一组",),
        province="云南",
        area="昆明市五华区",
        subject="语文",
        school="一中",
        phone="13812345678",
    )
    assert [(row.line, row.reason) for row in roster.refused] == [
        (6, "没有姓名"),
        (7, "不认识角色“保安”"),
        (8, "手机号不对（应是11位）"),
        (9, "组长没有写研修组"),
        (10, "学员只能在一个组，写了2个"),
        (11, "与第3行手机号相同"),
        (12, "“合计”不像姓名"),
    ]


def test_a_workbook_says_the_same_as_a_csv() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["参训人员名单"])
    sheet.append(["序号", "姓名", "手机号码", "备注"])
    sheet.append([1, "林晓", 13812345678, date(2026, 7, 1)])
    content = io.BytesIO()
    book.save(content)

    roster = read_roster("名单.xlsx", content.getvalue())

    assert [(row.name, row.role, row.phone) for row in roster.rows] == [
        ("林晓", "学员", "13812345678")
    ]
    assert roster.columns == (("姓名", "姓名"), ("手机号码", "手机号"))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("学员姓名", "name"),
        ("角色", "role"),
        ("研修组", "group"),
        ("所属班级", "group"),
        ("学段", ""),
        ("学科", "subject"),
        ("地区", "area"),
        ("县（市、区）", "area"),
        ("省份", "province"),
        ("所在学校", "school"),
        ("手机号", "phone"),
        ("身份证号", ""),
        ("项目名称", "programme"),
        ("状态", "state"),
    ],
)
def test_headings_in_their_usual_forms(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_roles_of_the_programme_and_a_role_for_everybody() -> None:
    with_own = read_roster("a.csv", "姓名,角色\n林晓,坊主\n".encode(), known_roles=["坊主"])
    for_all = read_roster("b.csv", "姓名,学校\n吴岳,师大\n".encode(), role="省级专家")

    assert [row.role for row in (*with_own.rows, *for_all.rows)] == ["坊主", "省级专家"]


def test_a_file_without_names_is_refused_in_one_line() -> None:
    for name, content in (
        ("名单.csv", "学校,电话\n一中,1\n".encode()),
        ("名单.xlsx", b"PK\x03\x04broken"),
        ("名单.doc", b"x"),
        ("名单.csv", b"\x00\x01"),
    ):
        with pytest.raises(Unreadable, match="名单"):
            read_roster(name, content)


@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    with suppress(Unreadable):
        roster = read_roster(name, "姓名,学校\n".encode() + content)
        assert all(row.name for row in roster.rows)
