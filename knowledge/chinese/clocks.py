"""Times of the day in running text: 8:30, 上午8点半, 14:30—17:00, 晚上22:00前."""

import re
from dataclasses import dataclass

from knowledge.chinese.numerals import DASHES, folded

_HALF_DAY = r"(?:上午|下午|早上|早晨|中午|晚上|傍晚|凌晨|[早晚])"
_MINUTES = r"(?::\s*[0-5]\d(?!\d)|[点时]\s*(?:半|整|[0-5]?\d分)?)"
_SPELT = r"(?:十[一二]?|[一二两三四五六七八九])点(?:半|整)?"  # 三点要求 is no time, 晚上三点 is one
_TIME = (
    rf"(?:(?:{_HALF_DAY}\s*)?(?<!\d)(?!0?[01]:)(?:[01]?\d|2[0-4])\s*{_MINUTES}"
    rf"|{_HALF_DAY}\s*(?:[01]?\d\s*{_MINUTES}|{_SPELT}))"
)
_CLOCK = re.compile(
    rf"(?<![\d第.])(?<!\d:){_TIME}(?:\s*[{DASHES}至到]+\s*{_TIME})?(?:\s*(?:之前|以前|前(?!往)|之后|以后|后|起))?"
)
_NO_CLOCK = re.compile(r"[点时](?=[间候段长评期刻意建说要原注])|学时|课时|小时")


@dataclass(frozen=True, slots=True)
class ClockTime:
    """One time or span of times, as printed at text[begin:stop]."""

    text: str
    begin: int
    stop: int


def find_clocks(text: str) -> list[ClockTime]:
    """Every time of the day in the order of the text; hours of teaching are none."""
    plain = folded(text)
    return [
        ClockTime(text[hit.start() : hit.end()], hit.start(), hit.end())
        for hit in _CLOCK.finditer(plain)
        if not _NO_CLOCK.match(plain, hit.end() - 1) and not _NO_CLOCK.search(hit[0])
    ]
