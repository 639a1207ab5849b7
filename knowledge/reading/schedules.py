"""Programmes inside a text: tables of roles and stages, and lines that were such tables."""


from knowledge.chinese.regions import canonical, province_in
from knowledge.documents import Doubt
from knowledge.programme.drafting import Draft, drafted
from knowledge.programme.flattened import flattened_plan
from knowledge.programme.values import Programme
from knowledge.reading.blocks import Paragraph
from knowledge.reading.heads import years_in
from knowledge.sources import Source

_SHORTEST_FLATTENED = 80


def in_line(paragraph: Paragraph, region: str) -> tuple[Programme, list[Doubt]] | None:
    """The programme that a machine flattened into this line."""
    plan = flattened_plan(paragraph.text) if len(paragraph.text) >= _SHORTEST_FLATTENED else None
    if plan is None:
        return None
    named = province_in(plan.title) or province_in(paragraph.text) or (canonical(region),)
    source = Source(plan.title)
    return _checked(
        drafted(plan, source, province=named[0], years=years_in(plan.title)), paragraph.line
    )


def _checked(draft: Draft, line: int) -> tuple[Programme, list[Doubt]]:
    return draft.programme, [Doubt(line, text) for text in draft.doubts]
