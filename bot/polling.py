"""Long polling that confirms an update only after it was handled: at least once, never lost."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, TypeVar

import structlog
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import (
    AiogramError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod

from storage.database import DatabaseTrouble

log = structlog.get_logger(__name__)

WAIT = 25  # seconds that the server keeps an empty request open
PAUSE = 2.0
LONGEST_PAUSE = 60.0
BREATH = 0.5  # after nothing at all: some servers answer at once instead of waiting
CHATS_AT_ONCE = 16

T = TypeVar("T")
Handle = Callable[[Bot, dict[str, Any]], Awaitable[None]]


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without aiogram's parsing: one odd update must not hold up all others."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    limit: int = 100
    timeout: int = WAIT
    allowed_updates: list[str] | None = None


async def poll(
    bot: Bot,
    handle: Handle,
    allowed_updates: list[str],
    stopping: asyncio.Event,
    *,
    pause: float = PAUSE,
) -> None:
    """Until `stopping` is set; what was received by then is still handled and confirmed.

    `handle` raises DatabaseTrouble to be given the same update once more.
    """
    request = GetRawUpdates(allowed_updates=allowed_updates)
    handled: set[int] = set()  # of those not yet confirmed: given again, they are left alone
    first_pause = pause
    while not stopping.is_set():
        try:
            updates = await unless(stopping, bot(request, request_timeout(bot.session)))
            await handle_all(bot, updates or [], handle, handled)
        except (AiogramError, DatabaseTrouble) as trouble:
            log.warning("polling paused", bot=bot.id, reason=str(trouble), seconds=pause)
            await unless(stopping, asyncio.sleep(pause_after(trouble, pause)))
            pause = min(pause * 2, LONGEST_PAUSE)
            continue
        pause = first_pause
        if updates:
            request.offset = max(update["update_id"] for update in updates) + 1
            handled.clear()
        else:
            await unless(stopping, asyncio.sleep(BREATH))
    if request.offset:
        with suppress(AiogramError):
            await bot(request.model_copy(update={"timeout": 0, "limit": 1}))


async def unless(stopping: asyncio.Event, awaitable: Awaitable[T]) -> T | None:
    """What it returns; None where the stop comes first."""
    work = asyncio.ensure_future(awaitable)
    stop = asyncio.ensure_future(stopping.wait())
    try:
        await asyncio.wait({work, stop}, return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        work.cancel()
        stop.cancel()


def request_timeout(session: BaseSession) -> int:
    """Longer than the server waits, or each quiet request would look like a lost one."""
    return int(session.timeout) + WAIT


def pause_after(trouble: Exception, pause: float) -> float:
    match trouble:
        case TelegramRetryAfter(retry_after=seconds):
            return float(seconds)
        case TelegramUnauthorizedError() | TelegramConflictError():
            return LONGEST_PAUSE / 4
        case _:
            return pause


async def handle_all(
    bot: Bot, updates: list[dict[str, Any]], handle: Handle, handled: set[int]
) -> None:
    """Chats side by side, the updates of one chat in their order."""
    chats: dict[int, list[dict[str, Any]]] = {}
    for update in updates:
        if update["update_id"] in handled:
            continue
        chats.setdefault(chat_of(update), []).append(update)
    room = asyncio.Semaphore(CHATS_AT_ONCE)

    async def in_order(queue: list[dict[str, Any]]) -> None:
        async with room:
            for update in queue:
                await handle(bot, update)
                handled.add(update["update_id"])

    # All of them run to their end, whatever becomes of one; then the first trouble is told.
    results = await asyncio.gather(*map(in_order, chats.values()), return_exceptions=True)
    for trouble in results:
        if isinstance(trouble, BaseException):
            raise trouble


def chat_of(update: dict[str, Any]) -> int:
    """What keeps its order: the chat, or where there is none the update stands alone."""
    for event in update.values():
        if isinstance(event, dict):
            message = event.get("message", event)
            if isinstance(message, dict) and isinstance(message.get("chat"), dict):
                return int(message["chat"]["id"])
    return -int(update["update_id"])
