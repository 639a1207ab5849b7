"""A headed item that is a question: to an answered entry or an open question."""

import hashlib
import re
from dataclasses import replace

from knowledge.chinese.normal import normal
from knowledge.chinese.numerals import folded
from knowledge.chinese.regions import canonical, province_in
from knowledge.entries import Entry, OpenQuestion
from knowledge.notices import Notice
from knowledge.reading.answers import replaced, tells, without_advertising
from knowledge.reading.blocks import Paragraph
from knowledge.reading.heads import years_in
from knowledge.reading.items import Item
from knowledge.reading.watermarks import without_watermark
from knowledge.sources import Scope, Source

_VERDICT = re.compile(
    r"(?:不?(?:是|算|属于|可以|能|用|需要|必须|行)|有|没有|对)算?的?[,。!、\s]|不?(?:是|算|属于)的?算?的$"
)


def entry_or_question(
    item: Item, page: Notice | None = None, *, section: str = "", region: str = ""
) -> Entry | OpenQuestion:
    """An entry where somebody answered, else the question that is still open.

    `page` is cited where there is one, else the question is; `section` is where it stands there.
    """
    printed = [block.text for block in item.body if isinstance(block, Paragraph)]
    texts = without_advertising(printed)
    if not tells(texts):
        return OpenQuestion(item.heading, "\n".join(texts), item.line)
    answer = "\n".join(map(without_watermark, _verdict_first(texts)))
    source = Source(page.title, page.number, issued=page.issued) if page else Source(item.heading)
    own = f"{page.number or page.title} {item.heading}" if page else item.heading
    return Entry(
        id=f"q-{hashlib.sha256(normal(own).encode()).hexdigest()[:12]}",
        question=item.heading,
        answer=answer,
        source=replace(source, section=item.mark or section, text="\n".join(texts)),
        scope=scope_of(item.heading, page, region),
        replaces=replaced(answer),
    )


def scope_of(question: str, page: Notice | None = None, region: str = "") -> Scope:
    """Province and year that the question names, else those of its page, else the region."""
    of_page = page.province if page else canonical(region)
    issued = (page.issued.year,) if page and page.issued else ()
    provinces = province_in(question) or tuple(filter(None, [of_page]))
    years = years_in(question) or (page.years or issued if page else ())
    return Scope(provinces=frozenset(provinces), years=frozenset(years))


def _verdict_first(texts: list[str]) -> list[str]:
    """是算的 before the grand words that somebody put above it."""
    return sorted(texts, key=lambda text: not _VERDICT.match(folded(text)))
