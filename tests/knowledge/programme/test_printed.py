"""Tasks as they stand in the cells of a table."""

import pytest

from knowledge.notices import Table
from knowledge.programme.printed import tasks_of_cell
from knowledge.programme.tables import table_plan


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("1.听课2节。2.写札记1篇。3.9月8日前交教案。", ["听课2节", "写札记1篇", "交教案"]),
        ("1.听课2节；\n2.2025年1月9日前交总结，1份。", ["听课2节", "交总结"]),
        ("1.听课；\n2.5分钟试讲，1次。", ["听课", "5分钟试讲"]),
        ("1.听课。每次 2.5小时。", ["听课"]),
        ("2.5小时线上学习，自选。", ["2.5小时线上学习"]),
        ("①听课；②评课。", ["听课", "评课"]),
        ("（1）听课。（2）评课。", ["听课", "评课"]),
        ("1.交案例1份，9月8日21:00前交。2.报到：14:00前。", ["交案例1份", "报到"]),
    ],
)
def test_items_are_told_from_days_times_and_amounts(cell: str, titles: list[str]) -> None:
    tasks = tasks_of_cell(cell)

    assert [task.title for task in tasks] == titles
    assert [task.position for task in tasks] == list(range(1, len(titles) + 1))


def test_a_day_that_a_task_begins_with_stays_in_its_detail() -> None:
    [task] = tasks_of_cell("9月8日前交教案，2份。")

    assert (task.title, task.detail) == ("交教案", "9月8日前交教案，2份。")


def test_rows_of_one_stage_are_one_stage() -> None:
    row = ("5月6日―5月20日", "跟岗")
    rows = ((*row, "1.听课。\n2.评课。", "巡访。"), (*row, "写小结。", "—"))
    plan = table_plan(Table(("时间", "阶段", "学员", "班主任"), rows), "安排表")

    assert plan is not None
    [stage] = plan.stages
    assert (stage.name, stage.when) == ("跟岗", "5月6日―5月20日")
    tasks = dict(stage.lists)
    assert [(task.position, task.title) for task in tasks["学员"]] == [
        (1, "听课"),
        (2, "评课"),
        (3, "写小结"),
    ]
    assert [task.title for task in tasks["班主任"]] == ["巡访"]


def test_column_of_stages_with_their_times_may_say_so_in_brackets() -> None:
    rows = (
        ("启动\n（5月6日—5月9日）", "填问卷。", "建群。"),
        ("跟岗\n（8天）", "写日志2篇。", "巡访。"),
    )
    plan = table_plan(Table(("阶段（时间）", "学员", "班主任"), rows), "安排表")

    assert plan is not None
    assert [stage.name for stage in plan.stages] == ["启动", "跟岗"]


@pytest.mark.parametrize("dash", ["―", "‒", "–", "—", "~", "～", "〜", "-", "－", "至"])
def test_a_stage_in_the_head_of_a_column_has_a_name_and_a_time(dash: str) -> None:
    header = ("角色", f"集中\n（5月6日{dash}5月20日）", f"返岗（2024年11月{dash}2025年4月）")
    rows = (("学员", "1.听课。", "1.上课。"), ("班主任", "1.考勤。", "1.回访。"))
    plan = table_plan(Table(header, rows), "安排表")

    assert plan is not None
    assert [(stage.name, stage.when) for stage in plan.stages] == [
        ("集中", f"5月6日{dash}5月20日"),
        ("返岗", f"2024年11月{dash}2025年4月"),
    ]
