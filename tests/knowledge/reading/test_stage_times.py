"""Tables whose columns only name the stages: the days stand in the text around them."""

import pytest

from knowledge.reading.files import read_file
from tests.knowledge.reading.layouts import Page, html, one_programme, written

TABLE = [
    ["角色", "网络先修", "集中研修", "成果展评"],
    ["学员", "选学课程不少于40学时", "提交教学设计1篇并打磨", "展示1节课并说课"],
    ["坊主", "每周通报学情不少于1次", "组织研讨2次并写简报", "评选优秀成果并上报"],
]
PAGE: Page = [
    "广西2026年乡村教师研修实施方案",
    "一、研修安排",
    "（一）网络先修：5月6日至26日，学员登录平台选学。",
    "（二）集中研修",
    "6月8日至6月17日，在南宁集中。",
    "成果展评阶段时间为11月2日至9日。",
    "附件",
    "2026年广西乡村教师研修任务表",
    TABLE,
]
UNDATED: Page = [
    *PAGE[:5],
    "成果展评的地点和形式由各县教研室另行通知，所需设备由承办学校提前调试，咨询至11月2日止。",
    TABLE,
]
CONTACTS: Page = [
    "广西2026年乡村教师研修联系表",
    [
        ["角色", "网络先修", "集中研修", "领队微信"],
        ["学员", "向班主任李一帆老师咨询", "向领队王二喜老师咨询", "lingdui01"],
        ["坊主", "向项目办张三丰老师咨询", "向项目办张三丰老师咨询", "lingdui02"],
    ],
]


def test_columns_take_their_days_from_the_text() -> None:
    expected = """
        网络先修 2026-05-06 2026-05-26
        学员 1 选学课程不少于40学时 2026-05-26 不少于40学时
        坊主 1 每周通报学情不少于1次 2026-05-26 不少于1次
        集中研修 2026-06-08 2026-06-17
        学员 1 提交教学设计1篇并打磨 2026-06-17 1篇
        坊主 1 组织研讨2次并写简报 2026-06-17 2次
        成果展评 2026-11-02 2026-11-09
        学员 1 展示1节课并说课 2026-11-09 1节
        坊主 1 评选优秀成果并上报 2026-11-09
    """
    document = read_file("a.html", html(PAGE))

    assert written(one_programme(document)).split() == expected.split()
    assert document.doubts == ()


def test_day_far_behind_the_name_of_a_stage_is_not_its_own() -> None:
    document = read_file("a.html", html(UNDATED))

    assert one_programme(document).stages[0].when == "5月6日至26日"
    assert "11月2日" not in written(one_programme(document))
    assert any("成果展评" in doubt.text for doubt in document.doubts)


@pytest.mark.parametrize(
    "table",
    [
        CONTACTS[1],
        [TABLE[0], ["学员", "是", "否", "是"], ["坊主", "否", "是", "是"]],
        [["角色", "人数", "备注", "类别"], *TABLE[1:]],
    ],
    ids=["whom to call", "no tasks", "columns of another kind"],
)
def test_table_of_something_else_is_no_schedule(table: list[list[str]]) -> None:
    document = read_file("a.html", html([CONTACTS[0], table]))

    assert document.programmes == ()
    [notice] = document.notices
    assert notice.sections[0].tables


def test_a_table_of_tasks_alone_is_in_the_time_that_a_sentence_gives_to_all() -> None:
    page: Page = [
        "江西省教育厅关于开展2026年中小学美术教师书法专题研修的通知",
        "一、研修时间：2026年12月1日至12月31日，线上进行，共50学时。",
        "二、参训对象：全省中小学美术教师300名。",
        "三、任务",
        [["任务", "要求", "截止时间"], ["书法作品", "提交软笔作品2幅", "12月18日"]],
    ]

    assert written(one_programme(read_file("n.html", html(page)))).splitlines() == [
        "研修 2026-12-01 2026-12-31",
        "学员 1 书法作品 2026-12-18 2幅",
    ]


def test_columns_take_their_days_from_another_table() -> None:
    days = [
        ["阶段", "起止时间", "地点"],
        ["网络先修", "5月6日—5月26日", "平台"],
        ["（二）集中研修", "6月8日至17日", "南宁"],
        ["成果展评阶段", "11月上旬", "各县"],
    ]
    document = read_file("a.html", html([PAGE[0], PAGE[1], days, PAGE[6], PAGE[7], TABLE]))
    stages = one_programme(document).stages

    assert [stage.when for stage in stages] == ["5月6日—5月26日", "6月8日至17日", "11月上旬"]
    assert str(stages[1].ends) == "2026-06-17"
