"""The one place that escapes text for Telegram and cuts what is too long for one message."""

from collections.abc import Iterator
from html import escape, unescape
from re import sub

LONGEST_MESSAGE = 4096  # UTF-16 units


def plain(text: str) -> str:
    return escape(text, quote=False)


def bold(text: str) -> str:
    return f"<b>{plain(text)}</b>"


def headed(text: str) -> str:
    """The first line in bold where more follows: the answer is seen before the clause."""
    first, newline, rest = text.partition("\n")
    return bold(first) + newline + plain(rest) if rest.strip() else plain(text)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(html: str, limit: int = LONGEST_MESSAGE) -> list[str]:
    """Messages of at most `limit` units, cut between lines. Tags never cross lines here."""
    found: list[str] = []
    for line in _short_lines(html, limit):
        if found and units(found[-1]) + 1 + units(line) <= limit:
            found[-1] += "\n" + line
        else:
            found.append(line)
    return [piece.strip("\n") for piece in found if piece.strip()]


def _short_lines(html: str, limit: int) -> Iterator[str]:
    for line in html.split("\n"):
        if units(line) <= limit:
            yield line
        else:
            yield from _cut(unescape(sub(r"</?b>", "", line)), limit)


def _cut(text: str, limit: int) -> Iterator[str]:
    """A line without end loses its bold; cut between characters, never inside `&amp;`."""
    piece = ""
    length = 0
    for character in text:
        written = plain(character)
        if length + units(written) > limit:
            yield piece
            piece, length = "", 0
        piece += written
        length += units(written)
    yield piece
