"""Schedules whose head takes two rows, names stage and time at once, or what a day became."""

from knowledge.reading.files import read_file
from tests.knowledge.reading.layouts import Cell, Merged, Page, html, one_programme, written


def tasks_in(page: Page) -> str:
    return written(one_programme(read_file("n.html", html(page))))


def test_the_lower_row_of_a_head_says_when_the_stages_are() -> None:
    table: list[list[Cell]] = [
        [Merged("角色", down=2), Merged("第一阶段", across=2), "第二阶段"],
        ["诊断（4月8日—4月20日）", "指导（4月21日—5月15日）", "改进（5月18日—11月20日）"],
        ["学员", "1.写报告1份。", "1.听课3次。", "1.交案例1篇。"],
        ["导师", "1.审阅报告。", "1.指导3次。", "—"],
    ]

    assert tasks_in(["2026年四川省校长研修任务表", table]).splitlines()[:3] == [
        "诊断 2026-04-08 2026-04-20",
        "学员 1 写报告1份 2026-04-20 1份",
        "导师 1 审阅报告 2026-04-20",
    ]


def test_one_column_may_hold_stage_and_time_and_a_title_stand_over_all() -> None:
    table: list[list[Cell]] = [
        [Merged("2026年浙江省名师研修任务表", across=3)],
        ["阶段时间", "培养对象", "指导专家"],
        ["3月1日—4月30日\n集中研修", "1.参加研修10天。", "1.开设讲座1场。"],
    ]

    assert tasks_in([table]).splitlines()[:2] == [
        "集中研修 2026-03-01 2026-04-30",
        "培养对象 1 参加研修10天 2026-04-30 10天",
    ]


def test_a_day_counts_as_it_was_changed_and_a_clause_names_no_stage() -> None:
    table: list[list[Cell]] = [
        [Merged("任务", down=2), Merged("完成时间", across=2), Merged("责任人", down=2)],
        ["原定", "现调整为"],
        ["研修总结1篇", "9月5日前", "9月20日前", "学员"],
        ["批改作业", "9月10日前", "9月25日前", "辅导教师"],
    ]
    page: Page = [
        "关于调整2025年湖北省研修安排的通知",
        "一、网络研修由8月31日延长至9月15日。",
        table,
    ]

    assert tasks_in(page).splitlines()[1] == "学员 1 研修总结1篇 2025-09-20 1篇"


def test_remark_in_a_head_and_a_heading_that_names_no_training() -> None:
    table: list[list[Cell]] = [
        ["阶段（时间）", "参训学员", "县级管理员"],
        ["训前诊断（6月20日—7月5日）", "填写问卷1份", "激活学员账号"],
        ["返岗实践（9月1日—11月10日）", "上汇报课2节", "入校听课3节"],
    ]
    page: Page = [
        "关于做好2026年陕西省小学骨干教师提升培训工作的通知",
        "三、培训进程与任务",
        "表3 分阶段任务清单",
        table,
    ]
    programme = one_programme(read_file("n.html", html(page)))

    assert programme.title == page[0]
    assert [stage.name for stage in programme.stages] == ["训前诊断", "返岗实践"]
    assert str(programme.stages[0].ends) == "2026-07-05"
