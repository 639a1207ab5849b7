"""The way out: python-telegram-bot behind our pacing, and what each of its errors means."""

import os
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import httpx
from telegram import (
    CopyTextButton,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import BaseRateLimiter, ExtBot
from telegram.request import BaseRequest, HTTPXRequest

from scheduler.letters import Button, Content, Edit, Pin, Rows, Text
from scheduler.pacing import Pacer

IN_FLIGHT = 8  # more makes PTB slower, and more messages uncertain after a crash
TIMEOUT_S = 20.0  # well below the lease of a row
A_WHILE_S = 5.0  # for a 429 that does not say how long
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@dataclass(frozen=True, slots=True)
class Delivered:
    message_id: int


@dataclass(frozen=True, slots=True)
class Blocked:
    """They do not want us, or are gone."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    chat_id: int


@dataclass(frozen=True, slots=True)
class SlowDown:
    seconds: float


@dataclass(frozen=True, slots=True)
class BadMarkup:
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """For good: the same request would be refused again."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """Certainly not delivered; trying again is safe."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """May have been delivered; trying again at once could double it."""

    reason: str


Outcome = Delivered | Blocked | Moved | SlowDown | BadMarkup | Refused | NotSent | Unknown


class AlreadyPaced:
    """Rate-limit argument of a request that has waited for its slot."""


Bot = ExtBot[AlreadyPaced]


class PacedLimiter(BaseRateLimiter[AlreadyPaced]):
    """Every request to a chat in its slot; none at all during a halt; nothing tried twice."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: AlreadyPaced | None,
    ) -> Any:
        chat = data.get("chat_id")
        if rate_limit_args and self._pacer.halted_for:  # not on the wire: say so, do not linger
            raise RetryAfter(timedelta(seconds=self._pacer.halted_for))
        if chat is not None and rate_limit_args is None:
            await self._pacer.wait(chat)
        await self._pacer.admit()
        try:
            return await callback(*args, **kwargs)
        except RetryAfter as error:
            self._pacer.halt(_seconds(error))
            raise


def make_bot(
    token: str,
    base_url: str = "",
    *,
    limiter: PacedLimiter,
    proxy: str | None = None,
    request: BaseRequest | None = None,
) -> Bot:
    """`base_url` without /bot, e.g. that of the gateway; empty: Telegram. Opens nothing yet."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # durations as timedelta; PTB warns without it
    wire = request or HTTPXRequest(
        connection_pool_size=IN_FLIGHT,
        connect_timeout=10,
        pool_timeout=TIMEOUT_S,
        read_timeout=TIMEOUT_S,
        write_timeout=TIMEOUT_S,
        proxy=proxy or None,
        httpx_kwargs={"trust_env": False},  # BOT_PROXY says it, or there is none
    )
    root = base_url.rstrip("/") or "https://api.telegram.org"
    return ExtBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=wire,
        get_updates_request=wire,  # never used: aiogram listens
        rate_limiter=limiter,
    )


async def close(bot: Bot) -> None:
    """Bots of ours are never `initialize`d: that asks getMe, and Telegram may be out of reach."""
    await bot.request.shutdown()


async def send(
    bot: Bot,
    chat_id: int,
    content: Content,
    *,
    thread_id: int | None = None,
    html: bool = True,
) -> Outcome:
    """One request on the wire, once, in a slot that the caller has waited for."""
    how: dict[str, Any] = {
        "text": content.html,
        "parse_mode": ParseMode.HTML if html else None,
        "link_preview_options": LinkPreviewOptions(is_disabled=True),
        "reply_markup": _keyboard(content.buttons),
        "rate_limit_args": AlreadyPaced(),
    }
    try:
        match content:
            case Pin():
                return await _pin(bot, chat_id, content)
            case Text():
                message = await bot.send_message(chat_id, message_thread_id=thread_id, **how)
                return Delivered(message.message_id)
            case Edit(message_id):
                await bot.edit_message_text(chat_id=chat_id, message_id=message_id, **how)
                return Delivered(message_id)
    except TelegramError as error:
        if isinstance(content, Edit) and "is not modified" in error.message.lower():
            return Delivered(content.message_id)  # it says so already
        return outcome_of(error)


async def _pin(bot: Bot, chat_id: int, content: Pin) -> Outcome:
    how: dict[str, Any] = {"message_id": content.message_id, "rate_limit_args": AlreadyPaced()}
    if content.pinned:
        await bot.pin_chat_message(chat_id, disable_notification=True, **how)
    else:
        await bot.unpin_chat_message(chat_id, **how)
    return Delivered(content.message_id)


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[_button(button) for button in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.copy:
        return InlineKeyboardButton(button.label, copy_text=CopyTextButton(button.copy))
    if button.url:
        return InlineKeyboardButton(button.label, url=button.url)
    return InlineKeyboardButton(button.label, callback_data=button.data)


def outcome_of(error: TelegramError) -> Outcome:
    match error:
        case RetryAfter():
            return SlowDown(_seconds(error))
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Blocked(error.message)
        case InvalidToken():  # the installation is wrong, not the message
            return NotSent(error.message)
        case BadRequest():  # before NetworkError: it is one
            unparsed = "can't parse entities" in error.message.lower()
            return BadMarkup(error.message) if unparsed else Refused(error.message)
        case NetworkError():
            return _network_outcome(error)
        case _:
            return Unknown(error.message)


def _network_outcome(error: NetworkError) -> Outcome:
    if isinstance(error.__cause__, NEVER_LEFT):
        return NotSent(error.message)
    if "Too Many Requests" in error.message:  # a proxy's 429, without retry_after
        return SlowDown(A_WHILE_S)
    return Unknown(error.message)


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
