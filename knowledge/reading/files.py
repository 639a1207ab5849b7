"""A file of any kind to a document: the door of this folder."""

import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePath

from knowledge.documents import Document, Unreadable
from knowledge.reading.archives import OLE, ZIP, checked
from knowledge.reading.blocks import Block
from knowledge.reading.decoding import decoded
from knowledge.reading.plain import blocks_of_markdown, blocks_of_text
from knowledge.reading.understanding import understood

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

# Parsers of strangers' files fail in as many ways as there are broken files; each has errors of
# its own besides. They are imported where a file needs them: all of them take half a second.
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RecursionError,
    SyntaxError,  # of XML
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def read_file(name: str, content: bytes, *, region: str = "", year: int = 0) -> Document:
    """What the file holds. Raises Unreadable, with the one line that the user sees.

    `region` is the province to assume where the text names none and is not national, `year` the
    year of dates without one.
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
    return understood(name, blocks, region=region, year=year)


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
    from knowledge.reading import hypertext

    return _guarded(name, hypertext.BROKEN, lambda: hypertext.blocks_of_page(markup))


def _wider(encoding: bytes) -> str:
    """Pages that say gb2312 mostly are GB18030."""
    said = encoding.decode("ascii", "ignore").lower()
    return "gb18030" if said in ("gb2312", "gbk") else said


def _word(name: str, content: bytes) -> list[Block]:
    checked(name, content, "word/document.xml")
    from knowledge.reading import word

    return _guarded(name, word.BROKEN, lambda: word.blocks_of_word(content))


def _workbook(name: str, content: bytes) -> list[Block]:
    checked(name, content, "xl/workbook.xml")
    from knowledge.reading import sheet

    return _guarded(name, sheet.BROKEN, lambda: sheet.blocks_of_workbook(name, content))


def _pdf(name: str, content: bytes) -> list[Block]:
    if b"%PDF-" not in content[:1024]:
        raise Unreadable(f"{name}：内容与扩展名不符。")
    from knowledge.reading import pdf

    return _guarded(name, pdf.BROKEN, lambda: pdf.blocks_of_pdf(name, content))


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(_OTHER_KINDS):
        raise Unreadable(f"{name}：内容与扩展名不符，不是文本文件。")
    return decoded(name, content)


def _guarded(
    name: str, errors: tuple[type[Exception], ...], read: Callable[[], list[Block]]
) -> list[Block]:
    broken_by: tuple[type[Exception], ...] = (*_BROKEN, *errors)
    try:
        return read()
    except broken_by as broken:
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
