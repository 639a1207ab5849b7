"""A file of any kind to a document: the door of this folder."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath

from docx.exceptions import PythonDocxError
from docx.opc.exceptions import OpcError
from lxml.etree import LxmlError  # type: ignore[import-untyped]  # ships no types
from openpyxl.utils.exceptions import (
    CellCoordinatesException,
    InvalidFileException,
    NamedRangeException,
    SheetTitleException,
)
from pdfminer.psexceptions import PSException

from knowledge.documents import Document, Unreadable
from knowledge.reading.archives import OLE, ZIP, checked
from knowledge.reading.blocks import Block
from knowledge.reading.decoding import decoded
from knowledge.reading.hypertext import blocks_of_page
from knowledge.reading.pdf import blocks_of_pdf
from knowledge.reading.plain import blocks_of_markdown, blocks_of_text
from knowledge.reading.sheet import blocks_of_workbook
from knowledge.reading.understanding import understood
from knowledge.reading.word import blocks_of_word

LARGEST = 30 * 2**20
_MARKUP = re.compile(r"\s*(?:<!doctype html|<html|<head|<body)", re.IGNORECASE)
_DECLARED = re.compile(rb"<meta[^>]{0,80}charset=[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_OTHER_KINDS = (
    b"%PDF-",
    ZIP,
    OLE,
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
)

# Parsers of strangers' files fail in as many ways as there are broken files.
BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    CellCoordinatesException,
    EOFError,
    LookupError,
    LxmlError,
    NamedRangeException,
    NotImplementedError,
    InvalidFileException,
    OSError,
    PSException,
    OpcError,
    PythonDocxError,
    RecursionError,
    SheetTitleException,
    SyntaxError,  # of XML
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def read_file(name: str, content: bytes, *, region: str = "") -> Document:
    """What the file holds. Raises Unreadable, with the one line that the user sees.

    `region` is the province to assume where the text names none and is not national.
    """
    name = PurePath(name.replace("\\", "/")).name
    kind = PurePath(name).suffix.lower()
    if kind not in _READERS:
        known = "、".join(sorted({each.lstrip(".") for each in _READERS}))
        raise Unreadable(f"{name}：不支持这种文件，请用 {known}。")
    if not content.strip():
        raise Unreadable(f"{name}：文件是空的。")
    if len(content) > LARGEST:
        raise Unreadable(f"{name}：文件超过{LARGEST // 2**20}MB，请拆开后再导入。")
    blocks = _READERS[kind](name, content)
    if not blocks:
        raise Unreadable(f"{name}：文件里没有文字。")
    return understood(name, blocks, region=region)


def _text(name: str, content: bytes) -> list[Block]:
    text = _decoded(name, content)
    if _MARKUP.match(text):
        raise Unreadable(f"{name}：内容是网页，请把扩展名改为 html。")
    return blocks_of_text(text)


def _markdown(name: str, content: bytes) -> list[Block]:
    return blocks_of_markdown(_decoded(name, content))


def _page(name: str, content: bytes) -> list[Block]:
    """The page in the encoding it declares, where that fits."""
    declared = _DECLARED.search(content[:4096])
    try:
        markup = content.decode(_wider(declared[1])) if declared else _decoded(name, content)
    except (LookupError, UnicodeDecodeError):
        markup = _decoded(name, content)
    if "\x00" in markup:
        raise Unreadable(f"{name}：不是文本文件。")
    return _guarded(name, lambda: blocks_of_page(markup))


def _wider(encoding: bytes) -> str:
    """Pages that say gb2312 mostly are GB18030."""
    said = encoding.decode("ascii", "ignore").lower()
    return "gb18030" if said in ("gb2312", "gbk") else said


def _word(name: str, content: bytes) -> list[Block]:
    checked(name, content, "word/document.xml")
    return _guarded(name, lambda: blocks_of_word(content))


def _workbook(name: str, content: bytes) -> list[Block]:
    checked(name, content, "xl/workbook.xml")
    return _guarded(name, lambda: blocks_of_workbook(name, content))


def _pdf(name: str, content: bytes) -> list[Block]:
    if b"%PDF-" not in content[:1024]:
        raise Unreadable(f"{name}：内容与扩展名不符。")
    return _guarded(name, lambda: blocks_of_pdf(name, content))


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(_OTHER_KINDS):
        raise Unreadable(f"{name}：内容与扩展名不符，不是文本文件。")
    return decoded(name, content)


def _guarded(name: str, read: Callable[[], list[Block]]) -> list[Block]:
    try:
        return read()
    except BROKEN as broken:
        raise Unreadable(f"{name}：文件已损坏，打不开。") from broken


_READERS: dict[str, Callable[[str, bytes], list[Block]]] = {
    ".txt": _text,
    ".md": _markdown,
    ".html": _page,
    ".htm": _page,
    ".docx": _word,
    ".pdf": _pdf,
    ".xlsx": _workbook,
}
