"""A task takes the day or the amount that a later notice gives to it, or is called off."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from knowledge.chinese.amounts import FoundAmount
from knowledge.chinese.dates import find_dates
from knowledge.notices import Notice
from knowledge.programme.amending_days import explained, may_be, new_days, was
from knowledge.programme.change_sentences import NewAmount, NewDay
from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.naming import Placed
from knowledge.programme.values import Amount, Programme, Task, due_of


def with_due(
    programme: Programme, placed: Placed, move: NewDay, notice: Notice
) -> Programme | None:
    """None where the old day is another, or one of several, or the new one can hardly be meant."""
    stage, task = placed
    due = due_of(task, stage)
    found = new_days(move.new, due)
    if found and found[1] == due:
        return programme
    if found is None or not was(move.old, due) or not may_be(move, due, found[1]):
        return None
    if len(deadlines_of(task, stage)) > 1:
        return None
    changed = replace(
        task,
        due=found[1],
        due_text=f"{move.new.text}（{explained(move, notice)}）",
        detail=_by(notice, _with_day(task.detail, due, found[1])),
    )
    return _with(programme, task, [changed])


def with_amount(
    programme: Programme, placed: Placed, change: NewAmount, notice: Notice
) -> Programme | None:
    """None where the old amount is another, or stands in more than one place."""
    _, task = placed
    new, old = change.new, change.old
    if len(new.values) > 1 or (old and len(old.values) > 1):
        return None
    alike = [one for one in task.amounts if one.unit == new.unit]
    if old:
        alike = [one for one in alike if one.value == old.values[0]] or [
            one for one in alike if one.value == new.values[0]
        ]
    if len(alike) != 1:
        return None
    if alike[0].value == new.values[0]:
        return programme
    return _with_amount_instead(programme, task, alike[0], new, notice)


def _with_amount_instead(
    programme: Programme, task: Task, old: Amount, new: FoundAmount, notice: Notice
) -> Programme | None:
    text = new.text
    if old.bound and not new.bound:  # 不少于1500字 becomes 1200字: still 不少于
        text = re.sub(r"\d+(?:\.\d+)?", f"{new.values[0]:g}", old.text)
    amount = Amount(new.values[0], new.unit, text, new.bound or old.bound)
    if f"{task.title}{task.detail}".count(old.text) != 1:
        return None
    changed = replace(
        task,
        title=task.title.replace(old.text, text),
        detail=_by(notice, task.detail.replace(old.text, text)),
        amounts=tuple(amount if one is old else one for one in task.amounts),
    )
    return _with(programme, task, [changed])


def without(programme: Programme, tasks: Sequence[Task]) -> Programme:
    for task in tasks:
        programme = _with(programme, task, [])
    return programme


def _with(programme: Programme, task: Task, instead: list[Task]) -> Programme:
    stages = []
    for stage in programme.stages:
        tasks = [each for one in stage.tasks for each in (instead if one is task else [one])]
        stages.append(replace(stage, tasks=tuple(tasks)))
    return replace(programme, stages=tuple(stages))


def _by(notice: Notice, detail: str) -> str:
    """Who reads the words hears that they are not those of the first notice."""
    said = f"（按{notice.number or notice.title}调整）"
    return detail if said in detail else f"{detail}{said}"


def _with_day(detail: str, old: date, new: date) -> str:
    """12月10日前提交 says the new day: two of them would make readers wonder."""
    for day in reversed(find_dates(detail, year=old.year)):
        if day.end == old and day.start in (None, old) and not day.vague:
            before = "前" if day.relation == "前" else ""
            detail = f"{detail[: day.begin]}{new.month}月{new.day}日{before}{detail[day.stop :]}"
    return detail
