"""Schedules of invented provinces, each laid out in its own way, in every format."""

from collections.abc import Callable
from datetime import date

import pytest

from knowledge.documents import Document
from knowledge.programme.values import Programme
from knowledge.reading.files import read_file
from tests.knowledge.reading.layouts import FORMATS, Merged, Page

TWO_STAGES_FOUR_ROLES: Page = [
    "黑龙江省教育厅关于开展2026年乡村教师工作坊研修的通知",
    "黑教师函〔2026〕21号",
    "附件",
    "2026年黑龙江省乡村教师工作坊研修任务安排表",
    [
        ["阶段", "时间", "参训教师", "坊主", "管理员", "学科专家"],
        [
            "网络研修",
            "2026年6月15日-8月20日",
            "1.选学课程，不少于60学时。\n2.8月15日前提交研修日志2篇，每篇不少于500字。",
            "·编发简报3期\n·点评作业20份",
            "于8月1日前上传方案；每周通报1次学情",
            "（1）答疑。回答30个问题。（2）讲座。",
        ],
        ["跟岗实践", "9月12日-9月13日", Merged("参加跟岗2天", across=2), "考勤", "听课3节"],
    ],
]

TASKS_IN_ROWS: Page = [
    "2027年海南省班主任研修任务清单",
    [
        ["序号", "阶段", "角色", "任务", "要求", "数量（篇）", "完成时间"],
        [
            "1",
            Merged("集中培训\n（7月10日-20日）", down=3),
            Merged("参训教师", down=2),
            "撰写心得",
            "不少于800字",
            "1",
            "7月18日",
        ],
        ["2", "整理笔记", "手写", "3", ""],
        ["3", "班长、辅导员", "组织签到", "每日两次", "—", ""],
        ["4", "返岗实践\n（9月至11月）", "全体", "交总结", "", "2", "11月5日前"],
    ],
]

STAGES_IN_COLUMNS: Page = [
    "2026年宁夏回族自治区骨干教师研修职责分工表",
    [
        ["角色", "自主选学阶段", "成果展示阶段"],
        ["时间", "6月下旬", "10月17-18日"],
        ["学员", "选课4门", "展示1节课"],
        ["组长", "①催学；②统计。", "主持"],
        ["坊主", "审核选课", "推优"],
        ["指导教师", "听评课6节", "点评"],
        ["省级专家", "开讲座1场", "总评"],
        ["项目办", "建班", "—"],
    ],
]

A_TABLE_FOR_EACH_ROLE: Page = [
    "青海省教育厅关于做好2026年双语教师研修工作的通知",
    "（一）参训教师任务",
    [
        ["阶段", "起止时间", "任务"],
        ["启动", "5月6日-5月20日", "1.注册。\n2.测评。"],
        ["实施", "2026.5.21—7.10", "1.选学40学时。"],
    ],
    "（二）坊主任务",
    [
        ["阶段", "起止时间", "任务"],
        ["启动", "5月6日-5月20日", "1.建坊。"],
        ["实施", "2026.5.21—7.10", "1.研讨3次。\n2.编简报2期。"],
    ],
]

A_TABLE_FOR_EACH_STAGE: Page = [
    "2026年西藏自治区幼儿园教师研修计划",
    "第一阶段：网络研修（4月1日-4月30日）",
    [["角色", "任务", "完成时限"], ["学员", "学习30学时", "4月28日"], ["组长", "督促", ""]],
    "第二阶段：送教（5月9日至5月12日）",
    [["角色", "任务", "完成时限"], ["学员", "听课", "5月11日"], ["组长", "点名", "5月12日"]],
]

ROLES_OVER_THE_WIDTH: Page = [
    "2026年新疆维吾尔自治区工作坊任务表",
    [
        ["序号", "任务", "数量（次）", "截止日期"],
        [Merged("一、参训教师", across=4)],
        ["1", "听课", "4", "2026年5月30日"],
        ["2", "写反思", "2", "6月30日"],
        [Merged("二、坊主", across=4)],
        ["1", "组织活动", "3", "6月15日"],
    ],
]

