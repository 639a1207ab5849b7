"""Web pages to blocks: the article without navigation, scripts and recommendations."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, Tag
from lxml.etree import LxmlError  # type: ignore[import-untyped]  # ships no types

from knowledge.chinese.numerals import words
from knowledge.reading.article import (
    article_in,
    day_said,
    missing_head,
    title_of,
    without_furniture,
)
from knowledge.reading.blocks import BOLD, Block, Paragraph, grid, tidy
from knowledge.reading.page_edges import within_edges

BROKEN = (LxmlError,)
_INLINE = frozenset(
    words(
        "a b strong i em u span font sub sup small big label code abbr mark ins s cite q time o:p"
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST = 300
_NESTING = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|br|hr|img|meta|link|input|col|dd|dt|option|area|base|wbr)\b)[a-zA-Z]"
)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_WIDEST_SPAN = 100
_LINES_BEFORE = 8
_HEAD_LENGTH = 12  # blocks
_NESTED, _LETTERED = "{0}) ", "{1}) "


def blocks_of_page(markup: str) -> list[Block]:
    """Raises ValueError for a page that is nested without end: no browser's page is."""
    if _depth(markup) > _DEEPEST:
        raise ValueError("nested too deeply")
    soup = BeautifulSoup(markup, "lxml")
    without_furniture(soup)
    article = article_in(soup)
    before = list(_lines_before(article))
    blocks = list(_Walk().blocks(article))
    head = [block.text for block in blocks[:_HEAD_LENGTH] if isinstance(block, Paragraph)]
    title = title_of(soup, before, head)
    blocks = within_edges(blocks, title)
    return [*missing_head(blocks, title, day_said(soup, before)), *blocks]


def _lines_before(article: Tag) -> Iterator[str]:
    """The nearest first."""
    around = [article, *(each for each in article.parents if each.find_parent("body"))]
    elements = (each for holder in around for each in holder.previous_siblings)
    blocks = (
        each for tag in elements if isinstance(tag, Tag) for each in [*_Walk().blocks(tag)][::-1]
    )
    lines = (block.text for block in blocks if isinstance(block, Paragraph))
    return islice(lines, _LINES_BEFORE)


def _depth(markup: str) -> int:
    """How deep elements that have to be closed are nested, at most."""
    depth = deepest = 0
    for tag in _NESTING.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


class _Walk:
    """Turns an element into blocks; text between block elements is a paragraph."""

    def blocks(self, element: Tag) -> Iterator[Block]:
        run: list[PageElement] = []
        for child in element.children:
            if _is_inline(child):
                run.append(child)
            else:
                yield from _run(run)
                run = []
                if isinstance(child, Tag):
                    yield from self._block(child)
        yield from _run(run)

    def _block(self, tag: Tag) -> Iterator[Block]:
        if tag.name in _HEADINGS:
            yield from _paragraphs([_text_of(tag)], _links(tag), _HEADINGS[tag.name])
        elif tag.name == "table" and not tag.find("table"):
            yield from self._table(tag)
        elif tag.name in ("ol", "ul"):
            yield from self._list(tag)
        elif tag.name == "dl":
            yield from self._terms(tag)
        else:
            yield from self.blocks(tag)

    def _list(self, tag: Tag) -> Iterator[Block]:
        """Numbers as a browser prints them, but for those of a list in a list: 1) below 1."""
        form = _LETTERED if tag.get("type") == "a" else _NESTED if tag.find_parent("ol") else "{}. "
        for position, item in enumerate(tag.find_all("li", recursive=False), _first_of(tag)):
            blocks = list(self.blocks(item))
            if tag.name == "ol" and blocks and isinstance(blocks[0], Paragraph):
                number = form.format(position, chr(ord("a") + (position - 1) % 26))
                blocks[0] = replace(blocks[0], text=f"{number}{blocks[0].text}", level=0, dress="")
            yield from blocks

    def _terms(self, tag: Tag) -> Iterator[Block]:
        """<dl>: 对象 and 新任校长90人 are 对象：新任校长90人."""
        term = ""
        for item in tag.find_all(["dt", "dd"]):
            told = list(self.blocks(item))
            if item.name == "dt":
                term = " ".join(each.text for each in told if isinstance(each, Paragraph))
                continue
            for block in told:
                if isinstance(block, Paragraph) and term:
                    block = replace(block, text=f"{term.rstrip(':： ')}：{block.text}")
                yield block

    def _table(self, tag: Tag) -> Iterator[Block]:
        rows = _rows(tag)
        caption = tag.find("caption")
        table = grid(rows, caption=tidy(caption.get_text()) if caption else "")
        if table and (len(table.table.header) > 1 and table.table.rows):
            yield table
        else:
            for cell in tag.find_all(["td", "th"]):
                yield from self.blocks(cell)


