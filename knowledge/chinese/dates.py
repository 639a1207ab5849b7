"""Dates in running text: 2015年4月7日, 10月17-18日, 7月下旬, 8月15日前, 即日起至10月8日, 次日.

What is not printed is not guessed: a day without a year, or without a month, has no `start` and
`end`, only a `first` and a `last`. Vague ends are taken as follows: 上旬 and 月初 are days 1 to 10,
中旬 and 月中 11 to 20, 下旬 day 21 to the last of the month, 月底 and 月末 the last day (as a
start: the 21st), a month alone the whole month. Where an end lies before its start because of a
printed year, the next year in which it does not is taken, and `reading` says so.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.chinese.numerals import DASHES, folded, number_of


@dataclass(frozen=True, slots=True)
class Moment:
    """As much of a day as is printed: 2015年4月7日, 10月17日, 7月下旬, 25号."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""  # 上旬 中旬 下旬 初 中 底

    def days(self) -> tuple[date, date] | None:
        """The first and the last day it can mean; None while year or month is missing."""
        if self.year is None or self.month is None:
            return None
        low, high = _days_of_part(self, calendar.monthrange(self.year, self.month)[1])
        return date(self.year, self.month, low), date(self.year, self.month, high)


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date or span of dates, with the place where it is printed: text[begin:stop]."""

    start: date | None
    end: date | None
    text: str
    begin: int
    stop: int
    first: Moment  # as printed, years inherited
    last: Moment
    relation: str = ""  # 前: until `end` · 起: from `start` on · "": the day or the span itself
    vague: bool = False  # 下旬, 月底, a month without a day
    reading: str = ""  # 原文写2006年1月底，按2016年1月底理解


_NOTHING = Moment()
_COMMON_YEAR = 2001
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ENDS = rf"(?=$|[{DASHES}\s,。;)前起至到])"
_YEAR = (
    r"(?:(?P<year>(?:19|20)\d{2}|[一二][〇零一二三四五六七八九]{3})\s*年"
    r"|(?P<next>次年|翌年|第二年))度?\s*"
)
_DAY = rf"(?P<day>{_N})\s*(?:[日号]|(?=\s*[{DASHES}至到、,]+\s*{_N}\s*[日号])|{_ENDS})"
_PART = rf"(?P<part>[上中下]旬|月?底|末|月初|初|月中|中{_ENDS})"
_WRITTEN = re.compile(rf"(?:{_YEAR})?(?<!\d)(?P<month>{_N})\s*月份?\s*(?:{_DAY}|{_PART})?")
_DOTTED = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.])"
)
_BARE_DAY = re.compile(
    rf"(?<![\d一二三四五六七八九十工作假节生〕\])】第每.:个])(?P<day>{_N})(?:号(?![楼线院门文令机馆室教口厅栋])"
    r"|(?<=\d)日(?!内|间|游|制|均|常|程|元|本|语|报(?!到|名|送)))"
)
_SHORT_RANGE = re.compile(
    r"(?<![\d.])(?P<month>\d{1,2})\.(?P<day>\d{1,2})"
    rf"(?=\s*[{DASHES}至]+\s*\d{{1,2}}\.\d{{1,2}}(?![\d.]))"
)
_SHORT_END = re.compile(r"(?P<month>\d{1,2})\.(?P<day>\d{1,2})(?![\d.])")
_NEXT_DAY = re.compile(r"(?P<nextday>[次翌]日)")  # the day after the one said before it
_LAST_DAY = re.compile(rf"(?P<day>{_N})\s*(?:[日号]|(?=$|[\s,。;)]))|(?P<part>[上中下]旬|月?底|末)")
_JOINT = re.compile(rf"\s*(?:[{DASHES}]+|至|到|、(?=\s*\d{{1,2}}\s*[日号]))\s*(?:当月|同月)?")
_CLOCK = r"\d{1,2}\s*[:时点]\s*(?:\d{2}|半)?分?"
_HALF_DAY = r"\s*(?:上午|下午|晚上|中午|早上|凌晨|早|晚)"
_SUFFIX = re.compile(
    r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
    rf"(?:(?:{_HALF_DAY})?\s*{_CLOCK}(?:\s*[{DASHES}至到]+\s*{_CLOCK})?|{_HALF_DAY})?"
)
_BEFORE = re.compile(r"\s*(?:之前|以前|前(?!后|往|言|期|提(?![交供出前醒报示]))|止|截止)")
_SINCE = re.compile(r"\s*(?:开始|之后|以后|起(?!草)|后(?!期))")
_UNTIL = re.compile(r"(?:即日起?(?:起)?[至到]|截[至止]到?|最迟(?:于|至)?|最晚(?:于)?)$")
_MONTH_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def find_dates(text: str, *, year: int | None = None) -> list[DateMention]:
    """Every date in the order of the text; `year` stands in where no year is printed."""
    plain = folded(text)
    mentions: list[DateMention] = []
    for found in _scan(plain):
        inherited = _year_said_before(mentions, plain, found.begin) or year
        mentions.append(_understood(found, text, inherited))
    return mentions


@dataclass(frozen=True, slots=True)
class _Found:
    begin: int
    stop: int
    first: Moment
    last: Moment
    next_year: bool  # 次年1月
    relation: str


def _scan(plain: str) -> Iterator[_Found]:
    before: _Found | None = None
    for opening in _openings(plain):
        if before and opening.start() < before.stop:
            continue
        if found := _whole(plain, opening, before):
            yield found
            before = found


def _openings(plain: str) -> list[re.Match[str]]:
    """Every place where a date may begin, the longest reading of a place first."""
    patterns = (_WRITTEN, _DOTTED, _SHORT_RANGE, _BARE_DAY, _NEXT_DAY)
    hits = [hit for pattern in patterns for hit in pattern.finditer(plain)]
    return sorted(hits, key=lambda hit: (hit.start(), -hit.end()))


def _whole(plain: str, opening: re.Match[str], before: _Found | None) -> _Found | None:
    said = before and _same_sentence(plain, before.stop, opening.start())
    first = last = _moment(opening, before.last if before and said else None)
    stop, next_year = _past_suffix(plain, opening.end()), False
    joint = _JOINT.match(plain, stop)
    if joint and (closing := _closing(plain, joint.end(), opening)):
        last = _moment(closing, first)
        next_year = bool(_group(closing, "next"))
        stop = _past_suffix(plain, closing.end())
    if first == _NOTHING or not (_possible(first) and _possible(last)):
        return None
    relation, stop, begin = _relation(plain, opening.start(), stop)
    return _Found(begin, stop, first, last, next_year, relation)


def _closing(plain: str, at: int, opening: re.Match[str]) -> re.Match[str] | None:
    patterns = [_DOTTED, _WRITTEN, _NEXT_DAY, _LAST_DAY]
    if opening.re in (_SHORT_RANGE, _DOTTED):
        patterns.insert(1, _SHORT_END)
    hits = (pattern.match(plain, at) for pattern in patterns)
    return next((hit for hit in hits if hit), None)


def _past_suffix(plain: str, at: int) -> int:
    suffix = _SUFFIX.match(plain, at)
    return suffix.end() if suffix else at


def _relation(plain: str, begin: int, stop: int) -> tuple[str, int, int]:
    if after := _BEFORE.match(plain, stop):
        return "前", after.end(), begin
    if until := _UNTIL.search(plain[max(0, begin - 6) : begin]):
        return "前", stop, begin - len(until[0])
    if since := _SINCE.match(plain, stop):
        return "起", since.end(), begin
    return "", stop, begin


def _moment(match: re.Match[str], before: Moment | None = None) -> Moment:
    if _group(match, "nextday"):
        return _day_after(before) if before else _NOTHING
    part = (_group(match, "part") or "").replace("末", "底")
    return Moment(
        _integer(_group(match, "year")),
        _integer(_group(match, "month")),
        _integer(_group(match, "day")),
        part if part.endswith("旬") else part.removeprefix("月"),
    )


def _day_after(moment: Moment) -> Moment:
    if moment.month is None or moment.day is None or not _possible(moment):
        return _NOTHING
    common = date(moment.year or _COMMON_YEAR, moment.month, moment.day) + timedelta(days=1)
    year = moment.year and common.year
    return Moment(year, common.month, common.day)


def _same_sentence(plain: str, begin: int, stop: int) -> bool:
    return not re.search(r"[。\n]", plain[begin:stop])


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _integer(text: str | None) -> int | None:
    value = number_of(text) if text else None
    return None if value is None else int(value)


def _possible(moment: Moment) -> bool:
    month = moment.month if moment.month is not None else 1
    day = moment.day if moment.day is not None else 1
    if not (1 <= month <= 12 and 1 <= day <= _MONTH_LENGTHS[month - 1]):
        return False
    common_year = moment.year is not None and not calendar.isleap(moment.year)
    return not ((month, day) == (2, 29) and common_year)


def _year_said_before(mentions: list[DateMention], plain: str, begin: int) -> int | None:
    """A year printed earlier in the same sentence holds for the dates after it."""
    if not mentions or not _same_sentence(plain, mentions[-1].stop, begin):
        return None
    return mentions[-1].last.year


def _understood(found: _Found, text: str, inherited: int | None) -> DateMention:
    first = replace(found.first, year=found.first.year or inherited)
    last = _completed(found, first)
    last, reading = _sensible(first, last, text[found.begin : found.stop])
    days = last.days()
    single = found.first == found.last
    return DateMention(
        start=None if single and found.relation == "前" else _start_of(first, single=single),
        end=None if single and found.relation == "起" else days and days[1],
        text=text[found.begin : found.stop],
        begin=found.begin,
        stop=found.stop,
        first=first,
        last=last,
        relation=found.relation,
        vague=any(moment.day is None for moment in (first, last)),
        reading=reading,
    )


def _start_of(first: Moment, *, single: bool) -> date | None:
    """月底 alone is the last day; as the start of a span it is the last third."""
    days = first.days()
    if days is None:
        return None
    return days[0].replace(day=21) if first.part == "底" and not single else days[0]


def _completed(found: _Found, first: Moment) -> Moment:
    """The end of a span takes year and month from its start; 11月-1月 runs into the next year."""
    month = found.last.month if found.last.month is not None else first.month
    year = found.last.year
    if year is None and first.year is not None:
        wraps = month is not None and first.month is not None and month < first.month
        year = first.year + (1 if wraps or found.next_year else 0)
    return replace(found.last, year=year, month=month)


def _sensible(first: Moment, last: Moment, printed: str) -> tuple[Moment, str]:
    start, end = first.days(), last.days()
    if not (start and end and end[1] < start[0] and first.year and last.month and first.month):
        return last, ""
    year = first.year + (1 if last.month < first.month else 0)
    meant = replace(last, year=year)
    if year == last.year or not _possible(meant):
        return last, f"原文写{printed}，结束早于开始"
    return meant, f"原文写{_said(last)}，按{_said(meant)}理解"


def _said(moment: Moment) -> str:
    return f"{moment.year}年{moment.month}月" + (f"{moment.day}日" if moment.day else moment.part)


def _days_of_part(moment: Moment, length: int) -> tuple[int, int]:
    if moment.day is not None:
        return min(moment.day, length), min(moment.day, length)
    ends = {"上旬": (1, 10), "初": (1, 10), "中旬": (11, 20), "中": (11, 20)}
    return {**ends, "下旬": (21, length), "底": (length, length)}.get(moment.part, (1, length))