TICKS: Page = [
    "2026年吉林省研修任务分工表",
    [
        ["阶段", "时间", "任务", "学员", "坊主", "专家"],
        [Merged("研修", down=2), Merged("3月1日-6月30日", down=2), "选学40学时", "√", "√", ""],
        ["听评课5节", "√", "", "√"],
        ["总结", "7月1日-10日", "交总结1篇", "√", "", ""],
    ],
]

NO_ROLE: Page = [
    "2026年天津市新任教师研修任务一览",
    [
        ["研修阶段", "时间", "研修内容", "数量要求"],
        ["线上", "7月上旬至7月底", "选学；研讨", "40学时\n发帖3条"],
        ["线下", "第3-8周", "跟岗听课", "10节"],
    ],
]

LAYOUTS = {
    "two stages and four roles": (
        TWO_STAGES_FOUR_ROLES,
        """
        网络研修 2026-06-15 2026-08-20
        参训教师 1 选学课程 2026-08-20 不少于60学时
        参训教师 2 提交研修日志2篇 2026-08-15 2篇 不少于500字
        坊主 1 编发简报3期 2026-08-20 3期
        坊主 2 点评作业20份 2026-08-20 20份
        管理员 1 上传方案 2026-08-01
        管理员 2 每周通报1次学情 2026-08-20 1次
        学科专家 1 答疑 2026-08-20 30个问题
        学科专家 2 讲座 2026-08-20
        跟岗实践 2026-09-12 2026-09-13
        参训教师 1 参加跟岗2天 2026-09-13 2天
        坊主 1 参加跟岗2天 2026-09-13 2天
        管理员 1 考勤 2026-09-13
        学科专家 1 听课3节 2026-09-13 3节
        """,
    ),
    "tasks in rows": (
        TASKS_IN_ROWS,
        """
        集中培训 2027-07-10 2027-07-20
        参训教师 1 撰写心得 2027-07-18 不少于800字 1篇
        参训教师 2 整理笔记 2027-07-20 3篇
        班长 1 组织签到 2027-07-20 每日两次
        辅导员 1 组织签到 2027-07-20 每日两次
        返岗实践 2027-09-01 2027-11-30
        参训教师 1 交总结 2027-11-05 2篇
        班长 1 交总结 2027-11-05 2篇
        辅导员 1 交总结 2027-11-05 2篇
        """,
    ),
    "stages in columns": (
        STAGES_IN_COLUMNS,
        """
        自主选学阶段 2026-06-21 2026-06-30
        学员 1 选课4门 2026-06-30 4门
        组长 1 催学 2026-06-30
        组长 2 统计 2026-06-30
        坊主 1 审核选课 2026-06-30
        指导教师 1 听评课6节 2026-06-30 6节
        省级专家 1 开讲座1场 2026-06-30 1场
        项目办 1 建班 2026-06-30
        成果展示阶段 2026-10-17 2026-10-18
        学员 1 展示1节课 2026-10-18 1节
        组长 1 主持 2026-10-18
        坊主 1 推优 2026-10-18
        指导教师 1 点评 2026-10-18
        省级专家 1 总评 2026-10-18
        """,
    ),
    "a table for each role": (
        A_TABLE_FOR_EACH_ROLE,
        """
        启动 2026-05-06 2026-05-20
        参训教师 1 注册 2026-05-20
        参训教师 2 测评 2026-05-20
        坊主 1 建坊 2026-05-20
        实施 2026-05-21 2026-07-10
        参训教师 1 选学40学时 2026-07-10 40学时
        坊主 1 研讨3次 2026-07-10 3次
        坊主 2 编简报2期 2026-07-10 2期
        """,
    ),
    "a table for each stage": (
        A_TABLE_FOR_EACH_STAGE,
        """
        第一阶段网络研修 2026-04-01 2026-04-30
        学员 1 学习30学时 2026-04-28 30学时
        组长 1 督促 2026-04-30
        第二阶段送教 2026-05-09 2026-05-12
        学员 1 听课 2026-05-11
        组长 1 点名 2026-05-12
        """,
    ),
    "roles over the width": (
        ROLES_OVER_THE_WIDTH,
        """
        研修 2026-01-01 2026-06-30
        参训教师 1 听课 2026-05-30 4次
        参训教师 2 写反思 2026-06-30 2次
        坊主 1 组织活动 2026-06-15 3次
        """,
    ),
    "ticks": (
        TICKS,
        """
        研修 2026-03-01 2026-06-30
        学员 1 选学40学时 2026-06-30 40学时
        学员 2 听评课5节 2026-06-30 5节
        坊主 1 选学40学时 2026-06-30 40学时
        专家 1 听评课5节 2026-06-30 5节
        总结 2026-07-01 2026-07-10
        学员 1 交总结1篇 2026-07-10 1篇
        """,
    ),
    "no role": (
        NO_ROLE,
        """
        线上 2026-07-01 2026-07-31
        学员 1 选学 2026-07-31 40学时
        学员 2 研讨 2026-07-31 3条
        线下 2026-08-01 2026-12-31
        学员 1 跟岗听课 2026-12-31 10节
        """,
    ),
}