def _first_of(numbered_list: Tag) -> int:
    start = str(numbered_list.get("start", "1"))
    return int(start) if start.isdecimal() and len(start) < 4 else 1


def _is_inline(child: PageElement) -> bool:
    if isinstance(child, NavigableString):  # comments, too: <![if !supportLists]> ends no line
        return True
    if not isinstance(child, Tag):
        return False
    if child.name == "br":
        return True
    return child.name in _INLINE and not child.find(["p", "div", "table", "ul", "ol"])


def _text_of(node: PageElement) -> str:
    if isinstance(node, Tag):
        if node.name == "br":
            return "\x0b"  # a line break that is meant, unlike those of the markup
        return "".join(map(_text_of, node.children))
    plain = type(node) is NavigableString
    return re.sub(r"\s+", " ", str(node)) if plain else ""


def _links(node: PageElement) -> list[str]:
    if not isinstance(node, Tag):
        return []
    anchors = [node, *node.find_all("a")] if node.name == "a" else node.find_all("a")
    targets = (str(anchor.get("href", "")) for anchor in anchors)
    return [target for target in targets if target.startswith(("http://", "https://"))]


def _run(nodes: list[PageElement]) -> Iterator[Paragraph]:
    links = [link for node in nodes for link in _links(node)]
    said = [node for node in nodes if _text_of(node).strip()]
    dress = BOLD if said and all(map(_is_bold, said)) else ""
    yield from _paragraphs([_text_of(node) for node in nodes], links, dress=dress)


def _is_bold(node: PageElement) -> bool:
    """In <strong> or the like, itself or everything in it."""
    if not isinstance(node, Tag):
        return False
    if node.name in ("strong", "b") or _BOLD_STYLE.search(str(node.get("style", ""))):
        return True
    said = [child for child in node.children if _text_of(child).strip()]
    return bool(said) and all(map(_is_bold, said))


def _paragraphs(
    run: list[str], links: list[str], level: int = 0, dress: str = ""
) -> Iterator[Paragraph]:
    lines = [tidy(line) for line in "".join(run).split("\x0b")]
    if level:
        lines = ["".join(lines)]
    for line in filter(None, lines):
        yield Paragraph(line, level=level, links=tuple(links), dress=dress)
        links = []


def _rows(table: Tag) -> list[list[str]]:
    """Cells with rowspan and colspan written out."""
    rows: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}  # column -> text and rows it still covers
    for row in table.find_all("tr"):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            _fill_from_above(cells, hanging)
            text = _cell(cell)
            for _ in range(_span(cell, "colspan")):
                if (down := _span(cell, "rowspan")) > 1:
                    hanging[len(cells)] = (text, down - 1)
                cells.append(text)
        _fill_from_above(cells, hanging)
        rows.append(cells)
    return rows


def _fill_from_above(cells: list[str], hanging: dict[int, tuple[str, int]]) -> None:
    while len(cells) in hanging:
        text, left = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (text, left - 1)
        cells.append(text)


def _cell(cell: Tag) -> str:
    texts = [block.text for block in _Walk().blocks(cell) if isinstance(block, Paragraph)]
    return "\n".join(texts)


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1")).strip()
    return min(int(value), _WIDEST_SPAN) if value.isdecimal() and int(value) else 1
