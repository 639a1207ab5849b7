"""A stage takes the days that a later notice gives to it as a whole."""

import re
from dataclasses import replace
from datetime import date

from knowledge.notices import Notice
from knowledge.programme.amending_days import explained, may_be, new_days, was
from knowledge.programme.change_sentences import NewDay
from knowledge.programme.values import Programme, Stage

_ENDS = re.compile(r"结束|截止|延长|延期?至")
_BEGINS = re.compile(r"开始|启动")


def with_stage_moved(
    programme: Programme, stage: Stage, move: NewDay, notice: Notice
) -> Programme | None:
    """None where the old day is another, or one day stands for days of which it may be either."""
    found = new_days(move.new, stage.ends)
    days = _days(stage, move, *found) if found else None
    if days is None or days[0] > days[1] or not may_be(move, stage.ends, days[1]):
        return None
    if days == (stage.starts, stage.ends):
        return programme
    when = move.new.text if found == days else f"{_said(days[0])}至{_said(days[1])}"
    moved = replace(stage, starts=days[0], ends=days[1], when=when, reading=explained(move, notice))
    stages = tuple(moved if each is stage else each for each in programme.stages)
    return replace(programme, stages=stages)


def _days(stage: Stage, move: NewDay, first: date, last: date) -> tuple[date, date] | None:
    if (first, last) == (stage.starts, stage.ends):
        return first, last
    if first != last or stage.starts == stage.ends:
        return (first, last) if was(move.old, stage.starts, stage.ends) else None
    if _ENDS.search(move.words.text) and (was(move.old, stage.ends) or last == stage.ends):
        return stage.starts, last
    if _BEGINS.search(move.words.text) and (was(move.old, stage.starts) or first == stage.starts):
        return first, stage.ends
    return None


def _said(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
