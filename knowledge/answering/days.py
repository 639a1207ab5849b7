"""The days a passage tells: those that are dates of something, and which end of a span."""

import re

from knowledge.answering.passages import dates_of
from knowledge.chinese.dates import DateMention

_SAYS_WHO = re.compile(
    r"(?:及?[以之][来后前]|后|前|[以之]后至今)[^，。；]{0,4}(?:出生|新?任职|入职|参加工作|聘用|招聘|毕业|生[,，。）)])|以来"
    r"|出生"
)
_COUNTED_FROM = re.compile(r"[前后提晚]$")


def days_told(text: str, *, who: bool = False) -> list[DateMention]:
    """The dates of a text but those that say who is meant: 2024年9月1日以来新任职的, and those
    that count from something else: 开班前15日. `who`: those are asked for."""
    return [
        date
        for date in dates_of(text)
        if (who or not _SAYS_WHO.match(text, date.stop))
        and (
            date.first.month or not _COUNTED_FROM.search(text[max(0, date.begin - 2) : date.begin])
        )
    ]


def edge_told(edge: str, words: str) -> float:
    """How plainly a date tells the asked end of a span: 截至5日, 5日前; 5日至8日 by half."""
    dates = dates_of(words) if edge else ()
    if edge == "span":
        return float(any(date.first != date.last for date in dates))
    told = {"end": "前", "start": "起"}.get(edge)
    if any(date.relation == told for date in dates):
        return 1.0
    return 0.5 if any(date.first != date.last for date in dates) else 0.0


def is_other_edge(edge: str, words: str) -> bool:
    """Whether it tells the other end only: 5日前 says nothing of the beginning."""
    dates = dates_of(words) if edge else ()
    if edge == "span":
        return bool(dates) and all(date.first == date.last for date in dates)
    other = {"end": "起", "start": "前"}.get(edge)
    return bool(dates) and all(date.first == date.last and date.relation == other for date in dates)
