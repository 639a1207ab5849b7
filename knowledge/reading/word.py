"""Word documents to blocks: headings, automatic numbers, tables where they stand."""

import io
import re
from collections.abc import Iterator

from docx import Document as open_document
from docx.document import Document as WordDocument
from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml.etree import LxmlError  # type: ignore[import-untyped]  # ships no types

from knowledge.reading.blocks import BOLD, Block, Paragraph, grid, tidy
from knowledge.reading.numbering import numbered
from knowledge.reading.word_fonts import font_of, is_bold, usual_font
from knowledge.reading.word_numbers import Numbers

BROKEN = (LxmlError, OpcError, PythonDocxError)
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_WIDEST_SPAN = 100
_LONG_LINE = 30
_LINE_ENDS = tuple("。；：！？;:!?")


def blocks_of_word(content: bytes) -> list[Block]:
    document = open_document(io.BytesIO(content))
    reader = _Reader(document)
    return list(reader.blocks(document.element.body))


class _Reader:
    """Walks one document; counts its numbers on the way."""

    def __init__(self, document: WordDocument) -> None:
        self._numbers = Numbers.of(document)
        self._styles = {style.style_id: style for style in document.styles}
        self._usual = usual_font(document.element.body)
        relations = document.part.rels.values()
        self._targets = {each.rId: each.target_ref for each in relations if each.is_external}

    def blocks(self, container: BaseOxmlElement) -> Iterator[Block]:
        for child in container:
            match _local(child):
                case "p":
                    yield from self._paragraph(child)
                case "tbl":
                    yield from self._table(child)
                case "sdt" | "sdtContent" | "customXml" | "ins":
                    yield from self.blocks(child)

    def _table(self, element: BaseOxmlElement) -> Iterator[Block]:
        """A table of one row or one column holds text that was set apart: a letterhead, a box."""
        table = grid(self._rows(element))
        if table and table.table.rows and len(table.table.header) > 1:
            yield table
            for nested in _outermost(element, "w:tbl"):
                yield from self._table(nested)
            return
        for cell in _outermost(element, "w:tc"):
            yield from self.blocks(cell)

    def _paragraph(self, element: BaseOxmlElement) -> Iterator[Block]:
        number = tidy(self._number(element))
        level = self._level(element)
        lines = _lines(tidy(_text(element)), whole=level > 0)
        if lines:
            links = [each.get(qn("r:id"), "") for each in element.iter(qn("w:hyperlink"))]
            known = (self._targets.get(link, "") for link in links)
            web = tuple(target for target in known if target.startswith("http"))
            whole = f"{number}{_gap(number)}{lines[0]}"
            yield Paragraph(whole, 0, level, web, number, self._dress(element))
            yield from map(Paragraph, lines[1:])
        for box in _boxes(element):
            yield from self.blocks(box)

    def _dress(self, element: BaseOxmlElement) -> str:
        font = font_of(element)
        if is_bold(element):
            return BOLD
        strange = font and self._usual and font != self._usual and font[1] >= self._usual[1]
        return f"{font[0]} {font[1]}" if font and strange else ""

    def _numbered_text(self, element: BaseOxmlElement) -> str:
        """A paragraph of a cell: a bare 1 is printed as the 1. of a task."""
        number = self._number(element)
        return f"{number}{'.' if number.isdecimal() else ''}{_text(element)}"

    def _number(self, element: BaseOxmlElement) -> str:
        """The paragraph's own numbering, else that of its style."""
        properties = element.find(qn("w:pPr"))
        if properties is not None and properties.find(qn("w:numPr")) is not None:
            return self._numbers.next_for(properties)
        style = self._styles.get(self._style_id(element))
        return self._numbers.next_for(style.element.find(qn("w:pPr"))) if style else ""

    def _style_id(self, element: BaseOxmlElement) -> str:
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return str(style.get(qn("w:val"), "")) if style is not None else ""

    def _level(self, element: BaseOxmlElement) -> int:
        style = self._styles.get(self._style_id(element))
        name = (style.name or "") if style else ""
        if heading := _HEADING_STYLE.match(name):
            return int(heading[1])
        return 1 if name in ("Title", "标题") else 0

    def _rows(self, table: BaseOxmlElement) -> list[list[str]]:
        """Cells with merged ones repeated, to the right and downwards."""
        rows: list[list[str]] = []
        for row in table.iter(qn("w:tr")):
            if _enclosing(row, "w:tbl") is not table:
                continue
            cells: list[str] = []
            for cell in row.findall(qn("w:tc")):
                above = rows[-1] if rows else []
                text = self._cell(cell, above[len(cells)] if len(above) > len(cells) else "")
                cells += [text] * _span(cell)
            rows.append(cells)
        return rows

    def _cell(self, cell: BaseOxmlElement, above: str) -> str:
        merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
            return above
        own = (each for each in cell.iter(qn("w:p")) if _enclosing(each, "w:tc") is cell)
        return "\n".join(map(self._numbered_text, own))


def _gap(number: str) -> str:
    """Word prints a gap after its numbers; it is kept where digits would run together."""
    return " " if number[-1:].isalnum() else ""


def _local(element: BaseOxmlElement) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _enclosing(element: BaseOxmlElement, tag: str) -> BaseOxmlElement | None:
    return next(element.iterancestors(qn(tag)), None)


def _span(cell: BaseOxmlElement) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val"), "1") if span is not None else "1"
    return min(int(value), _WIDEST_SPAN) if value.isdecimal() and int(value) else 1


def _outermost(element: BaseOxmlElement, tag: str) -> Iterator[BaseOxmlElement]:
    """Elements of the name inside, but not those inside of these."""
    for child in element:
        if child.tag == qn(tag):
            yield child
        elif _local(child) != "txbxContent":
            yield from _outermost(child, tag)


def _boxes(paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Text boxes that hang on a paragraph; Fallback repeats them for older programs."""
    for box in paragraph.iter(qn("w:txbxContent")):
        if not any(_local(each) == "Fallback" for each in box.iterancestors()):
            yield box


def _lines(text: str, *, whole: bool) -> list[str]:
    """Lines that were broken by hand are paragraphs, but for one broken in its sentence."""
    lines: list[str] = []
    for line in text.splitlines():
        inside = lines and len(lines[-1]) >= _LONG_LINE and not lines[-1].endswith(_LINE_ENDS)
        if lines and (whole or (inside and not numbered(line))):
            lines[-1] += ("" if inside else " ") + line
        else:
            lines.append(line)
    return lines


def _text(element: BaseOxmlElement) -> str:
    """What the paragraph shows: inserted text counts, deleted text does not."""
    parts: list[str] = []
    for child in element:
        match _local(child):
            case "t":
                parts.append(child.text or "")
            case "tab":
                parts.append(" ")
            case "br" | "cr":
                parts.append("\n")
            case "noBreakHyphen":
                parts.append("-")
            case "del" | "moveFrom" | "instrText" | "Fallback" | "txbxContent" | "pPr" | "rPr":
                continue
            case _:
                parts.append(_text(child))
    return "".join(parts)
