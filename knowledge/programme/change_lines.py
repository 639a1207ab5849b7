"""Changes of a programme in words, a line each: 改期 · 分散研修 学员：提交报告 9月20日→9月25日."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from knowledge.chinese.dates import find_dates
from knowledge.programme.changes import (
    Added,
    Change,
    DueAdded,
    DueDropped,
    Moved,
    Remeasured,
    Removed,
    Restaged,
    Retitled,
    Reworded,
    StageMoved,
    StageRenamed,
)
from knowledge.programme.values import Amount, Stage, Task, due_of

_MANY = 5
_BY = re.compile("（按[^（）]*调整）")  # said where a later notice moved the day


def change_lines(changes: Sequence[Change]) -> list[str]:
    """What only follows from a stage's new days is counted there, not listed; new words without
    new figures are counted where they are many."""
    staged = {change.stage for change in changes if isinstance(change, StageMoved)}
    following = [
        change
        for change in changes
        if isinstance(change, Moved) and change.stage in staged and change.task.due is None
    ]
    moved = {change.task.code for change in changes if isinstance(change, Moved)}
    changes = [change for change in changes if not _says_only_its_day(change, moved)]
    reworded = [change for change in changes if isinstance(change, Reworded)]
    counted = reworded if len(reworded) > _MANY else []
    lines = []
    for change in changes:
        if change not in following and change not in counted:
            after = [each for each in following if each.stage == _stage(change)]
            lines.append(line_of(change, len(after)))
    return lines + ([f"改说明 · {len(counted)}项任务的文字"] if counted else [])


def line_of(change: Change, following: int = 0) -> str:
    match change:
        case Added(task, stage):
            return f"新增 · {_place(task, stage)}（{_day(due_of(task, stage))}前）"
        case Removed(task, stage):
            return f"删除 · {_place(task, stage)}"
        case StageMoved(stage, starts, ends):
            days = f"{_span(starts, ends)}→{_span(stage.starts, stage.ends)}"
            more = f"（{following}项任务随之改期）" if following else ""
            return f"阶段改期 · {stage.name} {days}{more}"
        case StageRenamed(stage, old_name):
            return f"阶段改名 · {old_name}→{stage.name}"
        case Moved() | DueAdded() | DueDropped():
            return _due_line(change)
        case _:
            return _edit_line(change)


def _due_line(change: Moved | DueAdded | DueDropped) -> str:
    place = _place(change.task, change.stage)
    match change:
        case Moved(old_due=old, new_due=new):
            return f"改期 · {place} {_from_to(old, new)}"
        case DueAdded(due=due):
            return f"新增截止 · {place} {_day(due)}"
        case DueDropped(due=due):
            return f"取消截止 · {place} {_day(due)}"


def _edit_line(change: Retitled | Remeasured | Reworded | Restaged) -> str:
    task, stage = change.task, change.stage
    match change:
        case Retitled(old_title=title):
            return f"改标题 · {stage.name} {task.role}：{title}→{task.title}"
        case Remeasured(old=old):
            return f"改数量 · {_place(task, stage)} {_said(old)}→{_said(task.amounts)}"
        case Restaged(old_stage=old_stage):
            return f"换阶段 · {task.role}：{task.title} {old_stage.name}→{stage.name}"
        case Reworded():
            return f"改说明 · {_place(task, stage)}"


def _says_only_its_day(change: Change, moved: Collection[str]) -> bool:
    if not isinstance(change, Reworded) or change.task.code not in moved:
        return False
    return _without_days(change.old_detail) == _without_days(change.task.detail)


def _without_days(text: str) -> str:
    text = _BY.sub("", text)
    for day in reversed(find_dates(text)):
        text = text[: day.begin] + text[day.stop :]
    return text


def _stage(change: Change) -> Stage | None:
    return change.stage if isinstance(change, StageMoved) else None


def _place(task: Task, stage: Stage) -> str:
    return f"{stage.name} {task.role}：{task.title}"


def _said(amounts: Sequence[Amount]) -> str:
    return "、".join(amount.text or f"{amount.value:g}{amount.unit}" for amount in amounts) or "无"


def _from_to(old: date, new: date) -> str:
    if old.year == new.year:
        return f"{_day(old)}→{_day(new)}"
    return f"{old.year}年{_day(old)}→{new.year}年{_day(new)}"


def _span(starts: date, ends: date) -> str:
    return _day(starts) if starts == ends else f"{_day(starts)}至{_day(ends)}"


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def counts(stages: Sequence[Stage]) -> Iterator[str]:
    """分散研修 7月21日至9月30日：18项任务 — for a programme that is new as a whole."""
    for stage in stages:
        yield f"{stage.name} {_span(stage.starts, stage.ends)}：{len(stage.tasks)}项任务"
