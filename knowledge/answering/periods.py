"""The days that a question means: 这个月, 下周, 明天, 9月底前."""

import calendar
import re
from datetime import date, timedelta

from knowledge.chinese.numerals import number_of

MONTH = re.compile(r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})月(?!\d)(?:份)?")
_MONTHS_AWAY = {"下": 1, "下个": 1, "这": 0, "这个": 0, "本": 0, "当": 0, "": 0}
_DAYS = "一二三四五六日"  # 周天 is said of 周日
BEFORE = re.compile(
    r"(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})|(?<![个\d])(?P<away>下个?|这个?|本|当|(?=月[底末])))月"
    r"(?:(?P<day>\d{1,2})[日号]?|(?P<end>底|末)|(?P<begin>初)|份)?(?:之?前|以前)"
    r"|(?<![\d月第])(?P<alone>[12]?\d|3[01])[号日](?:之?前|以前)"
    r"|(?P<week>下个?|这个?|本)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天末])(?:之?前|以前)"
)
_FROM_NOW_ON = re.compile(r"后[面边续]|往后|剩下的?")


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
    if _FROM_NOW_ON.search(text):
        return today, date.max
    if hit := MONTH.search(text):
        number = int(number_of(hit["number"]) or 0)
        if 1 <= number <= 12:
            return _month(today.year + (number < today.month - 6), number)
    return None


def last_day_of(text: str, today: date) -> date | None:
    """The day that 9月底前, 10月16日前, 月底前, 15号前, 周五前 mean: what is due until then."""
    hit = BEFORE.search(text)
    if not hit:
        return None
    if hit["weekday"]:
        day = _DAYS.find(hit["weekday"].replace("末", "日").replace("天", "日"))
        ahead = 7 if (hit["week"] or "").startswith("下") else 0
        return today + timedelta(days=day + ahead - today.weekday())
    if hit["alone"]:
        return _day_within(_months_on(today, int(hit["alone"]) < today.day), hit["alone"])
    span = _named_month(hit, today)
    if span is None:
        return None
    first, last = span
    if hit["day"]:
        return _day_within(span, hit["day"]) or first - timedelta(days=1)
    if hit["end"]:
        return last
    return first.replace(day=10) if hit["begin"] else first - timedelta(days=1)


def _named_month(hit: re.Match[str], today: date) -> tuple[date, date] | None:
    if not hit["month"]:
        return _months_on(today, _MONTHS_AWAY[hit["away"]])
    number = int(number_of(hit["month"]) or 0)
    return _month(today.year + (number < today.month - 6), number) if 1 <= number <= 12 else None


def _months_on(today: date, number: int) -> tuple[date, date]:
    ahead = today.month - 1 + number
    return _month(today.year + ahead // 12, ahead % 12 + 1)


def _day_within(span: tuple[date, date], day: str) -> date | None:
    first, last = span
    return first.replace(day=int(day)) if 1 <= int(day) <= last.day else None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
