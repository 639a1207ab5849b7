"""The one place that makes text harmless inside Telegram's HTML, and cuts what is too long.

It stands here because letters and replies both need it, and because the floor below knows nothing
of Telegram."""

import re
from collections.abc import Iterator
from html import escape

from knowledge.visible import visible

LONGEST_MESSAGE = 4096  # UTF-16 units; ours are counted with their tags, which is stricter
_TOKEN = re.compile(r"</?[a-z][^<>]*>|&(?:[a-z]+|#x?[0-9a-f]+);|\n|.", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def safe(text: str) -> str:
    """What others wrote: shown as it is written, and nothing but what can be seen."""
    return escape(visible(text), quote=False)


def units(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(html: str, limit: int = LONGEST_MESSAGE) -> list[str]:
    """Messages of at most `limit` units: cut between lines, a longer line between characters. What
    stands in tags is closed at a cut and opened again behind it."""
    found: list[str] = []
    piece = _Piece(limit)
    for line in re.split(r"(?<=\n)", html):
        if not piece.has_room_for(line):
            found.append(piece.taken())
        for part in _parts(line, piece):
            found += [piece.taken()] if part is None else []
            piece.add(part or "")
    found.append(piece.taken())
    return [one.strip("\n") for one in found if _TAG.sub("", one).strip()]


class _Piece:
    """The message that is being filled; `open`: the tags that are not closed yet."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._text = ""
        self.open: list[str] = []

    def has_room_for(self, more: str) -> bool:
        after = opened(more, self.open)
        return units(self._text + more.rstrip("\n") + closing(after)) <= self._limit

    def add(self, more: str) -> None:
        self.open = opened(more, self.open)
        self._text += more

    def taken(self) -> str:
        done = self._text.rstrip("\n") + closing(self.open)
        self._text = "".join(self.open)
        return done


def _parts(line: str, piece: _Piece) -> Iterator[str | None]:
    """The whole line where it fits, else its signs; None where a message is full."""
    if piece.has_room_for(line):
        yield line
        return
    for token in _TOKEN.findall(line):
        if not piece.has_room_for(token):
            yield None
        yield token


def opened(html: str, before: list[str]) -> list[str]:
    """The tags that are open behind it."""
    after = list(before)
    for tag in _TAG.findall(html):
        if not tag.startswith("</"):
            after.append(tag)
        elif after:
            after.pop()
    return after


def closing(tags: list[str]) -> str:
    return "".join(f"</{re.split(r'[ >]', tag[1:])[0]}>" for tag in reversed(tags))
