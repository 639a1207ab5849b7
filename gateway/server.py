"""The gateway put together: one Starlette application."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.botapi import bot_api, bot_file
from gateway.chats import add_group_chat, add_member, add_private_chat, find_chat, user_json
from gateway.control_api import CONTROL_ROUTES
from gateway.exchange import Bot, Exchange
from gateway.page_api import PAGE_ROUTES
from gateway.page_devices import DEVICE_ROUTES
from gateway.page_groups import GROUP_ROUTES
from gateway.page_inline import INLINE_ROUTES
from gateway.page_people import Control, Page, Resident, settle
from gateway.store import Store
from gateway.updates import post_own_membership
from gateway.webhook import Courier

__all__ = ["Control", "Resident", "add_group", "add_token", "build_gateway", "hang_up"]

FOLDER = Path(__file__).parent / "page"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
        b" connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


def build_gateway(
    *,
    database: Path,
    token: str,
    bot_name: str,
    now: Callable[[], datetime],
    residents: Sequence[Resident] = (),
    controls: Sequence[Control] = (),
    page_title: str = "研修助手",
    bot_username: str = "yanxiu_bot",
    zone: str = "Asia/Shanghai",
    first_pause: float = 1.0,
) -> Starlette:
    """The first pause is that of a webhook that failed; it doubles from there."""
    exchange = Exchange(Store(database), now)
    app = Starlette(
        routes=ROUTES,
        middleware=[Middleware(SafeHeaders)],
        exception_handlers={ClientDisconnect: _nobody_listens},
        lifespan=_lifespan(Courier(exchange, first_pause)),
    )
    app.state.exchange = exchange
    app.state.page = Page(page_title, ZoneInfo(zone), tuple(residents), tuple(controls))
    add_token(app, token, bot_name, bot_username)
    return app


def _lifespan(courier: Courier) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        work = asyncio.create_task(courier.run())
        try:
            yield
        finally:
            courier.exchange.hang_up()
            work.cancel()
            with suppress(asyncio.CancelledError):
                await work
            courier.exchange.store.close()

    return lifespan


def add_token(app: Starlette, token: str, name: str, username: str) -> None:
    """One more bot that may use this gateway."""
    identity, _, secret = token.partition(":")
    if not identity.isdecimal() or len(identity) > 15 or not secret:
        raise ValueError("a token looks like 123456:letters")
    exchange: Exchange = app.state.exchange
    bot = Bot(int(identity), token, name, username)
    exchange.bots[token] = bot
    exchange.store.run("INSERT OR IGNORE INTO bots (id) VALUES (?)", bot.id)
    settle(exchange, bot, app.state.page.residents)
    if not app.state.page.residents:
        _introduce_to_visitors(exchange, bot)


def _introduce_to_visitors(exchange: Exchange, bot: Bot) -> None:
    visitors = exchange.store.all(
        "SELECT DISTINCT users.* FROM sessions JOIN users ON users.id = sessions.user_id"
    )
    with exchange.store.transaction():
        for row in visitors:
            add_private_chat(exchange.store, bot, row["id"], row["first_name"])


def add_group(
    app: Starlette,
    *,
    token: str,
    chat_id: int,
    title: str,
    members: Sequence[int],
    forum: bool = False,
) -> bool:
    """A group with the bot in it, the first member its owner; False if it is there already."""
    if chat_id >= 0:
        raise ValueError("the id of a group is negative")
    exchange: Exchange = app.state.exchange
    store, bot = exchange.store, exchange.bots[token]
    with store.transaction():
        is_new = add_group_chat(store, bot, chat_id, title, forum=forum)
        for number, user_id in enumerate(members):
            add_member(store, bot, chat_id, user_id, "member" if number else "creator")
        owner = user_json(store, members[0]) if members else None
        if is_new and owner:
            chat = find_chat(store, bot, chat_id)
            post_own_membership(exchange, bot, chat, owner, "left", "member")
    return is_new


def hang_up(app: Starlette) -> None:
    """Ends streams and long polls; call it before a server is asked to stop."""
    exchange: Exchange = app.state.exchange
    exchange.hang_up()


def _nobody_listens(request: Request, error: Exception) -> Response:
    """Killed in the middle of a sentence: what was not said to the end never arrived."""
    return Response(status_code=400)


def _front(request: Request) -> Response:
    return FileResponse(
        FOLDER / "index.html", media_type=KINDS[".html"], headers={"cache-control": "no-cache"}
    )


def _asset(request: Request) -> Response:
    name = f"{request.path_params['name']}.{request.path_params['suffix']}"
    known = {path.name: path for path in FOLDER.iterdir()}
    if name not in known:
        return Response("not found", 404, media_type="text/plain")
    path = known[name]
    kind = KINDS.get(path.suffix, "application/octet-stream")
    return FileResponse(path, media_type=kind, headers={"cache-control": "no-cache"})


class SafeHeaders:
    """What every answer carries unless it says something stricter itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message["headers"]}
                message["headers"] = [
                    *message["headers"],
                    *(pair for pair in HEADERS if pair[0] not in present),
                ]
            await send(message)

        await self.app(scope, receive, send_with_headers)


ROUTES = [
    Route("/", _front, methods=["GET"]),
    Route("/page/{name}.{suffix}", _asset, methods=["GET"]),
    *PAGE_ROUTES,
    *DEVICE_ROUTES,
    *GROUP_ROUTES,
    *INLINE_ROUTES,
    *CONTROL_ROUTES,
    Route("/bot{token}/{method}", bot_api, methods=["GET", "POST"]),
    Route("/file/bot{token}/documents/file_{number}", bot_file, methods=["GET"]),
]
