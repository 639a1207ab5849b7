"""Which hours are asked for: 早上几点 is not told by 14:00至20:00, 每天几点 by no 报到."""

import re

from knowledge.answering.kinds import Asked
from knowledge.answering.passages import clocks_of
from knowledge.chinese.numerals import number_of

_HOUR = re.compile(
    r"(?P<half>上午|下午|早上|早晨|中午|晚上|傍晚|凌晨|[早晚])?\s*(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:[:：]|点|时)"
)
_LATER = {"下午", "晚上", "傍晚", "晚"}
_HALVES = {"早": (0, 12), "晚": (17, 25)}  # of 24 hours
_ARRIVING = re.compile(r"报到")
_DAILY = re.compile(r"每[天日晚早]|天天|作息|[上每]课")


def is_other_hour(asked: Asked, text: str) -> bool:
    """Whether the passage tells the hours of another part of the day, or of one day only."""
    if asked.daily and not _DAILY.search(text) and _is_of_one_day(text):
        return True
    if asked.half not in _HALVES:
        return False
    begins, ends = _HALVES[asked.half]
    return not any(
        begins <= hour < ends for clock in clocks_of(text) for hour in _hours(clock.text)
    )


def _is_of_one_day(text: str) -> bool:
    """6月8日14:00至18:00报到, 5月10日17:00前完成."""
    clocks = clocks_of(text)
    dated = all(re.search(r"\d[日号][^，。；]{0,2}$", text[: clock.begin]) for clock in clocks)
    return bool(_ARRIVING.search(text)) or dated


def _hours(words: str) -> list[float]:
    """8.0 of 上午8点; 下午2点 is 14."""
    found: list[float] = []
    half = ""
    for hit in _HOUR.finditer(words):
        half = hit["half"] or half
        hour = number_of(hit["hour"]) or 0.0
        found.append(hour + 12 if half in _LATER and hour < 12 else hour)
    return found
