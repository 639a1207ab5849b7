"""Notices asked for by their number: 教师厅2号文, 黔教师函〔2022〕47号是什么通知."""

import re
from collections.abc import Iterable, Iterator

from knowledge.answering.wording import cited
from knowledge.chinese.normal import normal, simplified
from knowledge.documents import Document
from knowledge.sources import Source

_NUMBER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{0,8}?)[〔\[(]?(?P<year>20\d{2})?年?[〕\])]?第?(?P<number>\d{1,4})号(?:文件|文|通知|函)?"
)
_ASKING = re.compile(
    r"请问|[这那]个|这份|是|的|了|说|讲|啥|什么|关于|内容|哪个?|哪份|哪年|通知|文件|文|主要|有|吗|呢|意思|题目|标题|名称|全称|叫|找|查|一下|看|[?？。,，\s]"
)


def sources_in(documents: Iterable[Document]) -> tuple[Source, ...]:
    """Each notice with a number once, whether it was read or only quoted by an entry."""
    found: dict[str, Source] = {}
    for source in _sources(documents):
        if source.number:
            found.setdefault(normal(source.number), source)
    return tuple(found.values())


def _sources(documents: Iterable[Document]) -> Iterator[Source]:
    for document in documents:
        for notice in document.notices:
            yield Source(notice.title, notice.number, issued=notice.issued)
        for entry in document.entries:
            yield Source(entry.source.title, entry.source.number, issued=entry.source.issued)


def asked_by_number(text: str, sources: Iterable[Source]) -> tuple[str, tuple[Source, ...]] | None:
    """What the notices of that number are called; None where something else is asked.

    `text` is in normal form.
    """
    hit = _NUMBER.search(text)
    if not hit or _ASKING.sub("", text.replace(hit[0], "")):
        return None
    office, digits = _ASKING.sub("", hit["office"]), hit["number"]
    if not (office or hit["year"] or "号文" in hit[0]):
        return None  # 8号: a day
    found = tuple(each for each in sources if _is_meant(each, office, hit["year"], digits))
    if not found:
        return None
    lines = [f"{simplified(each.number)}是《{simplified(each.title)}》。" for each in found]
    return "\n".join([*lines, *map(cited, found)]), found


def _is_meant(source: Source, office: str, year: str | None, digits: str) -> bool:
    number = normal(source.number)
    return (
        bool(re.search(rf"(?<!\d){digits}号", number))
        and (not year or year in number)
        and office in number
    )
