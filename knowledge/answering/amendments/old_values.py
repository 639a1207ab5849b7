"""What a change says was there before: 原定X，改为…, 由X调整为…."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from knowledge.answering.passages import amounts_of, dates_of
from knowledge.chinese.dates import DateMention
from knowledge.chinese.normal import normal

_TURN = (
    r"(?:改[在为到至由成]|调整|变更|更[改换正]|推迟|延[期至后长]|顺延|提前|[增减降升提涨]加?[至到为]"
    r"|提高|降低|放宽|上调|下调|修改|压缩|缩短|扩大)"
)
_OLD = re.compile(
    rf"(?:原(?:定|为|计划|安排|来)?[于在为]?|由)(?P<old>[^。；;]{{2,60}}?)[，,]?(?:现|统一)?{_TURN}"
)
_KIND_OF_PLACE = re.compile(r"(?:师范)?(?:大学|学院)|(?:实验)?[中小]学|学校|酒店|宾馆|校区|幼儿园")
LONG_ENOUGH = 4  # letters in a row that tell a name


def replaced_in(text: str) -> tuple[str, ...]:
    """The old values that a change names, as printed."""
    return tuple(hit["old"] for hit in _OLD.finditer(text))


def stands_in(old: str, text: str) -> bool:
    """Whether a text says the old value: the same day or amount, or else the same name."""
    if days := dates_of(old):
        return bool(_ends(days) & _ends(dates_of(text)))
    if amounts := amounts_of(old):
        said = {amount.values for amount in amounts_of(text)}
        return any(amount.values in said for amount in amounts)
    name, plain = _KIND_OF_PLACE.sub("", normal(old)), normal(text)
    match = SequenceMatcher(None, name, plain, autojunk=False)
    return match.find_longest_match().size >= min(LONG_ENOUGH, len(name))


def _ends(days: Sequence[DateMention]) -> set[tuple[int | None, int | None]]:
    """The first and the last day of every span; years are often left out."""
    return {(end.month, end.day) for each in days for end in (each.first, each.last)}
