"""Numbers that open a line of a notice: 一、 （一） 1. 1.1 （1） a) ① 第三条 附件2."""

import re
import unicodedata
from dataclasses import dataclass

from knowledge.chinese.numerals import folded, number_of
from knowledge.reading.blocks import Paragraph

_CN = r"[一二三四五六七八九十百]{1,4}"
_DAY = r"(?=\d{1,2}月\d|(?:19|20)\d{2}年)"  # 3.8月10日前 is an item that begins with a day
_NAMED = r"(?=\s*[^\W\d_a-zA-Z万千百亿元个天]{2}|\s+\d{4}年)"  # what 1.1 stands before, 1.5万元 not
_STEMS = "甲乙丙丁戊己庚辛壬癸"
BARE = "1 "  # 1 参训条件: only what follows it tells it from running text
_FAMILIES = tuple(  # from the outermost to the innermost; the order ranks them
    (name, re.compile(pattern))
    for name, pattern in (
        ("附件", rf"附\s*[件表录]\s*(?P<value>\d{{1,2}}|{_CN})?\s*[:.、]?(?=\s|$|[^\d的中所为下])"),
        ("编", rf"第(?P<value>{_CN}|\d{{1,2}})[编篇部](?:分)?(?=[\s:、])"),
        ("章", rf"第(?P<value>{_CN}|\d{{1,2}})章"),
        ("节", rf"第(?P<value>{_CN}|\d{{1,2}})节(?=[\s:、])"),
        ("条", rf"第(?P<value>{_CN}|\d{{1,3}})条"),
        (
            "壹、",
            r"(?!陆[续军地]|拾遗)(?P<formal>[壹贰叁肆伍陆柒捌玖拾]{1,2})(?:\s*[、.]|\s+|(?=[\u4e00-\u9fff]{2,10}$))",
        ),
        (
            "甲、",
            rf"(?P<stem>[{_STEMS}])(?:[、.]\s*|\s+|(?![方班组等类级])(?=[\u4e00-\u9fff]{{3,14}}$))",
        ),
        ("一、", rf"(?P<value>{_CN})\s*(?:、|\.(?!\d))"),
        ("【一】", rf"[【〔\[](?P<value>{_CN})[】〕\]]"),
        ("（一）", rf"\((?P<value>{_CN})\)[、.]?|(?P<mark>[㈠-㈩])"),
        (
            BARE,
            r"(?P<value>\d{1,2})\s+(?=[\u4e00-\u9fff]{2}[\u4e00-\u9fff、和与及]{0,18}(?:\([^()]{1,16}\))?$)",
        ),
        ("1.", rf"(?P<value>\d{{1,2}})\s*(?:\.(?![\d./-])|\.{_DAY}|、)"),
        ("1.1", rf"\d{{1,2}}\.(?P<value>\d{{1,2}})(?!\.\d)[.、]?{_NAMED}"),
        ("1.1.1", rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,2}}\.(?P<value>\d{{1,2}})[.、]?{_NAMED}"),
        ("（1）", r"\((?P<value>\d{1,2})\)[、.]?|(?P<mark>[⑴-⒇])"),
        ("1)", r"(?P<value>\d{1,2})\)"),
        ("a)", r"\(?(?P<letter>[a-z])[).、](?=\s*[\u4e00-\u9fff]{2})"),
        ("①", r"(?P<mark>[①-⑳])[、.]?"),
    )
)
_LATIN = re.compile(  # what they stand below differs from office to office
    r"[(（]?(?:(?P<roman>[Ⅰ-Ⅻ]|[IVX]{1,4})\s*[.、．:：)）]|(?P<capital>[A-HＡ-Ｈ])\s*[.、．)）])"
    r"\s*(?=[\u4e00-\u9fff“《])"
)
ROMAN, CAPITAL = "Ⅰ", "A."
RANKS: dict[str, float] = {name: rank for rank, (name, _) in enumerate(_FAMILIES)}
RANKS |= {ROMAN: RANKS["（一）"] - 0.5, CAPITAL: RANKS["a)"] - 0.5}
_FULL_STOP = re.compile(r"^(\d{1,2})．(?!\d+(?:万|%|个百分点))")  # 3．45号文 is item 3
_LONGEST = 40  # characters in which a number and what follows it can be told
_FORMAL = "壹贰叁肆伍陆柒捌玖拾"
_FIRST_MARKS = "㈠⑴①"
_STAND_IN = "内容"  # some numbers are known by the words after them
_UNKNOWN_FAMILY = "①"  # a number of Word in digits that we do not know


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line taken apart: （一）加强管理 -> number （一）, rest 加强管理."""

    family: str
    number: str  # as printed
    value: int
    rest: str


def numbered(text: str) -> Numbered | None:
    """The number that opens the line, if one does."""
    stripped = text.strip()
    if latin := _LATIN.match(stripped):
        return _latin(latin, stripped)
    plain = folded(_FULL_STOP.sub(r"\1、", stripped[:_LONGEST]))
    for family, pattern in _FAMILIES:
        match = pattern.match(plain)
        if match and (value := _value(match)) is not None:
            return Numbered(
                family, stripped[: match.end()].strip(), value, stripped[match.end() :].strip()
            )
    return None


def _latin(match: re.Match[str], text: str) -> Numbered:
    capital = match["capital"]
    value = ord(unicodedata.normalize("NFKC", capital)) - ord("A") + 1 if capital else 0
    value = value or _of_roman(unicodedata.normalize("NFKC", match["roman"]))
    family = CAPITAL if capital else ROMAN
    return Numbered(family, match[0].strip(), value, text[match.end() :].strip())


def _of_roman(number: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in number]
    following = [*values[1:], 0]
    return sum(
        -value if value < after else value for value, after in zip(values, following, strict=True)
    )


def opening_of(paragraph: Paragraph) -> Numbered | None:
    """The number that opens the paragraph: counted by the format, or read from the text."""
    printed = paragraph.number
    if not printed:
        return numbered(paragraph.text)
    rest = paragraph.text.removeprefix(printed).strip()
    shape = f"{printed}." if printed.isdecimal() else printed
    known = numbered(f"{shape}{_STAND_IN}")
    family, value = (known.family, known.value) if known else (_UNKNOWN_FAMILY, 1)
    return Numbered(family, printed, value, rest)


def _value(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    if mark := groups.get("mark"):
        return next(
            ord(mark) - ord(first) + 1
            for first in sorted(_FIRST_MARKS, reverse=True)
            if ord(mark) >= ord(first)
        )
    if formal := groups.get("formal"):
        tens = 10 * (len(formal) - 1)  # 拾壹 is 11
        return tens + _FORMAL.index(formal[-1]) + 1
    if stem := groups.get("stem"):
        return _STEMS.index(stem) + 1
    if letter := groups.get("letter"):
        return ord(letter) - ord("a") + 1
    if not groups.get("value"):
        return 0 if match.re.pattern.startswith("附") else None
    value = number_of(groups["value"])
    return None if value is None else int(value)
