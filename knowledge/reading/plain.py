"""Plain text and Markdown to blocks."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.reading.aligned import Line, tables_in
from knowledge.reading.blocks import BOLD, Block, Paragraph, grid, tidy
from knowledge.reading.dress import opens_with_dress
from knowledge.reading.numbering import numbered

_NARROWEST = 40
_WIDEST_WRAP = 120  # columns; longer lines are paragraphs as they stand
_ENOUGH_FULL_LINES = 4
_SHARE_OF_FULL_LINES = 0.3
_MARGIN = 6  # columns by which a full line may fall short
_MARGIN_IN_CHARACTERS = 2
_ENDS_TITLE = re.compile(r"关于.*(?:通知|公告|意见|方案|函|办法)$")
_GOES_ON = re.compile(r"[，。；、：！？）》”,;]")  # a line that begins so was broken
_ONE_LESS = {
    ord(later): earlier
    for digits in ("123456789", "１２３４５６７８９", "①②③④⑤⑥⑦⑧⑨", "一二三四五六七八九")
    for earlier, later in pairwise(digits)
}
_SENTENCE_ENDS = tuple("。！？；：!?;:")
_MD_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_MD_ROW = re.compile(r"\s*[|｜].*[|｜]\s*$")
_BARRED = re.compile(r"\s*[^|｜]{1,60}(?:\s[|｜]\s[^|｜]*)+$|\s*[^|｜]{1,60}(?:｜[^|｜]*)+$")
_MD_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_MD_MARKUP = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_MD_BOLD_LINE = re.compile(r"(\*\*|__)(?!\s)[^*_]{2,60}\1")
_MD_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\(([^\s()]{1,500})\)")


@dataclass(frozen=True, slots=True)
class FullLine:
    """How a machine measured the lines it broke: in columns or in characters."""

    measure: Callable[[str], int]
    least: int


def blocks_of_text(text: str) -> list[Block]:
    """One paragraph per line, lines broken by a machine joined again; tables set in blanks."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1)]
    barred = list(_between_bars(lines))
    taken = {at for begin, stop, _ in barred for at in range(begin, stop)}
    aligned = [table for table in tables_in(lines) if table[0] not in taken]
    tables = sorted([*aligned, *barred], key=lambda table: table[0])
    in_tables = {at for begin, stop, _ in tables for at in range(begin, stop)}
    full = _full_line([line for at, line in enumerate(lines) if at not in in_tables])
    blocks: list[Block] = []
    at = 0
    for begin, stop, rows in [*tables, (len(lines), len(lines), [])]:
        blocks += _paragraphs(lines[at:begin], full)
        if table := grid(rows, line=lines[begin][0] if rows else 0):
            blocks.append(table)
        at = stop
    return blocks


def _between_bars(lines: Sequence[Line]) -> Iterator[tuple[int, int, list[list[str]]]]:
    """Tables whose cells stand between bars, from the line where one begins to behind its last."""
    at = 0
    while at < len(lines):
        stop = at
        row = _MD_ROW if at < len(lines) and _MD_ROW.match(lines[at][1]) else _BARRED
        while stop < len(lines) and row.match(lines[stop][1]):
            stop += 1
        rows = [_cells(line) for _, line in lines[at:stop] if not _MD_RULE.match(line)]
        if len(rows) > 1 and len({len(row) for row in rows}) == 1 and len(rows[0]) > 1:
            yield at, stop, rows
        at = stop + 1


def _paragraphs(lines: Sequence[Line], full: FullLine | None) -> Iterator[Paragraph]:
    for number, joined in _unwrapped(lines, full):
        if text := tidy(joined).replace("\n", " "):
            yield Paragraph(text, number)


def _unwrapped(lines: Sequence[Line], full: FullLine | None) -> Iterator[Line]:
    number, parts = 0, [""]
    for at, line in lines:
        if _is_cut_off(parts[-1], line) or (
            full and (_continues(parts[-1], line, full) or _counts_on(parts, line, full))
        ):
            parts.append(line.strip())
        else:
            yield number, "".join(parts)
            number, parts = at, [line.rstrip()]
    yield number, "".join(parts)


