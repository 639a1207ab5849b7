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
from knowledge.reading.word_numbers import Numbers

BROKEN = (LxmlError, OpcError, PythonDocxError)
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_WIDEST_SPAN = 100


def blocks_of_word(content: bytes) -> list[Block]:
    document = open_document(io.BytesIO(content))
    reader = _Reader(document)
    return list(reader.blocks(document.element.body))


class _Reader:
    """Walks one document; counts its numbers on the way."""

    def __init__(self, document: WordDocument) -> None:
        self._numbers = Numbers.of(document)
        self._styles = {style.style_id: style for style in document.styles}
        relations = document.part.rels.values()
        self._targets = {each.rId: each.target_ref for each in relations if each.is_external}

    def blocks(self, container: BaseOxmlElement) -> Iterator[Block]:
        for child in container:
            match _local(child):
                case "p":
                    yield from self._paragraph(child)
                case "tbl":
                    if table := grid(self._rows(child)):
                        yield table
                case "sdt" | "sdtContent" | "customXml" | "ins":
                    yield from self.blocks(child)

    def _paragraph(self, element: BaseOxmlElement) -> Iterator[Paragraph]:
        number = tidy(self._number(element))
        text = tidy(_text(element)).replace("\n", " ")
        if text:
            links = [each.get(qn("r:id"), "") for each in element.iter(qn("w:hyperlink"))]
            known = (self._targets.get(link, "") for link in links)
            web = tuple(target for target in known if target.startswith("http"))
            whole = f"{number}{_gap(number)}{text}"
            dress = BOLD if _is_bold(element) else ""
            yield Paragraph(whole, 0, self._level(element), web, number, dress)

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
            if _enclosing_table(row) is not table:
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
        return "\n".join(self._numbered_text(each) for each in cell.iter(qn("w:p")))


def _gap(number: str) -> str:
    """Word prints a gap after its numbers; it is kept where digits would run together."""
    return " " if number[-1:].isalnum() else ""


def _local(element: BaseOxmlElement) -> str:
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _is_bold(element: BaseOxmlElement) -> bool:
    """Whether every run with text is in bold."""
    runs = [run for run in element.iter(qn("w:r")) if _text(run).strip()]
    marks = [run.find(f"{qn('w:rPr')}/{qn('w:b')}") for run in runs]
    off = ("0", "false", "off")
    return bool(marks) and all(
        mark is not None and mark.get(qn("w:val"), "1") not in off for mark in marks
    )


def _enclosing_table(row: BaseOxmlElement) -> BaseOxmlElement | None:
    return next(row.iterancestors(qn("w:tbl")), None)


def _span(cell: BaseOxmlElement) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    value = span.get(qn("w:val"), "1") if span is not None else "1"
    return min(int(value), _WIDEST_SPAN) if value.isdecimal() and int(value) else 1


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
            case "del" | "moveFrom" | "instrText" | "Fallback" | "pPr" | "rPr":
                continue
            case _:
                parts.append(_text(child))
    return "".join(parts)
