"""A question as it was understood: kind, scope, and the words a passage has to cover."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from knowledge.answering.framing import word_set
from knowledge.answering.kinds import FIGURE_KINDS, UNITS, Asked, Kind, asked_besides, asked_for
from knowledge.answering.roles import Roles
from knowledge.chinese.normal import normal
from knowledge.chinese.regions import province_in
from knowledge.chinese.words import Cutter

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:年度?|(?=国培|省培|[^\d.\-/%个字元人名学]))")
_GUESS = re.compile(
    rf"(?:(?:0?[1-9]|1[0-2])\.(?:0?[1-9]|[12]\d|3[01])(?![\d%{UNITS[-1]}])|\d{{1,2}}月(?:\d{{1,2}}[日号]?|[上中下]旬|底|初)?|(?:\d+(?:\.\d+)?|[一二三四五六七八九十百千两]+)\s*"
    rf"(?P<unit>号|日|%|块|元|个月|{UNITS})?)"
)
_ORDINAL = re.compile(r"第$")
_LINGERING = re.compile(r"([啊呀呢哦哈嘛急吧嗯呜啦！!？?~])\1+")
_BLANK = "\u0020"


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is in normal form, after repair. `terms` are what it is about, without its frame."""

    text: str
    asked: Asked
    terms: tuple[str, ...]
    besides: tuple[Asked, ...] = ()  # what else a double question asks for
    provinces: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    stressed: tuple[str, ...] = ()  # the new words of a turn that goes on with a subject
    guesses: tuple[str, ...] = ()  # figures the asker proposes: 是不是8号, 800还是1000
    bare: str = ""  # the text without its scope, for carrying the subject on

    def with_scope_of(self, other: "Question") -> "Question":
        """The same question with the scope that `other` names, its own where it names none."""
        return replace(
            self,
            provinces=other.provinces or self.provinces,
            years=other.years or self.years,
            roles=other.roles or self.roles,
            stages=other.stages or self.stages,
        )


class QuestionReader:
    def __init__(self, cutter: Cutter, roles: Roles, stages: Iterable[str]) -> None:
        self._cutter = cutter
        self._roles = roles
        self._stages = sorted(set(stages), key=len, reverse=True)

    def read(self, text: str) -> Question:
        plain = _LINGERING.sub(r"\1", normal(text))
        masked, bare = list(plain), list(plain)
        for hit in _phrases().finditer(plain):
            _blank(masked, *hit.span())
        provinces = province_in(plain)
        for name in _place_names(plain, provinces):
            _blank(masked, *name)
            _blank(bare, *name)
        years = []
        for hit in _YEAR.finditer(plain):
            years.append(int(hit[1]))
            _blank(masked, *hit.span())
            _blank(bare, *hit.span())
        roles = self._roles.mentions(plain)
        for mention in roles:
            _blank(masked, mention.begin, mention.stop)
            _blank(bare, mention.begin, mention.stop)
        stages = self._stages_in(plain)
        for begin, stop in stages.values():
            _blank(masked, begin, stop)
        asked = asked_for("".join(masked))
        besides = asked_besides("".join(masked), asked) if asked.kind in FIGURE_KINDS else ()
        for span in asked.spans:
            _blank(masked, *span)
        guesses: tuple[str, ...] = ()
        if asked.kind in (Kind.WHETHER, Kind.OPEN, Kind.CHOICE):
            asked, guesses = _guessed(asked, masked)
        terms = self._terms("".join(masked), asked)
        return Question(
            text=plain,
            asked=_with_unit(asked, terms),
            terms=terms,
            besides=besides,
            provinces=provinces,
            years=tuple(dict.fromkeys(years)),
            roles=tuple(dict.fromkeys(mention.role for mention in roles)),
            stages=tuple(stages),
            guesses=guesses,
            bare="".join(bare).strip(),
        )

    def _stages_in(self, plain: str) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        taken = list(plain)
        for name in self._stages:
            for form in _stage_forms(name):
                at = "".join(taken).find(form)
                if at >= 0:
                    found[name] = (at, at + len(form))
                    _blank(taken, *found[name])
                    break
        return found

    def _terms(self, masked: str, asked: Asked) -> tuple[str, ...]:
        skip = word_set("framing") | (word_set("dating") if asked.kind is Kind.WHEN else set())
        terms = tuple(dict.fromkeys(self._cutter.words(masked, skip=skip)))
        if not terms and len(asked.unit) > 1:
            return (asked.unit,)
        return terms


def _with_unit(asked: Asked, terms: tuple[str, ...]) -> Asked:
    """总学时是90还是80: the unit stands among the words."""
    if asked.kind is not Kind.COUNT or asked.unit:
        return asked
    units = [term for term in terms if len(term) > 1 and term in UNITS.split("|")]
    return (
        replace(asked, unit={"名额": "名", "人数": "人"}.get(units[0], units[0]))
        if units
        else asked
    )


@cache
def _phrases() -> re.Pattern[str]:
    """The framing words that a cutter would tear apart: 在线等, 不好意思."""
    long = sorted((word for word in word_set("framing") if len(word) > 2), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, long)))


def _guessed(asked: Asked, masked: list[str]) -> tuple[Asked, tuple[str, ...]]:
    """是不是8号 and 800还是1000 ask for a figure and propose one; the proposal is no term."""
    hits = [
        hit
        for hit in _GUESS.finditer("".join(masked))
        if not _ORDINAL.search(hit.string, 0, hit.start())
    ]
    if not hits or asked.kind is Kind.OPEN:
        return (replace(asked, kind=Kind.OPEN) if asked.kind is Kind.CHOICE else asked), ()
    for hit in hits:
        _blank(masked, *hit.span())
    units = [hit["unit"] or _unit_within(hit[0]) for hit in hits]
    units = [unit for unit in units if unit]
    unit = units[-1] if units else ""
    if {"号", "日", "月"} & set(units):
        return replace(asked, kind=Kind.WHEN), tuple(hit[0] for hit in hits)
    kind = Kind.MONEY if unit in ("元", "块") else Kind.RATIO if unit == "%" else Kind.COUNT
    return replace(asked, kind=kind, unit="" if unit in ("元", "块", "%") else unit), tuple(
        hit[0] for hit in hits
    )


def _unit_within(guess: str) -> str:
    return "月" if re.search(r"月|\d\.\d", guess) else ""


def _stage_forms(name: str) -> tuple[str, ...]:
    """集中研修 is also called 集中阶段 and 集中研修阶段."""
    plain = normal(name)
    short = plain.removesuffix("阶段").removesuffix("研修").removesuffix("培训")
    forms = [f"{plain}阶段", plain]
    if len(short) >= 2 and short != plain:
        forms += [f"{short}{tail}" for tail in ("阶段", "的时候", "期间", "期", "那", "时")]
    return tuple(forms)


def _place_names(plain: str, provinces: tuple[str, ...]) -> list[tuple[int, int]]:
    spans = []
    for province in provinces:
        for hit in re.finditer(rf"{province}(?:省|市|自治区|[^\W\d_]{{1,3}}自治区)?", plain):
            spans.append(hit.span())
    return spans


def _blank(characters: list[str], begin: int, stop: int) -> None:
    characters[begin:stop] = _BLANK * (stop - begin)
