"""The unit of a bare 多少, where it stands among the other words of the question."""

import re
from dataclasses import replace

from knowledge.answering.kinds import Asked
from knowledge.answering.question_words import UNITS, Kind

AGES = {"年纪", "年龄", "岁数", "周岁"}
_EARNED = re.compile(r"[才就能](?:给|能|会|可以?)?(?:算|计|记|认|有|拿|得|给)(?:到|上|入)?$")
_PIECE = re.compile(r"[,，。;；!！?？]")


def _in_its_piece(masked: str, asked: Asked, terms: tuple[str, ...]) -> tuple[str, ...]:
    """Those beside the question word: 一半不算学时吧，得看够多少 asks for no 学时."""
    begin = min(asked.spans, default=(len(masked), 0))[0]
    piece = _PIECE.split(masked[:begin])[-1] + " " + _PIECE.split(masked[begin:])[0]
    return tuple(term for term in terms if term in piece)


def with_unit(masked: str, asked: Asked, terms: tuple[str, ...]) -> Asked:
    """总学时是90还是80, 几个继续教育学分: the unit stands among the words."""
    if asked.kind is not Kind.COUNT or asked.unit not in ("", "个"):
        return asked
    if any(term in AGES for term in terms):
        return replace(asked, unit="岁")
    said = _in_its_piece(masked, asked, terms) or terms
    units = [term for term in said if len(term) > 1 and term in UNITS.split("|")]
    units = [unit for unit in units if not _EARNED.search(masked.partition(unit)[0])]
    named = {"名额": "名", "人数": "人"}
    return replace(asked, unit=named.get(units[0], units[0])) if units else asked
