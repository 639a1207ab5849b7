"""The receiving ends of `yanxiu bench inbound`, each in a process of its own that may be killed."""

import asyncio
import socket
from collections.abc import Callable, Coroutine
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web
from starlette.applications import Starlette
from uvicorn import Config, Server

from storage import remembered
from storage.database import Sessions, make_engine, make_sessions
from web.webhook import PATH, webhook_route

SECRET = "bench"
TOKEN = "1:bench"

Serve = Callable[[Dispatcher, Bot, socket.socket], Coroutine[Any, Any, None]]


def run(name: str, database_url: str, listening: socket.socket) -> None:
    asyncio.run(SERVERS[name](dispatcher_of(database_url), Bot(TOKEN), listening))


def dispatcher_of(database_url: str) -> Dispatcher:
    """Its one handler keeps something that must not be lost: a row, committed."""
    sessions = make_sessions(make_engine(database_url))
    dispatcher = Dispatcher(sessions=sessions)

    @dispatcher.message()
    async def keep(message: Message, sessions: Sessions) -> None:
        async with sessions.begin() as session:
            await remembered.put(session, f"update:{message.message_id}", message.text or "")

    return dispatcher


async def ours(dispatcher: Dispatcher, bot: Bot, listening: socket.socket) -> None:
    async def handle(update: dict[str, Any]) -> None:
        await dispatcher.feed_raw_update(bot, update)

    site = Starlette(routes=[webhook_route(handle, SECRET)])
    await Server(Config(site, log_config=None, access_log=False)).serve([listening])


async def aiogram_default(dispatcher: Dispatcher, bot: Bot, listening: socket.socket) -> None:
    await _aiogram(dispatcher, bot, listening, background=True)


async def aiogram_foreground(dispatcher: Dispatcher, bot: Bot, listening: socket.socket) -> None:
    await _aiogram(dispatcher, bot, listening, background=False)


async def _aiogram(
    dispatcher: Dispatcher, bot: Bot, listening: socket.socket, *, background: bool
) -> None:
    site = web.Application()
    handler = SimpleRequestHandler(
        dispatcher, bot, handle_in_background=background, secret_token=SECRET
    )
    handler.register(site, path=PATH)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    await asyncio.Event().wait()


SERVERS: dict[str, Serve] = {
    "yanxiu": ours,
    "aiogram webhook (default: in background)": aiogram_default,
    "aiogram webhook (handle_in_background=False)": aiogram_foreground,
}
