"""The secret address of one's own calendar: given once, renewed or closed with a press."""

import secrets
from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import (
    CallbackQuery,
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
)

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.texts import calendar as texts
from storage import calendars
from storage.database import Sessions
from storage.roster import Recipient

CalendarUrl = Callable[[str], str]
TOKEN_BYTES = 24


def router() -> Router:
    here = Router(name="calendar")
    here.message.register(give_address, Command("calendar"), F.chat.type == "private")
    here.message.register(point_to_private, Command("calendar"))
    pressed_in_private = F.message.chat.type == "private"
    here.callback_query.register(renew, F.data == "cl:new", pressed_in_private)
    here.callback_query.register(close, F.data == "cl:end", pressed_in_private)
    here.callback_query.register(refuse, F.data.startswith("cl:"))
    return here


async def give_address(
    message: Message,
    person: Recipient | None,
    now: datetime,
    sessions: Sessions,
    calendar_url: CalendarUrl,
) -> None:
    if person is None or not person.roles:
        await reply(message, plain(texts.NO_ROLE))
        return
    async with sessions() as session:
        has_one = await calendars.has_feed(session, person.id)
    if has_one:
        await reply(message, plain(texts.HAS_ONE), buttons())
        return
    url = calendar_url(await opened(sessions, person, now))
    await reply(message, texts.address(url), buttons(url))


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def refuse(query: CallbackQuery) -> None:
    await acknowledge(query, texts.NOT_YOURS, alert=True)


async def renew(
    query: CallbackQuery,
    person: Recipient | None,
    now: datetime,
    sessions: Sessions,
    calendar_url: CalendarUrl,
) -> None:
    if person is None or not person.roles:
        return await refuse(query)
    url = calendar_url(await opened(sessions, person, now))
    await acknowledge(query)
    await rewrite(query, texts.address(url), buttons(url))
    return None


async def close(query: CallbackQuery, person: Recipient | None, sessions: Sessions) -> None:
    if person is None:
        return await refuse(query)
    async with sessions.begin() as session:
        closed = await calendars.close_feed(session, person.id)
    await acknowledge(query, "" if closed else texts.NOTHING_TO_CLOSE)
    await rewrite(query, plain(texts.CLOSED), None)
    return None


async def opened(sessions: Sessions, person: Recipient, now: datetime) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    async with sessions.begin() as session:
        await calendars.open_feed(session, person.id, token, now=now)
    return token


def buttons(url: str = "") -> InlineKeyboardMarkup:
    rows = [
        [
            InlineKeyboardButton(text=texts.RENEW, callback_data="cl:new"),
            InlineKeyboardButton(text=texts.CLOSE, callback_data="cl:end"),
        ]
    ]
    if url:
        copy = InlineKeyboardButton(text=texts.COPY, copy_text=CopyTextButton(text=url))
        rows.insert(0, [copy])
    return InlineKeyboardMarkup(inline_keyboard=rows)
