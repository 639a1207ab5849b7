"""Programmes inside a text: tables of roles and stages, and lines that were such tables."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.chinese.regions import canonical, province_in
from knowledge.documents import Doubt
from knowledge.notices import Notice
from knowledge.programme.checking import check
from knowledge.programme.columns import lone_text
from knowledge.programme.drafting import drafted
from knowledge.programme.flattened import flattened_plan
from knowledge.programme.printed import PrintedPlan, joined
from knowledge.programme.tables import table_plan
from knowledge.programme.values import Programme
from knowledge.reading.above import NEAR, Above, annex_begun_by
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.heads import years_in
from knowledge.reading.stage_times import with_times
from knowledge.sources import Source

_SHORTEST_FLATTENED = 80

Drafted = tuple[Programme, list[Doubt]]


def in_line(paragraph: Paragraph, region: str, year: int = 0) -> Drafted | None:
    """The programme that a machine flattened into this line."""
    plan = flattened_plan(paragraph.text) if len(paragraph.text) >= _SHORTEST_FLATTENED else None
    if plan is None:
        return None
    return _drafted(plan, Notice(plan.title, province=region), paragraph, "", year)


def in_tables(blocks: Sequence[Block], notice: Notice, year: int = 0) -> list[Drafted]:
    """The programmes in the tables of a notice; tables under one title are one programme."""
    found: dict[tuple[str, str], list[tuple[PrintedPlan, Grid]]] = {}
    title, annex = "", ""
    for at, block in enumerate(blocks):
        match block:
            case Paragraph():
                begun = annex_begun_by(block)
                title, annex = ("", begun) if begun else (title, annex)
            case Grid():
                caption = block.table.caption or lone_text(block.table.header)
                above = Above.of(blocks[max(0, at - NEAR) : at], caption)
                if plan := table_plan(block.table, title, above.around):
                    title = (
                        above.title_of(plan, notice.title)
                        or title
                        or notice.title
                        or above.any_title
                    )
                    plans = found.setdefault((title, annex), [])
                    plans.append((with_times(replace(plan, title=title), blocks), block))
    return [
        _drafted(joined([plan for plan, _ in plans]), notice, plans[0][1], annex, year)
        for (_, annex), plans in found.items()
    ]


def _drafted(plan: PrintedPlan, notice: Notice, block: Block, annex: str, year: int) -> Drafted:
    text = _text_of(block)
    named = (
        province_in(plan.title)
        or tuple(filter(None, [notice.province]))
        or province_in(text)
        or (canonical(notice.province),)
    )
    years = years_in(plan.title) or notice.years
    if not years and notice.issued:
        years = (notice.issued.year,)
    years = years or years_in(" ".join(stage.when for stage in plan.stages))[:1]
    years = years or ((year,) if year else ())
    source = Source(notice.title, notice.number, annex, notice.issued)
    draft = drafted(plan, source, province=canonical(named[0]), years=years)
    doubts = dict.fromkeys((*draft.doubts, *map(str, check(draft.programme))))
    return draft.programme, [Doubt(block.line, doubt) for doubt in doubts]


def _text_of(block: Block) -> str:
    match block:
        case Paragraph():
            return block.text
        case Grid():
            return " ".join(cell for row in block.table.rows for cell in row)
