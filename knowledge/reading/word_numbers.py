"""Automatic numbers of a Word document: they are counted by Word and stand in no text."""

from collections import defaultdict
from dataclasses import dataclass, field

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

_CHINESE = "〇一二三四五六七八九"
_CHINESE_FORMATS = (
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCountingThousand",
    "ideographDigital",
    "taiwaneseCounting",
)
_CIRCLED_FORMATS = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")


@dataclass(frozen=True, slots=True)
class _Level:
    form: str  # decimal, chineseCounting, bullet …
    text: str  # （%1）
    start: int


@dataclass(frozen=True, slots=True)
class _List:
    """Lists of one definition go on counting, but for the levels that one of them restarts."""

    definition: str
    levels: dict[int, _Level]
    restarts: dict[int, int]  # level -> where it starts again


@dataclass
class Numbers:
    """Counts the numbered paragraphs of one document, in their order."""

    _lists: dict[str, _List]
    _counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, document: WordDocument) -> "Numbers":
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):  # the document numbers nothing
            return cls({})
        abstract = {
            each.get(qn("w:abstractNumId"), ""): _levels_of(each)
            for each in root.findall(qn("w:abstractNum"))
        }
        lists = root.findall(qn("w:num"))
        return cls({each.get(qn("w:numId"), ""): _list_of(each, abstract) for each in lists})

    def next_for(self, properties: BaseOxmlElement | None) -> str:
        """The number that Word prints before a paragraph with these properties."""
        numbering = properties.find(qn("w:numPr")) if properties is not None else None
        if numbering is None:
            return ""
        list_id, depth = _value(numbering, "w:numId"), _value(numbering, "w:ilvl") or "0"
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(int(depth)) if numbered and depth.isdecimal() else None
        if numbered is None or level is None or level.form in ("bullet", "none"):
            return ""
        counts = self._counts_of(list_id, numbered)
        counts[int(depth)] = counts.get(int(depth), level.start - 1) + 1
        for deeper in [each for each in counts if each > int(depth)]:
            del counts[deeper]
        return _filled(level, numbered.levels, counts)

    def _counts_of(self, list_id: str, numbered: _List) -> dict[int, int]:
        counts = self._counts[numbered.definition]
        if list_id not in self._begun:
            self._begun.add(list_id)
            counts.update({depth: start - 1 for depth, start in numbered.restarts.items()})
        return counts


def _list_of(element: BaseOxmlElement, abstract: dict[str, dict[int, _Level]]) -> _List:
    definition = _value(element, "w:abstractNumId")
    levels = dict(abstract.get(definition, {}))
    restarts: dict[int, int] = {}
    for override in element.findall(qn("w:lvlOverride")):
        levels |= _levels_of(override)
        start = _value(override, "w:startOverride")
        if start.isdecimal():
            restarts[int(override.get(qn("w:ilvl"), "0"))] = int(start)
    return _List(definition, levels, restarts)


def _levels_of(holder: BaseOxmlElement) -> dict[int, _Level]:
    return {
        int(each.get(qn("w:ilvl"), "0")): _Level(
            _value(each, "w:numFmt") or "decimal",
            _value(each, "w:lvlText"),
            int(_value(each, "w:start") or "1"),
        )
        for each in holder.findall(qn("w:lvl"))
    }


def _value(element: BaseOxmlElement, tag: str) -> str:
    child = element.find(qn(tag))
    return str(child.get(qn("w:val"), "")) if child is not None else ""


def _filled(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
    text = level.text
    for depth, other in levels.items():
        if f"%{depth + 1}" in text:
            form = level.form if levels[depth] is level else other.form
            text = text.replace(f"%{depth + 1}", printed(counts.get(depth, other.start), form))
    return text


def printed(value: int, form: str) -> str:
    """The number in the digits of its format."""
    if form in _CHINESE_FORMATS:
        return chinese(value)
    if form in _CIRCLED_FORMATS and 1 <= value <= 20:
        return chr(ord("①") + value - 1)
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26)
        return letter if form == "upperLetter" else letter.lower()
    return str(value)


def chinese(value: int) -> str:
    """1 to 99 in Chinese digits; larger numbers as they are."""
    if not 0 < value < 100:
        return str(value)
    tens, ones = divmod(value, 10)
    leading = "" if tens == 0 else ("十" if tens == 1 else _CHINESE[tens] + "十")
    return leading + (_CHINESE[ones] if ones else "")
