"""Office files are zip archives from strangers: looked at before anything is unpacked."""

import io
import re
import zipfile
import zlib

from knowledge.documents import Unreadable

_LARGEST_UNPACKED = 80 * 2**20
_MOST_PARTS = 2_000
_STEEPEST_RATIO = 150  # text compresses 5 to 30 times
_SMALL = 2**20
_MOST_MERGED_CELLS = 200_000
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office formats, and new ones behind a password
ZIP = b"PK\x03\x04"


def checked(name: str, content: bytes, main_part: str) -> None:
    """Refuse an archive that is not what it says, or that would do harm when read."""
    if content.startswith(OLE):
        raise Unreadable(f"{name}：文件有密码或是旧版 Office 格式，请另存为 docx 或 xlsx。")
    if not content.startswith(ZIP):
        raise Unreadable(f"{name}：内容与扩展名不符。")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(name, archive, main_part)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
        LookupError,
    ) as broken:
        raise Unreadable(f"{name}：文件已损坏，打不开。") from broken


def _check_parts(name: str, archive: zipfile.ZipFile, main_part: str) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise Unreadable(f"{name}：文件里有宏，为安全起见不读取。")
    if main_part not in names:
        raise Unreadable(f"{name}：内容与扩展名不符。")
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise Unreadable(f"{name}：文件展开后太大，不读取。")
    for part in parts:
        _check_part(name, archive, part)


def _check_part(name: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if part.flag_bits & 1:
        raise Unreadable(f"{name}：文件有密码，请去掉密码后再试。")
    if part.file_size > _SMALL and part.file_size > _STEEPEST_RATIO * max(part.compress_size, 1):
        raise Unreadable(f"{name}：文件展开后太大，不读取。")
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return
    xml = archive.read(part).replace(b"\x00", b"")  # UTF-16 hides nothing
    if any(declaration in xml for declaration in _DECLARATIONS):
        raise Unreadable(f"{name}：文件里有外部实体声明，为安全起见不读取。")
    if b"macroEnabled" in xml:
        raise Unreadable(f"{name}：文件里有宏，为安全起见不读取。")
    if sum(map(_area, _MERGED.findall(xml))) > _MOST_MERGED_CELLS:
        raise Unreadable(f"{name}：表格太大，不读取。")


def _area(corners: tuple[bytes, bytes, bytes, bytes]) -> int:
    left, top, right, bottom = corners
    return (_column(right) - _column(left) + 1) * (int(bottom) - int(top) + 1)


def _column(letters: bytes) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + letter - ord("A") + 1
    return value
