"""What an amount comes to when a later notice says only by how much it changes: 15人, 退回4人."""

import re
from dataclasses import dataclass

from knowledge.answering.amendments.deltas import Delta, deltas_in
from knowledge.answering.amendments.same_thing import is_said_of
from knowledge.answering.coverage import clause_around
from knowledge.answering.passages import Passage, amounts_of
from knowledge.chinese.amounts import FoundAmount
from knowledge.chinese.normal import normal
from knowledge.chinese.numerals import number_of

ONE_SENTENCE = 100  # characters: what a longer text says elsewhere is not of this amount
_PLACES = re.compile(r"(?:[^\W\d_]{1,8}?(?:族|土家族苗族))?自治[州县旗]|[市州县区盟旗省]$")
_KINDS_OF_LAND = "市州县区盟旗省"
_PLACE = re.compile(
    r"[^\W\d_为对将从给向在由班期批段、和及与的各]{2,8}?(?:自治[州县旗]|[市州县区盟旗](?![属级直]))"
)
_REASON = re.compile(
    r"(?:因|由于|鉴于|为了?)[^，,]*?(?=名额|人数|$)|^[^，,]*?的(?=[^，,]{2,8}[市州县区])"
)
_GENERIC = re.compile(
    r"名额|人数|指标|学时|课时|天数|次数|份数|篇数|计划数?|规模|参训|学员|教师|合计|小计|总[计数]?|标准|各|均|分别|再|共|统一|相应|学科|其中"
    r"|[(（][^)）]*[)）]|[为对将把从给：:、,，和及与的班\s]"
)
_PLACES_WITHIN = re.compile(r"[^\W\d_]{0,8}?自治[州县旗]")
_FRAME = re.compile(
    r"时间|阶段|安排|每[人天班期月年次县校]|每|共计|不[少低多高]于|不超过|完成|执行|全[省市]"
)
_OF_PEOPLE = re.compile(r"人(?!次)|名|位|个$|个(?:名额|指标|人)")
_NUMBER = re.compile(
    r"(?:\d[\d,]*(?:\.\d+)?|[一二三四五六七八九十两])[一二三四五六七八九十百千万亿两零]*"
)


@dataclass(frozen=True, slots=True)
class Total:
    """A new amount; "" where an old one is changed, and it cannot be told to what."""

    text: str = ""
    value: float = 0.0
    said: str = ""  # 退回4人, 调入2人


UNCLEAR = Total()


def total(passage: Passage, begin: int, text: str) -> Total | None:
    """What the amount at passage.text[begin:] comes to by the changes that `text` tells.

    None where they do not concern it.
    """
    old = next((each for each in amounts_of(passage.text) if each.begin == begin), None)
    if old is None or len(old.values) != 1:
        return None
    found = [
        (delta, certain)
        for delta in deltas_in(text)
        if _same_unit(delta.unit, old.unit)
        for certain in [_is_of(delta, passage, old)]
        if certain is not None
    ]
    if not found:
        return None
    shift = sum(delta.shift or 0.0 for delta, _ in found)
    value = old.values[0] + shift
    if not all(certain and delta.shift for delta, certain in found) or value <= 0 or not shift:
        return UNCLEAR
    new = _with_number(old, value)
    return Total(new, value, "、".join(delta.said for delta, _ in found)) if new else UNCLEAR


def concerns(delta_text: str, passage: Passage) -> bool:
    """Whether a passage shows an amount that the changes of a text are about."""
    return any(
        total(passage, amount.begin, delta_text) is not None for amount in amounts_of(passage.text)
    )


