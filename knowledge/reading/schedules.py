"""Programmes inside a text: tables of roles and stages, and lines that were such tables."""

import re
from collections.abc import Sequence

from knowledge.chinese.numerals import folded
from knowledge.chinese.regions import canonical, province_in
from knowledge.documents import Doubt
from knowledge.notices import Notice
from knowledge.programme.drafting import drafted
from knowledge.programme.flattened import flattened_plan
from knowledge.programme.printed import PrintedPlan
from knowledge.programme.tables import table_plan
from knowledge.programme.values import Programme
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.heads import years_in
from knowledge.reading.numbering import numbered, opening_of
from knowledge.sources import Source

_SHORTEST_FLATTENED = 80
_TITLE_ABOVE = 4  # paragraphs above a table in which its title is looked for
_SHORTEST_TITLE = 8  # 任务安排 alone names no programme
_NAMES_A_TRAINING = re.compile(r"研修|培训|进修|计划|项目|工程|(?:19|20)\d{2}")
_TITLE_OF_TABLE = re.compile(r"(?:表|安排|计划|日程|分工|任务|职责|方案)$")

Drafted = tuple[Programme, list[Doubt]]


def in_line(paragraph: Paragraph, region: str) -> Drafted | None:
    """The programme that a machine flattened into this line."""
    plan = flattened_plan(paragraph.text) if len(paragraph.text) >= _SHORTEST_FLATTENED else None
    if plan is None:
        return None
    return _drafted(plan, Notice(plan.title, province=region), paragraph, "")


def in_tables(blocks: Sequence[Block], notice: Notice) -> list[Drafted]:
    """The programmes in the tables of a notice."""
    found = []
    for at, block in enumerate(blocks):
        if isinstance(block, Grid):
            title, annex = _title_above(blocks[:at])
            named = filter(_NAMES_A_TRAINING.search, (block.table.caption, title))
            plan = table_plan(block.table, next(named, notice.title or title))
            if plan:
                found.append(_drafted(plan, notice, block, annex))
    return found


def _drafted(plan: PrintedPlan, notice: Notice, block: Block, annex: str) -> Drafted:
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
    source = Source(notice.title, notice.number, annex, notice.issued)
    draft = drafted(plan, source, province=canonical(named[0]), years=years)
    return draft.programme, [Doubt(block.line, doubt) for doubt in draft.doubts]


def _text_of(block: Block) -> str:
    match block:
        case Paragraph():
            return block.text
        case Grid():
            return " ".join(cell for row in block.table.rows for cell in row)


def _title_above(blocks: Sequence[Block]) -> tuple[str, str]:
    """The title of a table and the annex it stands in, from the lines above it."""
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    annexes = [at for at, each in enumerate(paragraphs) if _is_annex(each)]
    annex = opening_of(paragraphs[annexes[-1]]) if annexes else None
    for paragraph in reversed(paragraphs[-_TITLE_ABOVE:]):
        text = re.sub(r"^附\s*件\s*\d*\s*[:：]?\s*", "", paragraph.text)
        if _SHORTEST_TITLE <= len(text) <= 60 and _TITLE_OF_TABLE.search(folded(text)):
            opening = numbered(text)
            return (opening.rest if opening else text), annex.number if annex else ""
    return "", annex.number if annex else ""


def _is_annex(paragraph: Paragraph) -> bool:
    opening = opening_of(paragraph)
    return bool(opening and opening.family == "附件" and len(paragraph.text) <= 60)