def written(programme: Programme) -> str:
    """Stage by stage: who has to do what by when, and how much of it."""
    lines = []
    for stage in programme.stages:
        lines.append(f"{stage.name} {stage.starts} {stage.ends}")
        for task in stage.tasks:
            amounts = "".join(f" {amount.text}" for amount in task.amounts)
            due = task.due or stage.ends
            lines.append(f"{task.role} {task.position} {task.title} {due}{amounts}")
    return "\n".join(lines)


def one_programme(document: Document) -> Programme:
    [programme] = document.programmes
    return programme


@pytest.mark.parametrize(("page", "expected"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_layout_gives_one_programme_in_every_format(page: Page, expected: str) -> None:
    documents = {name: read_file(name, make(page)) for name, make in FORMATS.items()}
    read = {name: written(one_programme(document)) for name, document in documents.items()}

    wanted = "\n".join(line.strip() for line in expected.strip().splitlines())
    assert read == dict.fromkeys(FORMATS, wanted)
    codes = {
        tuple(task.code for stage in one_programme(each).stages for task in stage.tasks)
        for each in documents.values()
    }
    assert len(codes) == 1


def doubts(page: Page, make: Callable[[Page], bytes] = FORMATS["a.html"]) -> str:
    return "\n".join(doubt.text for doubt in read_file("a.html", make(page)).doubts)


def test_a_sound_table_raises_no_doubt() -> None:
    assert doubts(TWO_STAGES_FOUR_ROLES) == ""


def test_what_was_assumed_is_a_doubt() -> None:
    assert "暂按“学员”读入" in doubts(NO_ROLE)
    assert "“第3-8周”不是日期" in doubts(NO_ROLE)
    assert "没有写阶段" in doubts(ROLES_OVER_THE_WIDTH)
    assert "“6月下旬”没有写明日子" in doubts(STAGES_IN_COLUMNS)


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

    stage = one_programme(read_file("a.html", FORMATS["a.html"](page))).stages[1]

    assert (stage.starts, stage.ends) == (starts, ends)
    assert doubt in doubts(page)


TIMETABLE = [["日期", "课程", "授课教师", "地点"], ["7月1日", "师德修养专题讲座", "王敏", "报告厅"]]
PLACES = [["市州", "参训教师", "管理员", "合计"], ["长沙", "20", "2", "22"]]
MATTERS = [["事项", "时间"], ["报到", "7月1日"], ["返程", "7月9日"]]


@pytest.mark.parametrize("table", [TIMETABLE, PLACES, MATTERS])
def test_a_timetable_or_a_table_of_places_is_no_programme(table: list[list[str]]) -> None:
    page: Page = ["2026年研修通知", "现将研修有关安排通知如下。", table]

    assert read_file("a.html", FORMATS["a.html"](page)).programmes == ()
