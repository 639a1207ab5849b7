"""What people also do to schedules: owners inside cells, sheets by role, no year, no headings."""

import io
from datetime import date

import openpyxl
import pytest

from knowledge.reading.files import read_file
from tests.knowledge.reading.layouts import Page, html, one_programme, written

OWNERS_IN_THE_CELL: Page = [
    "2026年海南省幼师研修任务表",
    [
        ["阶段", "时间", "任务"],
        ["启动", "5月6日-10日", "参训教师：选课；提交作业2份。\n坊主：建坊。"],
        ["实施", "5月11日-7月10日", "参训教师：选学20学时。\n坊主：1.督学。2.编简报3期。"],
    ],
]
DAYS_IN_THE_CORNER_COLUMN: Page = [
    "2026年河北省研修任务表",
    [
        ["角色\n阶段", "学员", "坊主"],
        ["启动（5月6日-5月10日）", "注册", "建坊"],
        ["实施（5月11日-7月10日）", "选学20学时", "督学"],
    ],
]
ONE_ROLE_WITH_DEADLINES: Page = [
    "附件3 优秀学员评选名额",
    "五、任务要求",
    "参训教师在研修期间需完成以下任务：",
    [
        ["研修阶段", "任务内容", "完成时限", "数量"],
        ["线上（2026年6月1日-7月31日）", "看课", "每周五前", "10节"],
        ["线上（2026年6月1日-7月31日）", "测试", "7月15日-20日", "1次"],
    ],
]
A_COLUMN_BESIDE: Page = [
    "2026年河南省研修任务表",
    [
        ["类别", "阶段", "时间", "学员", "种子教员", "备注"],
        ["甲", "实施", "5月11日-7月10日", "选学", "示范", "网上"],
        ["乙", "实施", "5月11日-7月10日", "听课", "巡课", ""],
    ],
]


@pytest.mark.parametrize(
    ("page", "expected", "doubt"),
    [
        (
            OWNERS_IN_THE_CELL,
            """
            启动 2026-05-06 2026-05-10
            参训教师 1 选课 2026-05-10
            参训教师 2 提交作业2份 2026-05-10 2份
            坊主 1 建坊 2026-05-10
            实施 2026-05-11 2026-07-10
            参训教师 1 选学20学时 2026-07-10 20学时
            坊主 1 督学 2026-07-10
            坊主 2 编简报3期 2026-07-10 3期
            """,
            "",
        ),
        (
            DAYS_IN_THE_CORNER_COLUMN,
            """
            启动 2026-05-06 2026-05-10
            学员 1 注册 2026-05-10
            坊主 1 建坊 2026-05-10
            实施 2026-05-11 2026-07-10
            学员 1 选学20学时 2026-07-10 20学时
            坊主 1 督学 2026-07-10
            """,
            "",
        ),
        (
            ONE_ROLE_WITH_DEADLINES,
            """
            线上 2026-06-01 2026-07-31
            参训教师 1 看课 2026-07-31 10节
            参训教师 2 测试 2026-07-20 1次
            """,
            "没有读出“每周五前”是哪一天",
        ),
        (
            A_COLUMN_BESIDE,
            """
            实施 2026-05-11 2026-07-10
            学员 1 选学 2026-07-10
            学员 2 听课 2026-07-10
            种子教员 1 示范 2026-07-10
            种子教员 2 巡课 2026-07-10
            """,
            "不认识的角色“种子教员”",
        ),
    ],
)
def test_odd_tables_are_read_and_doubted(page: Page, expected: str, doubt: str) -> None:
    document = read_file("a.html", html(page))

    assert written(one_programme(document)).split() == expected.split()
    doubts = [each.text for each in document.doubts]
    assert len(doubts) == bool(doubt)
    assert doubt in "".join(doubts)


def test_a_sheet_for_each_role_is_one_programme() -> None:
    book = openpyxl.Workbook()
    for number, role in enumerate(["参训教师", "坊主", "管理员"]):
        ws = book.create_sheet(role)
        for row in (
            ("阶段", "起止时间", "任务"),
            ("启动", "2026年5月6日-5月20日", f"1.登录{number + 1}次。"),
        ):
            ws.append(row)
    book.remove(book.worksheets[0])
    content = io.BytesIO()
    book.save(content)

    programme = one_programme(read_file("2026年研修任务.xlsx", content.getvalue()))

    assert programme.roles == ("参训教师", "坊主", "管理员")
    assert len(programme.stages) == 1


def test_without_a_year_nothing_is_dated_until_somebody_says_it() -> None:
    page: Page = [
        "研修任务表",
        [["阶段", "时间", "学员", "坊主"], ["实施", "5月1日-7日", "听课", "带课"]],
    ]

    undated, dated = (read_file("a.html", html(page), year=year) for year in (0, 2028))

    assert undated.programmes == ()
    assert "没有年份" in undated.doubts[0].text
    assert str(one_programme(dated).stages[0].ends) == "2028-05-07"


@pytest.mark.parametrize(
    ("when", "starts", "ends", "doubt"),
    [
        ("6月15日起", date(2026, 6, 15), date(2026, 8, 31), "没有写明结束日期"),
        ("6月15日—", date(2026, 6, 15), date(2026, 8, 31), "没有写明结束日期"),
        ("6月底", date(2026, 6, 30), date(2026, 6, 30), "没有写明日子"),
        ("7月1-5日、8月1-5日", date(2026, 7, 1), date(2026, 8, 5), "有几段时间"),
        ("另行通知", date(2026, 5, 11), date(2026, 8, 31), "不是日期"),
        ("8月10日前", date(2026, 5, 11), date(2026, 8, 10), ""),
    ],
)
def test_a_stage_is_dated_as_far_as_it_is_printed(
    when: str, starts: date, ends: date, doubt: str
) -> None:
    page: Page = [
        "2026年辽宁省中职教师研修任务表",
        [
            ["阶段", "时间", "学员", "坊主"],
            ["启动", "5月6日-10日", "注册", "建坊"],
            ["实施", when, "选学", "督学"],
            ["总结", "9月1日-10日", "交总结", "评优"],
        ],
    ]

    document = read_file("a.html", html(page))

    stage = one_programme(document).stages[1]
    doubts = "".join(each.text for each in document.doubts)
    assert (stage.starts, stage.ends) == (starts, ends)
    assert doubt in doubts


TIMETABLE = [["日期", "课程", "授课教师", "地点"], ["7月1日", "师德修养专题讲座", "王敏", "报告厅"]]
PLACES = [["市州", "参训教师", "管理员", "合计"], ["长沙", "20", "2", "22"]]
MATTERS = [["事项", "时间"], ["报到", "7月1日"], ["返程", "7月9日"]]


@pytest.mark.parametrize("table", [TIMETABLE, PLACES, MATTERS])
def test_a_timetable_or_a_table_of_places_is_no_programme(table: list[list[str]]) -> None:
    page: Page = ["2026年研修通知", "现将研修有关安排通知如下。", table]

    assert read_file("a.html", html(page)).programmes == ()
