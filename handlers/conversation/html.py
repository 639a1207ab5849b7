"""Replies as Telegram HTML; what escapes and cuts stands in scheduler/html, letters need it too."""

from scheduler.html import LONGEST_MESSAGE, pieces, safe, units

__all__ = ["LONGEST_MESSAGE", "bold", "headed", "pieces", "plain", "units"]


def plain(text: str) -> str:
    return safe(text)


def bold(text: str) -> str:
    return f"<b>{plain(text)}</b>"


def headed(text: str) -> str:
    """The first line in bold where more follows: the answer is seen before the clause."""
    first, newline, rest = text.partition("\n")
    return bold(first) + newline + plain(rest) if rest.strip() else plain(text)