def _continues(last: str, line: str, full: FullLine) -> bool:
    if not last or not line.strip():
        return False
    if _GOES_ON.match(line):
        return True
    return full.measure(last) >= full.least and not (
        last.endswith(_SENTENCE_ENDS)
        or _ENDS_TITLE.search(last)
        or line.startswith(("\u3000", "    ", "\t"))
        or numbered(line)
        or opens_with_dress(line)
    )


def _is_cut_off(last: str, line: str) -> bool:
    """A line that ends in a comma goes on in the next, wherever that one begins."""
    new = not line.strip() or numbered(line) or opens_with_dress(line)
    return last.endswith(("，", ",")) and not new


def _counts_on(parts: Sequence[str], line: str, full: FullLine) -> bool:
    """A line may have been broken before the 2) of an 1) inside it."""
    opening = numbered(line)
    broken = full.measure(parts[-1]) >= full.least and not line[:1].isspace()
    if not opening or opening.value < 2 or not broken:
        return False
    text = "".join(parts)
    before = opening.number.strip().translate(_ONE_LESS)
    inside = text.rfind(before)
    own = numbered(text)
    return (
        inside > 0 and text[inside - 1] in "：；:;。" and not (own and own.family == opening.family)
    )


def _full_line(lines: Sequence[Line]) -> FullLine | None:
    """None where no machine broke the lines."""
    texts = [line.rstrip() for _, line in lines if line.strip()]
    for measure, margin in ((columns, _MARGIN), (len, _MARGIN_IN_CHARACTERS)):
        widest = max(map(measure, texts), default=0)
        full = [text for text in texts if measure(text) >= widest - margin]
        broken = [text for text in full if not text.endswith(_SENTENCE_ENDS)]
        often = len(full) >= max(_ENOUGH_FULL_LINES, _SHARE_OF_FULL_LINES * len(texts))
        width = max(map(columns, texts), default=0)
        if often and 2 * len(broken) > len(full) and _NARROWEST <= width <= _WIDEST_WRAP:
            return FullLine(measure, widest - margin)
    return None


def columns(line: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in line.rstrip())
    return len(line.rstrip()) + wide


def blocks_of_markdown(text: str) -> list[Block]:
    blocks: list[Block] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        if _MD_ROW.match(lines[at]) and at + 1 < len(lines) and _MD_RULE.match(lines[at + 1]):
            at = _add_table(lines, at, blocks)
        else:
            _add_line(lines[at], at + 1, blocks)
            at += 1
    return blocks


def _add_table(lines: list[str], at: int, blocks: list[Block]) -> int:
    stop = at
    while stop < len(lines) and _MD_ROW.match(lines[stop]):
        stop += 1
    rows = [_cells(line) for line in lines[at:stop] if not _MD_RULE.match(line)]
    if table := grid(rows, line=at + 1):
        blocks.append(table)
    return stop


def _cells(line: str) -> list[str]:
    cells = re.split(r"(?<!\\)[|｜]", line.strip().strip("|｜"))
    return [_unmarked(re.sub(r"<br\s*/?>", "\n", cell)) for cell in cells]


def _add_line(line: str, number: int, blocks: list[Block]) -> None:
    heading = _MD_HEADING.match(line.strip())
    text = heading[2] if heading else re.sub(r"^\s*(?:[-*+]|>)\s+", "", line)
    links = tuple(target for _, target in _MD_LINK.findall(text) if target.startswith("http"))
    dress = BOLD if _MD_BOLD_LINE.fullmatch(text.strip()) else ""
    if text := _unmarked(text):
        level = len(heading[1]) if heading else 0
        blocks.append(Paragraph(text, number, level, links, dress=dress))


def _unmarked(text: str) -> str:
    text = _MD_LINK.sub(r"\1", text)
    return "\n".join(" ".join(line.split()) for line in _MD_MARKUP.sub(r"\2", text).split("\n"))
