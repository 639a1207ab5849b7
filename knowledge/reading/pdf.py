"""PDF documents to blocks: lines joined to paragraphs, tables, no running heads and feet."""

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import PdfminerException

from knowledge.chinese.numerals import DASHES
from knowledge.documents import Unreadable
from knowledge.notices import Table
from knowledge.reading.blocks import Block, Grid, Paragraph, grid
from knowledge.reading.dress import opens_with_dress
from knowledge.reading.heads import day_beside_name, full_date
from knowledge.reading.numbering import numbered
from knowledge.reading.pdf_lines import Line, lines_of, usual_font
from knowledge.reading.pdf_tables import rows_of

BROKEN = (PSException,)
_MOST_PAGES = 300
_EDGE = 0.09  # share of the page's height where running heads and feet stand
_PAGE_NUMBER = re.compile(
    rf"^[{DASHES}\s第]*\d{{1,4}}\s*页?(?:\s*[/共]\s*共?\d{{1,4}}\s*页?)?[{DASHES}\s]*$"
)
_ANNEX = re.compile(r"附\s*[件表录]\s*\d{0,2}\s*[:：]?")
_SENTENCE_ENDS = tuple("。！？；：!?;:")


@dataclass(frozen=True, slots=True)
class _Page:
    """Lines and tables of one page, from top to bottom."""

    number: int
    height: float
    right: float  # where its widest table ends
    parts: tuple[tuple[float, Line | Grid], ...]


def blocks_of_pdf(name: str, content: bytes) -> list[Block]:
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns about every odd font
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            if len(pdf.pages) > _MOST_PAGES:
                raise Unreadable(f"{name}：超过{_MOST_PAGES}页，请拆开后再导入。")
            pages = [_page(page) for page in pdf.pages]
    except PdfminerException as broken:
        if broken.args and isinstance(broken.args[0], PDFPasswordIncorrect):
            raise Unreadable(f"{name}：文件有密码，请去掉密码后再试。") from broken
        raise Unreadable(f"{name}：文件已损坏，打不开。") from broken
    blocks = _joined_tables(_blocks(_without_running_heads(pages)))
    if not blocks:
        raise Unreadable(f"{name}：这是扫描件，没有可读的文字，请提供文字版。")
    return blocks


def _page(page: Any) -> _Page:
    tables = page.find_tables()
    boxes = [table.bbox for table in tables]
    parts: list[tuple[float, Line | Grid]] = []
    for table in tables:
        if found := grid(rows_of(table), line=page.page_number):
            parts.append((table.bbox[1], found))
    outside = [char for char in page.chars if not _within(char, boxes)]
    printed = list(lines_of(outside, page.page_number, float(page.width)))
    parts = _merged(parts, printed)
    page.close()
    right = max((box[2] for box in boxes), default=0.0)
    return _Page(page.page_number, float(page.height), right, tuple(parts))


def _merged(
    tables: Sequence[tuple[float, Line | Grid]], lines: Sequence[Line]
) -> list[tuple[float, Line | Grid]]:
    """Tables among the lines, each before the first line that is read after it."""
    parts: list[tuple[float, Line | Grid]] = [(line.top, line) for line in lines]
    for table in sorted(tables, key=lambda each: -each[0]):
        below = (at for at, (top, _) in enumerate(parts) if top > table[0])
        parts.insert(next(below, len(parts)), table)
    return parts


def _within(thing: dict[str, Any], boxes: Iterable[tuple[float, float, float, float]]) -> bool:
    across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return any(box[0] <= across <= box[2] and box[1] <= down <= box[3] for box in boxes)


def _without_running_heads(pages: list[_Page]) -> list[_Page]:
    """Page numbers, and lines at the edge that come back on most pages."""
    edges = Counter(
        _shape(part.text)
        for page in pages
        for part in {each.text: each for each in _edge_lines(page)}.values()
    )
    often = {shape for shape, count in edges.items() if count >= max(2, len(pages) * 0.6)}
    return [
        _Page(
            page.number,
            page.height,
            page.right,
            tuple((top, part) for top, part in page.parts if not _runs(part, page, often)),
        )
        for page in pages
    ]


