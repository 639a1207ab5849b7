"""Whatever stages, roles, tasks and days a table has: all of them are in the programme."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.notices import Table
from knowledge.programme.drafting import drafted
from knowledge.programme.flattened import flattened_plan
from knowledge.programme.printed import PrintedPlan
from knowledge.programme.tables import table_plan
from knowledge.sources import Source

YEAR = 2031
TITLE = f"{YEAR}年教师研修任务安排表"
ROLES = ("参训教师", "学员", "坊主", "管理员", "学科专家", "班主任", "组长", "省级专家")
STAGES = ("网络研修", "跟岗实践", "返岗研修", "集中培训", "总结提升")
TITLES = ("选课", "观课", "提交作业", "写总结", "研讨交流", "听课", "建坊", "审核材料", "编简报")
SPELLINGS: tuple[Callable[[date, date], str], ...] = (
    lambda a, b: f"{a.month}月{a.day}日-{b.month}月{b.day}日",
    lambda a, b: f"{a.year}年{a.month}月{a.day}日至{b.year}年{b.month}月{b.day}日",
    lambda a, b: f"{a.year}.{a.month}.{a.day}—{b.year}.{b.month}.{b.day}",
    lambda a, b: f"{a.year}/{a.month}/{a.day}～{b.year}/{b.month}/{b.day}",
)


@dataclass(frozen=True)
class Period:
    name: str
    starts: date
    ends: date
    when: str
    cells: tuple[tuple[str, ...], ...]  # the tasks of each role


@st.composite
def plans(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[Period, ...]]:
    roles = draw(st.lists(st.sampled_from(ROLES), min_size=2, max_size=6, unique=True))
    names = draw(st.lists(st.sampled_from(STAGES), min_size=1, max_size=4, unique=True))
    cell = st.lists(st.sampled_from(TITLES), min_size=1, max_size=3, unique=True).map(tuple)
    day, stages = date(YEAR, 1, 1), []
    for name in names:
        starts = day + timedelta(days=draw(st.integers(1, 60)))
        ends = starts + timedelta(days=draw(st.integers(1, 50)))
        spell = draw(st.sampled_from(SPELLINGS))
        cells = tuple(draw(cell) for _ in roles)
        stages.append(Period(name, starts, ends, spell(starts, ends), cells))
        day = ends
    return tuple(roles), tuple(stages)


def numbered(tasks: tuple[str, ...]) -> str:
    return " ".join(f"{at}.{title}。" for at, title in enumerate(tasks, 1))


def table_of(*rows: tuple[str, ...]) -> PrintedPlan | None:
    return table_plan(Table(rows[0], rows[1:]), TITLE)


def roles_in_columns(roles: tuple[str, ...], stages: tuple[Period, ...]) -> PrintedPlan | None:
    rows = [(each.when, each.name, *map(numbered, each.cells)) for each in stages]
    return table_of(("时间", "阶段", *roles), *rows)


def stages_in_columns(roles: tuple[str, ...], stages: tuple[Period, ...]) -> PrintedPlan | None:
    header = ("角色", *(f"{each.name}（{each.when}）" for each in stages))
    rows = [
        (role, *("\n".join(each.cells[at]) for each in stages)) for at, role in enumerate(roles)
    ]
    return table_of(header, *rows)


def a_row_for_each_role(roles: tuple[str, ...], stages: tuple[Period, ...]) -> PrintedPlan | None:
    rows = [
        (f"{each.name}\n{each.when}", role, "；".join(cell))
        for each in stages
        for role, cell in zip(roles, each.cells, strict=True)
    ]
    return table_of(("阶段", "责任主体", "主要任务"), *rows)


def a_row_for_each_task(roles: tuple[str, ...], stages: tuple[Period, ...]) -> PrintedPlan | None:
    rows = [
        (role, each.name, each.when, title)
        for at, role in enumerate(roles)
        for each in stages
        for title in each.cells[at]
    ]
    return table_of(("角色", "研修阶段", "起止时间", "任务内容"), *rows)


def one_line(roles: tuple[str, ...], stages: tuple[Period, ...]) -> PrintedPlan | None:
    parts = [f"{each.when} {each.name} {' '.join(map(numbered, each.cells))}" for each in stages]
    return flattened_plan(f"{TITLE} 时间 阶段 任务 {' '.join(roles)} {' '.join(parts)}")


@pytest.mark.parametrize(
    "laid_out",
    [roles_in_columns, stages_in_columns, a_row_for_each_role, a_row_for_each_task, one_line],
)
@settings(max_examples=20, deadline=None)
@given(plans())
def test_no_task_is_lost_and_every_stage_has_its_days(
    laid_out: Callable[..., PrintedPlan | None],
    plan: tuple[tuple[str, ...], tuple[Period, ...]],
) -> None:
    roles, stages = plan
    printed = laid_out(roles, stages)

    assert printed
    draft = drafted(printed, Source(TITLE), province="", years=(YEAR,))

    days = [(stage.name, stage.starts, stage.ends) for stage in draft.programme.stages]
    assert days == [(each.name, each.starts, each.ends) for each in stages]
    for stage, period in zip(draft.programme.stages, stages, strict=True):
        read = {
            role: tuple(task.title for task in stage.tasks if task.role == role) for role in roles
        }
        assert read == dict(zip(roles, period.cells, strict=True))
    codes = [task.code for stage in draft.programme.stages for task in stage.tasks]
    assert len(set(codes)) == len(codes)
    assert draft.doubts == ()
