"""Blocks to a tree of sections, by the numbers at the head of the lines."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from knowledge.chinese.numerals import folded
from knowledge.notices import Section, Table
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.numbering import BARE, CAPITAL, RANKS, ROMAN, Numbered, numbered, opening_of
from knowledge.reading.table_heads import Meant, as_meant

_LONGEST_HEADING = 50
_LONGEST_LEADING_SENTENCE = 25
_LONGEST_BEFORE_COLON = 15
_COLON = r":(?!//)(?:(?<!\d:)|(?!\d\d))"  # not that of 24:00 or http://
_FIRST_SENTENCE = re.compile(rf"((?:[^。:;!?]|(?!{_COLON}):)+)(。|{_COLON})(.+)", re.DOTALL)
_CUTS_OFF = re.compile(r",|\([^)]*$")  # a list, and what a bracket says: 分配表(单位:人)
_AFTER_SENTENCE = re.compile(r"[。；;]\s*(?=[\d(（①-⑳])")
_SHORT_WITH_STOP = re.compile(r"[^。,:;]{2,12}。")
_INNERMOST_ABOVE_DRESS = RANKS["（一）"] + 0.9
_BELOW = "1. below 1.1"
_RANKS = {**RANKS, _BELOW: RANKS["1.1.1"] + 0.5}
_ENDS_RUNNING_TEXT = re.compile(r"[。;,:]$")


@dataclass
class _Node:
    number: str
    heading: str
    rank: float
    family: str
    printed: str = ""  # heading with its full stop
    level: int = 0  # of the heading, as the format gives it
    paragraphs: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    children: list["_Node"] = field(default_factory=list)

    def frozen(self) -> Section:
        """A section with nothing below its heading is a clause: 3.费用自理。"""
        if self.printed and not (self.paragraphs or self.tables or self.children):
            return Section(self.number, "", (self.printed,))
        return Section(
            self.number,
            self.heading,
            tuple(self.paragraphs),
            tuple(self.tables),
            tuple(child.frozen() for child in self.children),
        )


class Outline:
    """Grows a tree block by block: a number opens a section below the one that encloses it."""

    def __init__(self) -> None:
        self._roots: list[_Node] = []
        self._open: list[_Node] = []
        self._last: dict[str, tuple[list[_Node], int]] = {}  # family -> what encloses it, number
        self._beside: list[_Node] = []  # what was open before a table with its caption 附表
        self._dresses: dict[str, float] = {}  # what marks a heading without number -> its rank
        self._latin: dict[str, float] = {}  # I. and A. -> their rank

    def add(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            for part in _items_on_one_line(block):
                self._add(part)
        else:
            self._add(block)

    def _add(self, block: Block) -> None:
        if self._beside and isinstance(block, Paragraph) and self._open[-1].tables:
            self._open, self._beside = self._beside, []  # the text goes on
        match block:
            case Grid():
                self._take(as_meant(block.table))
            case Paragraph() if opening := self._opens(block):
                self._open_section(opening, block.level)
            case Paragraph() if self._is_title_of_annex(block):
                self._open[-1].heading = block.text
            case Paragraph() if block.level:
                rank, family = self._rank_of_level(block.level), f"h{block.level}"
                self._enclose(_Node("", block.text, rank, family, level=block.level))
            case Paragraph() if block.dress:
                rank = self._dresses.setdefault(block.dress, self._rank_of_dress())
                self._enclose(_Node("", block.text, rank, block.dress))
            case Paragraph():
                self._current().paragraphs.append(block.text)

    def _take(self, meant: Meant) -> None:
        node = self._current()
        node.tables += meant.tables
        node.paragraphs += meant.lines
        for label, text in meant.card:
            lines = [line for line in text.splitlines() if line]
            node.children.append(_Node("", label, float("inf"), "", paragraphs=lines))

    def sections(self) -> tuple[Section, ...]:
        return tuple(node.frozen() for node in self._roots)

    def _opens(self, block: Paragraph) -> Numbered | None:
        opening = opening_of(block)
        if opening is None:
            return None
        opening = self._placed(opening)
        known = bool(block.number) or any(node.family == opening.family for node in self._open)
        # A list that does not begin at its beginning is running text.
        first = 1 if opening.family == BARE else 2
        begins = opening.value <= first or opening.family in ("附件", "章", "条")
        return opening if known or begins or self._carries_on(opening) else None

    def _carries_on(self, opening: Numbered) -> bool:
        """三、 after something else came between it and 二、."""
        last = self._last.get(opening.family)
        return last is not None and last[1] == opening.value - 1

    def _open_section(self, opening: Numbered, level: int) -> None:
        heading, text = split_heading(opening.rest)
        family = opening.family
        if all(node.family != family for node in self._open) and self._carries_on(opening):
            self._open = list(self._last[family][0])
        captions = opening.number.startswith("附表") and bool(self._open)
        self._beside = list(self._open) if captions else []
        printed = "" if text or family == "附件" else opening.rest
        rank = self._rank_of(opening)
        self._enclose(_Node(opening.number, heading, rank, family, printed, level))
        if family != "条":  # articles are counted through all chapters
            self._last[family] = (self._open[:-1], opening.value)
        if family == "附件" and not captions:
            self._last.clear()
            self._dresses.clear()
            self._latin.clear()
        if (items := numbered(text)) and items.value == 1 and RANKS[items.family] > rank:
            self.add(Paragraph(text))  # 携带：1.身份证；2.…
        elif text:
            self._open[-1].paragraphs.append(text)

    def _placed(self, opening: Numbered) -> Numbered:
        """1. below 1.1 begins a list of its own, which goes on until another number follows."""
        families = [node.family for node in self._open]
        if opening.family != "1." or not {"1.1", "1.1.1"} & set(families):
            return opening
        _, last = self._last.get(_BELOW, ([], 0))
        carries_on = _BELOW in families and opening.value == last + 1
        return replace(opening, family=_BELOW) if carries_on or opening.value == 1 else opening

    def _rank_of(self, opening: Numbered) -> float:
        """I. and A. stand below what is open when they are first seen."""
        family = opening.family
        if family in (ROMAN, CAPITAL) and opening.value == 1 and self._open:
            innermost = max((node.rank for node in self._open if node.family), default=0.0)
            self._latin.setdefault(family, innermost + 0.2)
        return self._latin.get(family) or _RANKS[family]

    def _rank_of_level(self, level: int) -> float:
        """A heading below a numbered one of a higher level stands below it, else outermost."""
        outer = [node.rank for node in self._open if node.number and 0 < node.level < level]
        return max(outer) + 0.05 if outer else -1 + level / 100

    def _rank_of_dress(self) -> float:
        """Below the sections that are open when it is first seen, above their items."""
        outer = [node.rank for node in self._open if node.rank <= _INNERMOST_ABOVE_DRESS]
        return max([*outer, RANKS["附件"]]) + 0.1

    def _enclose(self, node: _Node) -> None:
        families = [each.family for each in self._open]
        if node.family in families:
            del self._open[families.index(node.family) :]
        else:
            while self._open and _ends_before(self._open[-1], node):
                self._open.pop()
        (self._open[-1].children if self._open else self._roots).append(node)
        self._open.append(node)

    def _current(self) -> _Node:
        if not self._open:
            lead = _Node("", "", float("inf"), "")
            self._roots.append(lead)
            self._open.append(lead)
        return self._open[-1]

    def _is_title_of_annex(self, block: Paragraph) -> bool:
        node = self._open[-1] if self._open else None
        bare = (
            node and node.family == "附件" and not (node.heading or node.paragraphs or node.tables)
        )
        return bool(bare) and is_heading_like(block.text)


def _ends_before(last: _Node, node: _Node) -> bool:
    """Articles (第一条) may stand below anything, everything else below what ranks higher."""
    return not last.family if node.family == "条" else last.rank > node.rank


def _items_on_one_line(block: Paragraph) -> Iterator[Paragraph]:
    """1.…。2.…。 printed on one line are two items."""
    opening = None if block.number else numbered(block.text)
    text = block.text
    while opening and opening.family in ("（一）", "1.", "（1）", "1)", "①"):
        for place in _AFTER_SENTENCE.finditer(text):
            following = numbered(text[place.end() : place.end() + _LONGEST_HEADING])
            if following and (following.family, following.value) == (
                opening.family,
                opening.value + 1,
            ):
                yield Paragraph(text[: place.end()].strip(), block.line, 0, block.links)
                text, opening = text[place.end() :], following
                break
        else:
            break
    yield replace(block, text=text.strip())


def sections_of(blocks: Iterable[Block]) -> tuple[Section, ...]:
    outline = Outline()
    for block in blocks:
        outline.add(block)
    return outline.sections()


def is_heading_like(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _ENDS_RUNNING_TEXT.search(folded(text))


def split_heading(text: str) -> tuple[str, str]:
    """加强管理。各地要… -> 加强管理 + 各地要…; running text has no heading."""
    if first := _FIRST_SENTENCE.match(folded(text)):
        longest = _LONGEST_LEADING_SENTENCE if first[2] == "。" else _LONGEST_BEFORE_COLON
        if len(first[1]) <= longest and not _CUTS_OFF.search(first[1]):
            return text[: first.end(1)].strip(), text[first.end(2) :].strip()
    if is_heading_like(text) or _SHORT_WITH_STOP.fullmatch(folded(text)):
        return text.rstrip("。"), ""
    return "", text


def walk(sections: Iterable[Section], path: str = "") -> Iterator[tuple[str, Section]]:
    """Every section with the path of numbers that leads to it: 附件2 一、（二）."""
    for section in sections:
        here = (
            f"{path} {section.number}".strip() if path.startswith("附") else path + section.number
        )
        yield here, section
        yield from walk(section.children, here)