def _edge_lines(page: _Page) -> Iterator[Line]:
    for _, part in page.parts:
        if isinstance(part, Line) and _at_edge(part, page):
            yield part


def _at_edge(line: Line, page: _Page) -> bool:
    return line.top < page.height * _EDGE or line.top > page.height * (1 - _EDGE)


def _runs(part: Line | Grid, page: _Page, often: set[str]) -> bool:
    if isinstance(part, Grid) or not _at_edge(part, page):
        return False
    return bool(_PAGE_NUMBER.match(part.text)) or _shape(part.text) in often


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _blocks(pages: list[_Page]) -> Iterator[Block]:
    parts = [part for page in pages for _, part in page.parts]
    lines = [part for part in parts if isinstance(part, Line)]
    right = max([*(line.right for line in lines), *(page.right for page in pages)], default=0.0)
    left = _usual_left(lines)
    usual = usual_font(lines)
    before: Line | None = None
    text, first, dress = "", 0, ""
    for part in parts:
        if isinstance(part, Line) and before and _goes_on(before, part, left, right):
            text += _gap(text, part.text) + part.text
            before = part
            dress = dress if part.dress(usual) == dress else ""
            continue
        if text:
            yield Paragraph(text, first, dress=dress)
        if isinstance(part, Grid):
            yield part
            text, before = "", None
        else:
            text, first, before = part.text, part.page, part
            dress = part.dress(usual)
    if text:
        yield Paragraph(text, first, dress=dress)


def _usual_left(lines: list[Line]) -> float:
    """Where lines that carry on a paragraph begin."""
    counted = Counter(round(line.left) for line in lines)
    often = [left for left, count in counted.items() if count >= 0.1 * len(lines)]
    return float(min(often, default=0))


def _goes_on(before: Line, line: Line, left: float, right: float) -> bool:
    """A line goes on the one above where that one is full and this one is not indented."""
    size = max(before.height, 1.0)
    full = before.edge == line.edge and before.right >= (before.edge or right) - 2.2 * size
    indented = line.left > left + 0.8 * size and not _hangs(before, line, size)
    other_size = abs(line.height - before.height) > 0.25 * size
    ended = before.text.endswith(_SENTENCE_ENDS) and numbered(line.text)
    begins = opens_with_dress(line.text) or _ANNEX.fullmatch(line.text)
    dated = full_date(before.text) or day_beside_name(before.text)
    headed = line.font != before.font and None not in (line.font, before.font)
    headed = headed and before.text.endswith(_SENTENCE_ENDS)
    return full and not (indented or other_size or ended or dated or begins or headed)


def _hangs(before: Line, line: Line, size: float) -> bool:
    """The text of a numbered item may go on below its own beginning, not below its number."""
    if before.text.endswith(_SENTENCE_ENDS) or numbered(line.text):
        return False
    reach = 2.2 * size if numbered(before.text) else 0.3 * size
    return before.left - 0.3 * size <= line.left <= before.left + reach


def _gap(text: str, following: str) -> str:
    latin = re.search(r"[A-Za-z0-9]$", text) and re.match(r"[A-Za-z]", following)
    return " " if latin else ""


def _joined_tables(blocks: Iterable[Block]) -> list[Block]:
    """A table that goes on at the top of the next page is one table."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Grid) and isinstance(last, Grid) and _same_table(last, block):
            rows = [block.table.header, *block.table.rows]
            new = rows[1:] if rows[0] == last.table.header else rows
            whole = Table(last.table.header, (*last.table.rows, *new), last.table.caption)
            joined[-1] = Grid(whole, last.line)
        else:
            joined.append(block)
    return joined


def _same_table(last: Grid, block: Grid) -> bool:
    return block.line > last.line and len(last.table.header) == len(block.table.header)
