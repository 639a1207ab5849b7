"""By how much a clause changes an amount: 怒江州退回4人，调剂给大理州2人, 伙食标准提高20元."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from knowledge.answering.passages import amounts_of
from knowledge.chinese.amounts import FoundAmount
from knowledge.chinese.numerals import folded

_MORE = "增加|增补|追加|调增|核增|增拨|提高|上调|上浮|延长"
_LESS = "减少|调减|核减|退回|收回|下调|降低|缩短|压减|压缩"
# 增加名额2个 changes an amount; 增加户外自主游戏1次 tells of something new.
_THING = (
    r"[^，。；：,;:\d]{0,24}?(?:名额|人数|指标|计划数?|规模|学员|参训教师|教师|学时|课时|学分"
    r"|天数|次数|份数|篇数|标准|经费|补助|时间|时长|各|分别)"
)
_SHIFT = re.compile(rf"(?P<verb>{_MORE}|{_LESS})(?P<thing>了?|{_THING})$")
_BEHIND = re.compile(
    r"\s*(?:$|[，,。；;、（()）!！]|后[，,]|的?(?:名额|指标)|学员|参训教师|用于|调剂|划给)"
)
_TURNED = re.compile(
    r"[至到为成](?=[^，。；,;]{0,12}\d)|[由从]\d"
)  # 由10天增加到12天 tells the sum
# What may be done, is done to who fails, or is done for each of something else, changes nothing.
_ONLY_IF = re.compile(
    r"可(?!克)|最多|至多|不|如(?![下皋东])|若(?![羌尔])|拟|(?<!相)应|须|必须|原则|酌情|适当|所在|次年|下一?年|今后"
    r"|凡|每次?$"
)
_GIVES = re.compile(  # 2个语文名额调剂给, 2个名额给
    r"[^，。；：,;:\d]{0,10}?(?P<give>(?:全部|统一|相应|均|再|分别)*(?:(?:调剂|划拨|划转|调整|划|转)?给|调剂[到至]))"
)
_GIVES_THEN = re.compile(  # 4人，全部调剂给
    r"(?:的?(?:名额|指标))?[，,](?:调[减出]|退回|收回|核减|空出)?(?:的?(?:名额|指标|部分))?"
    r"(?P<give>(?:全部|统一|相应|均|再|分别)*(?:(?:调剂|划拨|划转|调整|划|转)给|调剂[到至]))"
)
_FREED = re.compile(r"(?:减少|调减|退回|收回|核减|调出|空出)的$")  # 减少的2名调剂给恩施州
_GIVER = re.compile(r"(?:将|把|从)(?P<who>[^，。；,;\d]{2,16}?)(?:的|退回的|调剂|划拨|调出)?$")
_ON_TOP = re.compile(
    r"在(?=.*基础上)|原(?:[有定来]|通知|计划)?|(?:不[少低]于)?\d+\w(?=.*基础上)|的?基础上"
)
_EACH = re.compile(r"[各均](?:自)?$")
_END = re.compile(r"[，,。；;]")
_LISTED = re.compile(r"[、和及与]")
_RECEIVED = "调入"


@dataclass(frozen=True, slots=True)
class Delta:
    """One amount by which something grows or shrinks."""

    of: str  # what is said before the amount: 衡阳市英语学科; of a receiver its name only
    about: str  # the same, of a receiver with that of the giver: a subject is named once for both
    shift: float | None  # None where it cannot be told whose part it is
    unit: str
    said: str  # 退回4人
    begin: int  # the amount in the text
    stop: int
    each: bool = False  # 小学语文、小学数学各1名
    since: float | None = None  # 在原通知300名的基础上: what was there before


@lru_cache(maxsize=4096)
def deltas_in(text: str) -> tuple[Delta, ...]:
    """In the order of the text; absolute new values (增加到12天, 减至3份) are none."""
    return tuple(_deltas(text, folded(text), amounts_of(text)))


def is_delta(text: str, begin: int) -> bool:
    """Whether the amount at text[begin:] is such a change, or what it adds to; no new value."""
    found = deltas_in(text)
    if found and any(each.begin == begin and _is_ground(text, each) for each in amounts_of(text)):
        return True
    return any(delta.begin <= begin < delta.stop for delta in found)


def _is_ground(text: str, amount: FoundAmount) -> bool:
    """在原有4篇教学反思的基础上."""
    return bool(re.match(r"[^，。；,;\d]{0,12}基础上", text[amount.stop :]))


def _deltas(text: str, plain: str, amounts: Sequence[FoundAmount]) -> Iterator[Delta]:
    since, ground = 0, None
    left = False  # something was given up before, and it was not said who gets it
    for amount in amounts:
        if amount.begin < since:
            continue
        found = _shift(plain, amount, since) or _given(plain, amount)
        if found is None:
            ground = amount.values[0] if _is_ground(plain, amount) else None
            continue
        found, ground = replace(found, since=ground), None
        yield found
        received = _received(plain, found, amounts, left=left)
        yield from received
        left = (found.shift or 0) < 0 and not received
        since = max([found.stop, *(each.stop for each in received)])


def _shift(plain: str, amount: FoundAmount, since: int) -> Delta | None:
    """退回名额4人, 各增加2个名额."""
    start = max(since, *(plain.rfind(mark, 0, amount.begin) + 1 for mark in "。；;"))
    lead = plain[start : amount.begin]
    piece = _END.split(lead)[-1]
    hit = _last_shift(piece)
    if hit is None or len(amount.values) != 1 or amount.bound or "%" in amount.unit:
        return None
    before = piece[: hit.start()]
    if not _BEHIND.match(plain, amount.stop) or _TURNED.search(
        plain[amount.stop : amount.stop + 4]
    ):
        return None
    earlier = _END.split(lead)[:-1]
    if _ONLY_IF.search(before + hit["thing"]) or (earlier and earlier[-1].endswith(("的", "者"))):
        return None
    if _TURNED.search(before + hit["thing"]):
        return None
    sign = 1 if re.fullmatch(_MORE, hit["verb"]) else -1
    each = bool(_EACH.search(before) or _EACH.search(hit["thing"]) or "分别" in piece)
    shared = bool(_LISTED.search(before)) and not each
    mixed = "分别" in piece
    value = None if shared or mixed else sign * amount.values[0]
    unit, inner = _plain_unit(amount.unit)
    about = f"{_ON_TOP.sub('', before)}{hit['thing']}{inner}"
    of = about if about.strip("各均再共了") else f"{lead[: -len(piece)]}{about}"
    said = f"{hit['verb']}{plain[amount.begin : amount.stop]}"
    return Delta(of, of, value, unit, said, amount.begin, amount.stop, each)


def _plain_unit(unit: str) -> tuple[str, str]:
    """2个语文名额 are 2 places, of 语文."""
    hit = re.fullmatch(r"个(.+)(名额|指标)", unit)
    return (f"个{hit[2]}", hit[1]) if hit else (unit, "")


def _last_shift(piece: str) -> re.Match[str] | None:
    """The last word of change that leads right to the end of the piece."""
    starts = [hit.start() for hit in re.finditer(rf"{_MORE}|{_LESS}", piece)]
    hits = (_SHIFT.match(piece, start) for start in reversed(starts))
    return next((hit for hit in hits if hit), None)


def _given(plain: str, amount: FoundAmount) -> Delta | None:
    """将怒江州4个名额调剂给大理州."""
    give = _GIVES.match(plain, amount.stop)
    start = max(plain.rfind(mark, 0, amount.begin) + 1 for mark in "。；;，,")
    lead = plain[start : amount.begin]
    if not give or len(amount.values) != 1 or amount.bound:
        return None
    if _FREED.search(lead):  # who gave it was told before
        about = plain[max(plain.rfind(mark, 0, start) + 1 for mark in "。；;") : start]
        unit, _ = _plain_unit(amount.unit)
        return Delta("", about, -amount.values[0], unit, "", amount.begin, amount.stop)
    hit = _GIVER.search(lead)
    if hit is None:
        return None
    said = f"调出{plain[amount.begin : amount.stop]}"
    unit, inner = _plain_unit(amount.unit)
    who = hit["who"] + inner + plain[amount.stop : give.start("give")]
    value = None if _LISTED.search(who) else -amount.values[0]
    return Delta(who, who, value, unit, said, amount.begin, amount.stop)


def _received(
    plain: str, given: Delta, amounts: Sequence[FoundAmount], *, left: bool
) -> list[Delta]:
    """调剂给大理州2人、保山市2人: what one place gives, others get."""
    end = re.search(r"[。；;]", plain[given.stop :])
    stop = given.stop + end.start() if end else len(plain)
    give = _GIVES.match(plain, given.stop, stop) or _GIVES_THEN.match(plain, given.stop, stop)
    if give is None or (given.shift or 0) > 0:
        return []
    begin = give.end("give")
    inside = [each for each in amounts if begin <= each.begin and each.stop <= stop]
    if not inside:
        who = _END.split(plain[begin:stop])[0]
        alone = given.shift is not None and not left and not _LISTED.search(who)
        value = -(given.shift or 0.0) if alone else None
        number = plain[given.begin : given.stop]
        return [
            replace(
                given, of=who, about=given.about + who, shift=value, said=f"{_RECEIVED}{number}"
            )
        ]
    return list(_shared_out(plain, given, begin, inside))


def _shared_out(
    plain: str, given: Delta, begin: int, amounts: Sequence[FoundAmount]
) -> Iterator[Delta]:
    for amount in amounts:
        who = plain[begin : amount.begin].strip("、，,和及与")
        begin = amount.stop
        if who.startswith("其"):
            return
        each = bool(_EACH.search(who))
        unclear = (_LISTED.search(who) and not each) or len(amount.values) != 1
        yield replace(
            given,
            of=who,
            about=given.about + who,
            shift=None if unclear else amount.values[0],
            unit=_plain_unit(amount.unit)[0],
            said=f"{_RECEIVED}{plain[amount.begin : amount.stop]}",
            begin=amount.begin,
            stop=amount.stop,
            each=each,
        )
