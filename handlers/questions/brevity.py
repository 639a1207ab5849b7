"""In a group an answer is short; all of it is one press away, in private."""

from datetime import datetime
from html import unescape
from re import sub
from secrets import token_hex
from typing import Protocol

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.conversation.doors import Doors
from handlers.conversation.html import headed, units
from handlers.texts import groups as texts
from storage import conversations
from storage.database import Sessions

SHORT = 200  # UTF-16 units
PREFIX = "full-"


class Place(Protocol):
    """Where an answer is given."""

    @property
    def sessions(self) -> Sessions: ...
    @property
    def doors(self) -> Doors: ...
    @property
    def surface(self) -> str: ...
    @property
    def now(self) -> datetime: ...


async def fitting(
    message: Message, html: str, below: InlineKeyboardMarkup | None, place: Place
) -> tuple[str, InlineKeyboardMarkup | None]:
    """What is said here, with the buttons below it."""
    text = unescape(sub(r"</?[a-z]+>", "", html))
    if message.chat.type == "private" or units(text) <= SHORT:
        return html, below
    number = token_hex(8)
    link = await place.doors.link(place.surface, f"{PREFIX}{number}")
    if not link:
        return headed(shortened(text)), below
    async with place.sessions.begin() as session:
        await conversations.put(
            session, key_of(number), state=None, data={"html": html}, now=place.now
        )
    rows = [[InlineKeyboardButton(text=texts.IN_PRIVATE, url=link)]]
    rows += below.inline_keyboard if below else []
    return headed(shortened(text)), InlineKeyboardMarkup(inline_keyboard=rows)


def shortened(text: str) -> str:
    """Whole lines as far as they fit, the answer first; a long first line is cut at a stop."""
    first, *others = text.split("\n")
    if units(first) >= SHORT:
        return _cut(first)
    kept = [first]
    for line in others:
        if units("\n".join([*kept, line])) >= SHORT:
            break
        kept.append(line)
    return "\n".join(kept) + "…"


def _cut(line: str) -> str:
    short = line[: SHORT // 2] if units(line[: SHORT - 1]) >= SHORT else line[: SHORT - 1]
    stop = max(short.rfind(sign) for sign in "。；！？")
    return (short[: stop + 1] if stop > SHORT // 4 else short) + "…"


def key_of(number: str) -> str:
    return f"full:{number}"
