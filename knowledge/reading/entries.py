"""A headed item that is a question: to an answered entry or an open question."""

import hashlib
import re
from dataclasses import replace

from knowledge.chinese.normal import normal
from knowledge.chinese.numerals import folded
from knowledge.chinese.regions import canonical, province_in
from knowledge.entries import Entry, OpenQuestion
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
    item: Item, page: Source | None = None, *, region: str = ""
) -> Entry | OpenQuestion:
    """An entry where somebody answered, else the question that is still open.

    `page` is cited where the page has a title of its own, else the question is.
    """
    printed = [block.text for block in item.body if isinstance(block, Paragraph)]
    texts = without_advertising(printed)
    if not tells(texts):
        return OpenQuestion(item.heading, "\n".join(texts), item.line)
    answer = "\n".join(map(without_watermark, _verdict_first(texts)))
    return Entry(
        id=f"q-{hashlib.sha256(normal(item.heading).encode()).hexdigest()[:12]}",
        question=item.heading,
        answer=answer,
        source=replace(page or Source(item.heading), section=item.mark, text="\n".join(texts)),
        scope=scope_of(item.heading, page.title if page else "", region),
        replaces=replaced(answer),
    )


def scope_of(question: str, page: str = "", region: str = "") -> Scope:
    """Province and year that the question names, else those of its page, else the region."""
    assumed = filter(None, [canonical(region)])
    provinces = province_in(question) or province_in(page) or tuple(assumed)
    years = years_in(question) or years_in(page)
    return Scope(provinces=frozenset(provinces), years=frozenset(years))


def _verdict_first(texts: list[str]) -> list[str]:
    """是算的 before the grand words that somebody put above it."""
    return sorted(texts, key=lambda text: not _VERDICT.match(folded(text)))