def _is_of(delta: Delta, passage: Passage, old: FoundAmount) -> bool | None:
    """Whether the change is of this amount; False where it may be; None where it is not."""
    if delta.since is not None:
        said = normal(f"{passage.label} {passage.text} {passage.context}")
        named = not _rest(delta.of) or _says(_rest(delta.of), said)
        return True if named and delta.since == old.values[0] else None
    if passage.kind == "row":
        return _is_of_cell(delta, passage, old) if _names(delta.of, passage.label) else None
    start, end = clause_around(passage.text, old.begin, old.stop)
    before = [each.stop for each in amounts_of(passage.text) if start < each.stop <= old.begin]
    said, piece = passage.text[max([start, *before]) : old.begin], passage.text[start:end]
    rest = _rest(delta.of)
    if places := _PLACE.findall(_REASON.sub("", normal(delta.of))):
        if any(_names(said, place) for place in places):
            return not _is_of_more(said, f"{rest}{''.join(places)}")
        if _PLACE.search(normal(said)):
            return None
        return False if any(_names(piece, place) for place in places) else None
    if not rest or not _says(rest, normal(f"{passage.label} {passage.text}")):
        return None
    if not _says(rest, normal(f"{passage.label} {piece}")):
        return False if len(passage.text) <= ONE_SENTENCE else None
    return not before and not _is_of_more(said, rest)


def _is_of_more(said: str, known: str) -> bool:
    """集中研修期间请假(不超过2天) is of more than 集中研修."""
    left = _FRAME.sub("", _GENERIC.sub("", _PLACES_WITHIN.sub("", normal(said))))
    return sum(letter not in known for letter in left) > 1


def _is_of_cell(delta: Delta, passage: Passage, old: FoundAmount) -> bool | None:
    """In a row that is named: by the head of the column."""
    heads = {
        each.begin: _head(passage.text, each.begin)
        for each in amounts_of(passage.text)
        if _same_unit(each.unit, old.unit)
    }
    own = heads[old.begin]
    about = normal(delta.about)
    named = {head for head in heads.values() if len(head) > 1 and head in about}
    if own in named:
        return True
    rest = _rest(_without(delta.about, passage.label))
    here = not rest or _says(rest, normal(f"{passage.text} {passage.context} {passage.around}"))
    if own:
        return None if named or not here else False
    if len(named) > 1:
        return False
    return bool(named or here) and sum(not head for head in heads.values()) == 1


def _head(row: str, begin: int) -> str:
    """英语 of 英语：16名; "" of 名额（人） and 合计."""
    cell = row[row.rfind("；", 0, begin) + 1 : begin]
    return _GENERIC.sub("", normal(cell.partition("：")[0]))


def _names(said: str, label: str) -> bool:
    """怒江州 is named by 怒江傈僳族自治州; 大理市 is not by 大理州."""
    said, label = normal(said), normal(label)
    stem = _PLACES.sub("", label)
    if stem == label:
        stem = _GENERIC.sub("", label)
    if len(stem) < 2:
        return False
    kind = label[-1] if label[-1] in _KINDS_OF_LAND else ""
    for hit in re.finditer(re.escape(stem), said):
        behind = re.match(r"[^\W\d_]{0,8}?自治[州县旗]|[市州县区盟旗省]", said[hit.end() :])
        if not (kind and behind) or behind[0][-1] == kind:
            return True
    return False


def _without(of: str, label: str) -> str:
    label = normal(label)
    return normal(of).replace(label, "").replace(_GENERIC.sub("", label) or label, "")


def _rest(of: str) -> str:
    """What else than places is named: 初中物理 of 初中物理班为松原市、梅河口市各."""
    return _GENERIC.sub("", _PLACE.sub("", _REASON.sub("", normal(of))))


def _says(rest: str, said: str) -> bool:
    return is_said_of(rest, said) if len(rest) > 1 else rest in said


def _same_unit(one: str, other: str) -> bool:
    """人, 名, 个名额; 元 and 元/天: the rate is said of the old value, or of both."""
    if _OF_PEOPLE.match(one) and _OF_PEOPLE.match(other):
        return True
    mine, theirs = one.removeprefix("个").split("/"), other.removeprefix("个").split("/")
    if {mine[0], theirs[0]} <= {"天", "日"} or {mine[0], theirs[0]} <= {"学时", "课时"}:
        return True
    return mine[0] == theirs[0] and (len(mine) == 1 or len(theirs) == 1 or mine == theirs)


def _with_number(old: FoundAmount, value: float) -> str:
    """不少于60学时 and 10 more: 不少于70学时."""
    for hit in _NUMBER.finditer(old.text):
        if number_of(hit[0]) == old.values[0]:
            number = str(int(value)) if value.is_integer() else f"{value:g}"
            return f"{old.text[: hit.start()]}{number}{old.text[hit.end() :]}"
    return ""
