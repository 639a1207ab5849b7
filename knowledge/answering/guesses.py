"""Figures that a question proposes itself: 是不是8号, 800还是1000, 10.17还是10.27."""

import re
from dataclasses import replace

from knowledge.answering.conditions import Condition, condition_of, is_condition
from knowledge.answering.kinds import Asked
from knowledge.answering.masks import Mask
from knowledge.answering.question_words import COUNTED, PEOPLE, UNITS, Kind

_DIGITS, _SPELT = r"\d+(?:\.\d+)?", r"[一二三四五六七八九十百千两]+"
_UNIT = rf"(?:号|日|%|块|元|个月|{UNITS})"
_DOTTED_DAY = r"(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])(?![\d%元天个万])"
_DAY = r"\d{1,2}月(?:\d{1,2}[日号]?|[上中下]旬|底|初)?"
_GUESS = re.compile(
    rf"{_DOTTED_DAY}|{_DAY}|(?<!第)(?<!\d)(?!(?:19|20)\d{{2}}年)(?!\d\.\d(?![\d%万个]|{UNITS}))(?<!\d\.){_DIGITS}\s*(?:个(?={COUNTED}))?(?P<unit>{_UNIT})?"
    rf"|(?<!第)(?!一个){_SPELT}(?P<measure>{_UNIT})"
)
_DAY_OF_ONES_OWN = re.compile(r"[月号日]")  # 我9月刚入职，要不要参加
_SAID_TO_BE = re.compile(r"(?:是|只|就|才|满|够|要)\s*$")
_OF_PEOPLE = re.compile(rf"(?:(?!的)[\u4e00-\u9fff]){{0,4}}?(?:{PEOPLE})(?!的)")
_DAY_UNITS = {"号", "日", "月"}
_HEADS = {"个", "名", "位"}  # 两个园长 are counted as 人
_MONEY_UNITS = {"元", "块"}


def own_case(mask: Mask, plain: str) -> tuple[Condition, ...]:
    """The figures that an asker says of a case, as in 怀孕7个月能不能延后; they are masked."""
    found: list[Condition] = []
    for hit in _GUESS.finditer(mask.text):
        if not is_condition(plain, *hit.span()):
            continue
        if condition := condition_of(hit[0]):
            found.append(condition)
        if condition or _DAY_OF_ONES_OWN.search(hit[0]):
            mask.blank(*hit.span())
    return tuple(found)


def guessed(asked: Asked, mask: Mask, plain: str = "") -> tuple[Asked, tuple[str, ...]]:
    """What is asked for once the proposed figures are read, and the figures; they are masked.

    `plain` is the whole question: roles may be masked already.
    """
    hits = _without_rates(list(_GUESS.finditer(mask.text)))
    if not hits or asked.kind is Kind.OPEN:
        return (replace(asked, kind=Kind.OPEN) if asked.kind is Kind.CHOICE else asked), ()
    figures = tuple(hit[0].strip() for hit in hits)
    units = [unit for hit in hits if (unit := _unit_of(hit, plain or mask.text))]
    for hit in hits:
        mask.blank(*hit.span())
    return _asked_by(asked, units), figures


def _without_rates(hits: list[re.Match[str]]) -> list[re.Match[str]]:
    """一天是120还是150, 跑一趟行吗: what 一 counts is no figure that is proposed."""
    return [
        hit
        for hit in hits
        if not hit[0].startswith("一") or _SAID_TO_BE.search(hit.string[: hit.start()])
    ]


def _asked_by(asked: Asked, units: list[str]) -> Asked:
    unit = units[-1] if units else ""
    if _DAY_UNITS & set(units):
        return replace(asked, kind=Kind.WHEN)
    if unit in _MONEY_UNITS:
        return replace(asked, kind=Kind.MONEY)
    if unit == "%":
        return replace(asked, kind=Kind.RATIO)
    return replace(asked, kind=Kind.COUNT, unit=unit)


def _unit_of(hit: re.Match[str], plain: str) -> str:
    unit = hit["unit"] or hit["measure"] or _unit_within(hit[0])
    return "人" if unit in _HEADS and _OF_PEOPLE.match(plain, hit.end()) else str(unit)


def _unit_within(guess: str) -> str:
    return "月" if re.search(r"月|\d\.\d", guess) else ""
