"""Replies and mail go out under one token: they count together, and a 429 to one halts both."""

from typing import Any

from aiogram import Bot
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import Response, TelegramMethod

from scheduler.pacing import Pacer

WRITE_TO_CHATS = ("send", "edit", "copy", "forward")


class SharedBudget(BaseRequestMiddleware):
    """Registered last: it is to see every try of a patient reply."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        chat = getattr(method, "chat_id", None)
        if chat is not None and method.__api_method__.startswith(WRITE_TO_CHATS):
            await self._pacer.reply(chat)
        try:
            return await make_request(bot, method)
        except TelegramRetryAfter as trouble:
            self._pacer.halt(trouble.retry_after)
            raise
