"""A roster file of a coordinator as rows of texts: xlsx or csv."""

import csv
import io
import warnings
from collections.abc import Iterator
from pathlib import PurePath
from zipfile import BadZipFile

from openpyxl import load_workbook

from knowledge.documents import Unreadable
from knowledge.reading.archives import checked
from knowledge.reading.decoding import decoded

LARGEST = 60 * 2**20
_BROKEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, OSError, BadZipFile)
_DELIMITERS = ",;\t"

Line = tuple[int, list[str]]  # as the sheet counts, from 1; cells without spaces around them


def lines_of(name: str, content: bytes) -> Iterator[Line]:
    """The visible rows of the first sheet that holds any. Raises Unreadable."""
    kind = PurePath(name).suffix.lower()
    if len(content) > LARGEST:
        raise Unreadable(f"{name}：文件超过{LARGEST // 2**20}MB，请拆开后再导入。")
    if kind == ".xlsx":
        return _workbook(name, content)
    if kind == ".csv":
        return _csv(name, content)
    raise Unreadable(f"{name}：名单请用 xlsx 或 csv。")


def _workbook(name: str, content: bytes) -> Iterator[Line]:
    checked(name, content, "xl/workbook.xml")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that it does not show
        try:
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                found = False
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
                    cells = [_text(cell) for cell in row]
                    if any(cells):
                        found = True
                        yield number, cells
                if found:
                    return
        except _BROKEN as broken:
            raise Unreadable(f"{name}：文件已损坏，打不开。") from broken


def _text(cell: object) -> str:
    """13812345678 is stored as a number by many, and as 13812345678.0 by some."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _csv(name: str, content: bytes) -> Iterator[Line]:
    text = decoded(name, content)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            cells = [" ".join(cell.split()) for cell in row]
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as broken:
        raise Unreadable(f"{name}：第{reader.line_num}行读不了。") from broken
