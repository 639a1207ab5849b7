"""Plain text and Markdown to blocks."""

import re
import unicodedata
from collections.abc import Iterator

from knowledge.reading.blocks import BOLD, Block, Paragraph, grid, tidy
from knowledge.reading.dress import opens_with_dress
from knowledge.reading.numbering import numbered

_WIDEST_WRAP = 120  # columns; longer lines are paragraphs as they stand
_ENOUGH_FULL_LINES = 4
_SHARE_OF_FULL_LINES = 0.3
_MARGIN = 6  # columns by which a full line may fall short
_SENTENCE_ENDS = tuple("。！？；：!?;:")
_MD_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_MD_ROW = re.compile(r"\s*\|.*\|\s*$")
_MD_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*\|?\s*$")
_MD_MARKUP = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")
_MD_BOLD_LINE = re.compile(r"(\*\*|__)(?!\s)[^*_]{2,60}\1")
_MD_LINK = re.compile(r"!?\[([^\[\]]{0,200})\]\(([^\s()]{1,500})\)")


def blocks_of_text(text: str) -> list[Block]:
    """One paragraph per line, lines broken by a machine joined again."""
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1)]
    return [
        Paragraph(text, number)
        for number, joined in _unwrapped(lines)
        if (text := tidy(joined).replace("\n", " "))
    ]


def _unwrapped(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    full = _full_width(lines)
    number, text = 0, ""
    for at, line in lines:
        if text and full and _continues(text, line, full):
            text += line.strip()
            continue
        if text:
            yield number, text
        number, text = at, line.rstrip()
        full_line = bool(full) and columns(line) >= full
        text = text if full_line or not full else text + "\n"
    if text:
        yield number, text


def _continues(text: str, line: str, full: int) -> bool:
    last = text.rsplit("\n", 1)[-1]
    return not (
        text.endswith("\n")
        or last.rstrip().endswith(_SENTENCE_ENDS)
        or not line.strip()
        or line.startswith(("\u3000", "    ", "\t"))
        or numbered(line)
        or opens_with_dress(line)
    )


def _full_width(lines: list[tuple[int, str]]) -> int:
    """The width at which a machine broke the lines; 0 where none did."""
    widths = [columns(line) for _, line in lines if line.strip()]
    widest = max(widths, default=0)
    full = sum(1 for width in widths if width >= widest - _MARGIN)
    wrapped = full >= _ENOUGH_FULL_LINES and full >= _SHARE_OF_FULL_LINES * len(widths)
    return widest - _MARGIN if wrapped and 40 <= widest <= _WIDEST_WRAP else 0


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
    cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
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
