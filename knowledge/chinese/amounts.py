"""Amounts in running text: 不少于800字, 4-6个月, 50%左右, 1:30, 每人每天280元, 八百字."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.chinese.numerals import DASHES, folded, number_of
from knowledge.chinese.units import unit_after

_ARABIC = r"\d+(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?"
_CHINESE = r"[一二三四五六七八九两][一二三四五六七八九两十百千万亿零〇]*|十[一二三四五六七八九]?|半"
_NUMBER = rf"(?:(?:{_ARABIC})[百千万亿]*|{_CHINESE})"
_SPAN = rf"(?P<low>{_NUMBER})(?:\s*[{DASHES}至到]+\s*(?P<high>{_NUMBER}))?"
_PLAIN = re.compile(rf"(?<![\d.A-Za-z_/])(?P<ordinal>第)?{_SPAN}")
_PERCENT = re.compile(
    rf"(?<![\d.])(?P<low>{_ARABIC})%?(?:\s*[{DASHES}至到]+\s*(?P<high>{_ARABIC}))?\s*%"
    rf"|百分之(?P<chinese>{_CHINESE})"
)
_RATIO = re.compile(r"(?<![\d.:A-Za-z])(?P<low>\d+)\s*[:比∶]\s*(?P<high>\d+)(?![\d.:])")
_FRACTION = re.compile(
    r"(?<![\d./-])(?P<low>\d+)/(?P<high>\d+)(?![\d./-])"
    rf"|(?P<below>{_CHINESE})分之(?P<above>{_CHINESE})"
)
_BOUND_BEFORE = re.compile(
    r"(不得?(?:少于|低于|高于|多于|超过|大于|小于)|至少|最少|最多|至多|最低|最高"
    r"|超过|大于|小于|达到|不足|大约|约|近(?!期)|≥|≤|>=|<=|>|<)[^\d,。;、]{0,4}?$"
)
_BOUND_AFTER = re.compile(r"\s*(?:\(含\))?(以上|以下|以内|左右|上下|之内|内(?![容部涵外心]))")
_RATE_BEFORE = re.compile(
    r"(?:(?:每[人天日年次期班篇节门月周学期县坊晚餐间生校场课组]|人均)[、,]?)+$"
)
_CLOCK_BEFORE = re.compile(r"(?:上午|下午|晚上|晚|早上|中午|凌晨|[日号)]|星期.|周.)\s*$")
# 一 in these is no amount: 第一, 统一, 唯一, 某一节, 每一次, 星期一
_ONE_AFTER = re.compile(
    r"(?:[统唯单万同某逐另其专这那之划整如]|(?<![担兼专])任|每(?!人)|星期|(?<!每)周)$"
)
_NO_AMOUNT = re.compile(
    r"十分(?!钟)|万分|一次性|一[一些般定旦直切样体律起致线同道并向再味边面]|八项规定|两会|五[一四]节"
)


@dataclass(frozen=True, slots=True)
class FoundAmount:
    """`values` are one figure, the two ends of a span (4-6个月) or the two sides of a ratio."""

    values: tuple[float, ...]
    unit: str  # in normal form: 字, 个月, 个问题, 元/天, %, 比例, 分之
    bound: str  # 不少于, 以上, 左右, 第 … "" where the figure stands alone
    text: str  # as printed, with bound and unit
    begin: int
    stop: int


def find_amounts(text: str) -> list[FoundAmount]:
    """Every figure with a unit, in the order of the text; dates, clock times, 文号 are none."""
    plain = folded(text)
    found: list[FoundAmount] = []
    for amount in sorted(_candidates(plain, text), key=lambda each: (each.begin, -each.stop)):
        if not found or amount.begin >= found[-1].stop:
            found.append(amount)
    return found


def _candidates(plain: str, text: str) -> Iterator[FoundAmount]:
    taken = bytearray(len(plain))
    for match in _NO_AMOUNT.finditer(plain):
        _take(match.span(), taken)
    for pattern, read in ((_PERCENT, _percent), (_RATIO, _ratio), (_FRACTION, _fraction)):
        for match in pattern.finditer(plain):
            values = read(plain, match)
            if values and not _overlaps(match.span(), taken):
                _take(match.span(), taken)
                unit = {_PERCENT: "%", _RATIO: "比例"}.get(pattern, "分之")
                yield _amount(plain, text, match.span(), values, unit)
    for match in _PLAIN.finditer(plain):
        if not _overlaps(match.span(), taken):
            yield from _counted(plain, text, match)


def _take(span: tuple[int, int], taken: bytearray) -> None:
    begin, stop = span
    taken[begin:stop] = b"\1" * (stop - begin)


def _overlaps(span: tuple[int, int], taken: bytearray) -> bool:
    return any(taken[span[0] : span[1]])


def _values(*numerals: str | None) -> tuple[float, ...]:
    numbers = (number_of(numeral) for numeral in numerals if numeral)
    return tuple(number for number in numbers if number is not None)


def _percent(plain: str, match: re.Match[str]) -> tuple[float, ...]:
    return _values(match["low"] or match["chinese"], match["high"])


def _ratio(plain: str, match: re.Match[str]) -> tuple[float, ...]:
    """8:30 is a time, 1:30 a ratio: only ratios start at 1 or have a side that no clock shows."""
    after_clock = _CLOCK_BEFORE.search(plain[max(0, match.start() - 4) : match.start()])
    low, high = match["low"], match["high"]
    clock_like = len(high) == 2 and int(high) < 60 and 1 < int(low) < 25
    return () if after_clock or clock_like else _values(low, high)


def _fraction(plain: str, match: re.Match[str]) -> tuple[float, ...]:
    above, below = _values(match["low"] or match["above"], match["high"] or match["below"])
    return (above / below,) if below and above < below else ()


def _counted(plain: str, text: str, match: re.Match[str]) -> Iterator[FoundAmount]:
    arabic = match["low"][0].isdigit()
    unit, stop = unit_after(plain, match.end(), strict=not arabic)
    if not unit or not (_arabic_counts(match, unit) if arabic else _chinese_counts(plain, match)):
        return
    values = _values(match["low"], match["high"])
    if values:
        yield _amount(plain, text, (match.start(), stop), values, unit, match)


def _arabic_counts(match: re.Match[str], unit: str) -> bool:
    year = re.fullmatch(r"(?:19|20)\d{2}", match["low"]) and unit.startswith("年")
    return not (year or unit == "月")


def _chinese_counts(plain: str, match: re.Match[str]) -> bool:
    numeral = match["low"]
    before = plain[max(0, match.start() - 2) : match.start()]
    listed = len(numeral) > 1 and not set(numeral) & set("十百千万亿")  # 五一, 三八: no figure
    return not (match["ordinal"] or listed or _ONE_AFTER.search(before))


def _amount(
    plain: str,
    text: str,
    span: tuple[int, int],
    values: tuple[float, ...],
    unit: str,
    match: re.Match[str] | None = None,
) -> FoundAmount:
    begin, stop = span
    bound = "第" if match and match["ordinal"] else ""
    if before := _BOUND_BEFORE.search(plain[max(0, begin - 10) : begin]):
        begin -= len(before[0])
        bound = before[1]
    elif rate := _RATE_BEFORE.search(plain[max(0, begin - 10) : begin]):
        begin -= len(rate[0])
    if after := _BOUND_AFTER.match(plain, stop):
        stop, bound = after.end(), bound or after[1]
    return FoundAmount(values, unit, bound, text[begin:stop], begin, stop)
