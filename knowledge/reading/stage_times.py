"""When the stages of a table are, where only the text around it says so."""

import re
from collections.abc import Sequence
from dataclasses import replace

from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import normal
from knowledge.programme.printed import PrintedPlan, PrintedStage
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.numbering import numbered

MOST_OF = 0.6  # of a cell that tells a time: the rest is 至, 2026年 or a remark
_NEAR = 30  # characters behind the name of a stage in which its time stands
_PART = re.compile(r"[。；;]")
_WHICH = re.compile(r"^第[一二三四五六七八九十\d]+(?:个?阶段|环节|步)[:：、,，是为\s]*")
_BETWEEN = re.compile(r"^(?:阶段|环节)?[:：,，、()（）\s]*(?:时间)?[为是:：\s]*")


def with_times(plan: PrintedPlan, blocks: Sequence[Block]) -> PrintedPlan:
    """（一）网络先修：5月6日至26日 gives the column 网络先修 its time; so does a row with both."""
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    lines = [part.strip() for text in texts for part in _PART.split(text) if part.strip()]
    rows = [row for block in blocks if isinstance(block, Grid) for row in block.table.rows]
    stages = tuple(
        stage
        if stage.when
        else replace(stage, when=_time_in_rows(stage, rows) or _time_of(stage, lines))
        for stage in plan.stages
    )
    return replace(plan, stages=stages)


def _time_in_rows(stage: PrintedStage, rows: Sequence[Sequence[str]]) -> str:
    """The cell with nothing but days, in the row that begins with the name of the stage."""
    name = _bare(stage.name)
    for row in rows:
        if name and name in map(_bare, row[:2]):
            for cell in row[1:]:
                days = find_dates(cell, year=2000)
                if days and sum(len(each.text) for each in days) >= MOST_OF * len(cell):
                    return cell
    return ""


def _bare(name: str) -> str:
    opening = numbered(name)
    return normal(_WHICH.sub("", opening.rest if opening else name)).removesuffix("阶段")


def _time_of(stage: PrintedStage, lines: Sequence[str]) -> str:
    name = normal(stage.name).removesuffix("阶段")
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        opening = numbered(line)
        text = _WHICH.sub("", opening.rest if opening else line)
        if name and normal(text).startswith(name):
            said = _BETWEEN.sub("", text[len(name) :]) or following
            first = next(iter(find_dates(said, year=2000)), None)
            if first and first.begin <= _NEAR:
                return first.text
    return ""
