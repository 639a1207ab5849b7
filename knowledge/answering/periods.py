"""The days that a question means: 这个月, 下周, 明天, 9月底前."""

import calendar
import re
from datetime import date, timedelta

from knowledge.chinese.numerals import number_of

MONTH = re.compile(r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})月(?!\d)(?:份)?")
BEFORE = re.compile(
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(?P<day>\d{1,2})[日号]?|(?P<end>底|末)|(?P<begin>初)|份)?(?:之?前|以前)"
)


def period_of(text: str, today: date) -> tuple[date, date] | None:
    """The days that 这个月, 十月, 下周, 今天 mean, seen from today; None where none is named."""
    monday = today - timedelta(days=today.weekday())
    for word, span in (
        ("下个月", _month(today.year + today.month // 12, today.month % 12 + 1)),
        ("下月", _month(today.year + today.month // 12, today.month % 12 + 1)),
        ("个月", _month(today.year, today.month)),
        ("本月", _month(today.year, today.month)),
        ("当月", _month(today.year, today.month)),
        ("下周", (monday + timedelta(days=7), monday + timedelta(days=13))),
        ("周", (monday, monday + timedelta(days=6))),
        ("今天", (today, today)),
        ("明天", (today + timedelta(days=1), today + timedelta(days=1))),
    ):
        if word in text:
            return span
    if hit := MONTH.search(text):
        number = int(number_of(hit["number"]) or 0)
        if 1 <= number <= 12:
            return _month(today.year + (number < today.month - 6), number)
    return None


def last_day_of(text: str, today: date) -> date | None:
    """The day that 9月底前, 10月16日前 mean: what is due until then is asked for."""
    hit = BEFORE.search(text)
    number = int(number_of(hit["month"]) or 0) if hit else 0
    if not hit or not 1 <= number <= 12:
        return None
    first, last = _month(today.year + (number < today.month - 6), number)
    if hit["day"] and 1 <= int(hit["day"]) <= last.day:
        return first.replace(day=int(hit["day"]))
    if hit["end"]:
        return last
    return first.replace(day=10) if hit["begin"] else first - timedelta(days=1)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
