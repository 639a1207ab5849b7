"""The bots that people write to: how they are made, introduced, and patient when they reply."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ParamSpec

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.middlewares.base import (
    BaseRequestMiddleware,
    NextRequestMiddlewareType,
)
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import Response, SendMessage, TelegramMethod
from aiogram.types import BotCommandScopeAllGroupChats
from aiohttp import ClientSession

from bot.polling import Handle, poll, unless
from bot.refusal import Refused
from bot.wire import Wire
from handlers import texts
from handlers.conversation.menus import menu
from handlers.texts.audiences import STRANGER

log = structlog.get_logger(__name__)

TRIES = 4
LONGEST_WAIT = 60

P = ParamSpec("P")


class ProxiedSession(AiohttpSession):
    """aiogram asks for one more library even for plain HTTP proxies; aiohttp needs none."""

    def __init__(self, proxy: str, **options: Any) -> None:
        super().__init__(**options)
        self._address = proxy

    async def create_session(self) -> ClientSession:
        if self._session is None or self._session.closed:
            connector = self._connector_type(**self._connector_init)
            self._session = ClientSession(connector=connector, proxy=self._address)
            self._should_reset_connector = False
        return self._session


class PatientReplies(BaseRequestMiddleware):
    """A reply is tried again: twice is better than never, and Telegram's own pauses are kept."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep

    async def __call__(
        self, make_request: NextRequestMiddlewareType[Any], bot: Bot, method: TelegramMethod[Any]
    ) -> Response[Any]:
        for attempt in range(1, TRIES):
            try:
                return await make_request(bot, method)
            except TelegramRetryAfter as trouble:
                await self._sleep(min(trouble.retry_after, LONGEST_WAIT))
            except (TelegramNetworkError, TelegramServerError):
                if not isinstance(method, SendMessage):
                    raise
                await self._sleep(2**attempt / 2)
            except ClientDecodeError as trouble:
                if not (isinstance(method, SendMessage) and was_accepted(trouble)):
                    raise
                log.warning("receipt not understood", reason=str(trouble.original))
                return Response[Any](ok=True)
        return await make_request(bot, method)


def was_accepted(trouble: ClientDecodeError) -> bool:
    """The message is out; what cannot be read is only how the server tells it back."""
    return isinstance(trouble.data, dict) and trouble.data.get("ok") is True


def make_inbound_bot(wire: Wire) -> Bot:
    api = TelegramAPIServer.from_base(wire.base_url) if wire.base_url else PRODUCTION
    session = ProxiedSession(wire.proxy, api=api) if wire.proxy else AiohttpSession(api=api)
    session.middleware(PatientReplies())
    return Bot(wire.token, session=session)


async def identify(bot: Bot) -> None:
    """Refuses a wrong token at once; a Telegram that is out of reach may come back."""
    try:
        me = await bot.me()
    except (TelegramUnauthorizedError, TelegramNotFound):
        raise Refused("BOT_TOKEN：Bot API 不认这个令牌") from None
    except AiogramError as trouble:
        log.warning("bot api out of reach", reason=str(trouble))
    else:
        log.info("bot ready", id=me.id, username=me.username)


@dataclass(frozen=True, slots=True)
class Door:
    """How updates come in: fetched, or brought to `webhook`."""

    updates: list[str]
    webhook: str = ""
    secret: str = ""


async def listen(bot: Bot, handle: Handle, door: Door, stopping: asyncio.Event) -> None:
    """Until `stopping` is set. Nobody waits for an answer because a menu cannot be set."""
    introduction = asyncio.create_task(until_done(introduce, bot))
    try:
        await unless(stopping, until_done(open_door, bot, door))
        if door.webhook:
            await stopping.wait()
        else:
            await poll(bot, handle, door.updates, stopping)
    finally:
        introduction.cancel()
        await asyncio.wait([introduction])


async def until_done(
    tell: Callable[P, Awaitable[None]], *arguments: P.args, **named: P.kwargs
) -> None:
    """What Telegram has to know is told until it takes it."""
    pause = 1.0
    while True:
        try:
            return await tell(*arguments, **named)
        except AiogramError as trouble:
            log.warning("not told yet", what=tell.__name__, reason=str(trouble), seconds=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_WAIT)


async def introduce(bot: Bot) -> None:
    """What strangers see; whoever has more to choose from gets a menu of their own."""
    await bot.set_my_commands(menu(texts.commands_for({STRANGER})))
    await bot.set_my_commands(
        menu(texts.commands_in_groups()), scope=BotCommandScopeAllGroupChats()
    )


async def open_door(bot: Bot, door: Door) -> None:
    if door.webhook:
        await bot.set_webhook(door.webhook, secret_token=door.secret, allowed_updates=door.updates)
    else:
        await bot.delete_webhook()
