"""One page of headings and tables, printed as web page, Word file, workbook and PDF."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

import openpyxl
from docx import Document as new_word

from knowledge.documents import Document
from knowledge.programme.values import Programme
from tests.knowledge.reading.pdf_files import LEFT, RIGHT, SIZE, pdf, sheet


@dataclass(frozen=True)
class Merged:
    """A cell that spans several columns, or several rows."""

    text: str
    across: int = 1
    down: int = 1


Cell = str | Merged
Table = Sequence[Sequence[Cell]]
Page = Sequence[str | Table]  # lines of text and tables, as they follow each other


@dataclass(frozen=True)
class Placed:
    row: int
    column: int
    cell: Merged


def placed(table: Table) -> list[Placed]:
    taken: set[tuple[int, int]] = set()
    found = []
    for row, cells in enumerate(table):
        column = 0
        for cell in cells:
            whole = cell if isinstance(cell, Merged) else Merged(cell)
            while (row, column) in taken:
                column += 1
            spots = [(row + d, column + a) for d in range(whole.down) for a in range(whole.across)]
            taken.update(spots)
            found.append(Placed(row, column, whole))
    return found


def width(table: Table) -> int:
    return max(each.column + each.cell.across for each in placed(table))


def html(page: Page) -> bytes:
    parts = [f"<p>{escape(part)}</p>" if isinstance(part, str) else markup(part) for part in page]
    return f"<html><meta charset=utf-8><body><div>{''.join(parts)}</div></body></html>".encode()


def markup(table: Table) -> str:
    rows = ["" for _ in table]
    for each in placed(table):
        text = escape(each.cell.text).replace("\n", "<br>")
        spans = f"colspan={each.cell.across} rowspan={each.cell.down}"
        rows[each.row] += f"<td {spans}>{text}</td>"
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def docx(page: Page) -> bytes:
    document = new_word()
    for part in page:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), width(part))
        for each in placed(part):
            last = each.row + each.cell.down - 1, each.column + each.cell.across - 1
            table.cell(each.row, each.column).merge(table.cell(*last)).text = each.cell.text
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def xlsx(page: Page) -> bytes:
    """An empty row stands after each table."""
    book = openpyxl.Workbook()
    ws = book.active
    assert ws is not None
    row = 1
    for part in page:
        if isinstance(part, str):
            ws.cell(row, 1, part)
            row += 1
            continue
        for each in placed(part):
            top, left = row + each.row, each.column + 1
            ws.cell(top, left, each.cell.text)
            bottom, right = top + each.cell.down - 1, left + each.cell.across - 1
            if (top, left) != (bottom, right):
                ws.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)
        row += len(part) + 1
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def printed(page: Page) -> bytes:
    paper = sheet()
    for part in page:
        if isinstance(part, str):
            paper.text(part)
            continue
        column = (RIGHT - LEFT) / width(part)
        cells = [(each, list(wrapped(each.cell.text, int((column * each.cell.across - 6) / SIZE))))
                 for each in placed(part)]  # fmt: skip
        tops = [paper.y]
        for row in range(len(part)):
            lines = max(
                len(t) / e.cell.down for e, t in cells if e.row <= row < e.row + e.cell.down
            )
            tops.append(tops[-1] - lines * SIZE * 1.5 - 6)
        for each, texts in cells:
            x, top = LEFT + each.column * column, tops[each.row]
            height = top - tops[each.row + each.cell.down]
            paper.drawn.append(f"{x} {top - height} {column * each.cell.across} {height} re S")
            for down, line in enumerate(texts, 1):
                paper.text(line, x + 3, top - down * SIZE * 1.5)
        paper.y = tops[-1] - 3 * SIZE
    return pdf([paper])


def wrapped(text: str, longest: int) -> Iterator[str]:
    for line in text.split("\n"):
        for at in range(0, max(len(line), 1), longest):
            yield line[at : at + longest]


FORMATS = {"a.html": html, "a.docx": docx, "a.xlsx": xlsx, "a.pdf": printed}


def written(programme: Programme) -> str:
    """Stage by stage: who has to do what by when, and how much of it."""
    lines = []
    for stage in programme.stages:
        lines.append(f"{stage.name} {stage.starts} {stage.ends}")
        for task in stage.tasks:
            amounts = "".join(f" {amount.text}" for amount in task.amounts)
            due = task.due or stage.ends
            lines.append(f"{task.role} {task.position} {task.title} {due}{amounts}")
    return "\n".join(lines)


def one_programme(document: Document) -> Programme:
    [programme] = document.programmes
    return programme
