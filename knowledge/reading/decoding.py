"""Bytes to text: UTF-8, UTF-16 with a mark, GB18030; anything else is refused, not mangled."""

import re

from knowledge.documents import Unreadable

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# GB18030 decodes almost any bytes; real Chinese stays within the common characters.
_UNLIKELY = re.compile(r"[^\x00-\x7f\u00a0-\u00ff\u2000-\u33ff\u4e00-\u9fa5\uff00-\uffef\n]")
_MOST_UNLIKELY_ALLOWED = 0.05


def decoded(name: str, content: bytes) -> str:
    """The text of the file. Line ends become \\n."""
    text = _marked(content) or _unmarked(content)
    if text is None:
        raise Unreadable(f"{name}：文字编码无法识别，请另存为 UTF-8 后再试。")
    if _CONTROL.search(text):
        raise Unreadable(f"{name}：不是文本文件。")
    if not text.strip("\ufeff\x0c \t\r\n\u3000"):
        raise Unreadable(f"{name}：文件是空的。")
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _marked(content: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _try(content, encoding)
    return None


def _unmarked(content: bytes) -> str | None:
    utf8 = _try(content, "utf-8")
    if utf8 is not None:
        return utf8
    chinese = _try(content, "gb18030")
    return chinese if chinese is not None and _looks_chinese(chinese) else None


def _try(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _looks_chinese(text: str) -> bool:
    foreign = [char for char in text if ord(char) > 0x7F]
    unlikely = sum(1 for char in foreign if _UNLIKELY.match(char))
    return unlikely <= _MOST_UNLIKELY_ALLOWED * len(foreign)
