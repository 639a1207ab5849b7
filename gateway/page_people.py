"""Who sits before the browser: a resident of the demonstration, or a visitor with a secret."""

import hashlib
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from gateway.bodies import body_of, parsed_json
from gateway.botapi import Reply
from gateway.chats import add_private_chat, add_user, user_json
from gateway.errors import ApiError, bad_request, forbidden
from gateway.exchange import Bot, Exchange, Json

COOKIE = "gateway_session"
YEAR_SECONDS = 365 * 24 * 3600
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Control:
    """A button on the page which the composition root supplies, such as «到次日早晨»."""

    name: str
    label: str
    press: Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody of the demonstration's cast, offered in the page's chooser."""

    user_id: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    zone: ZoneInfo
    residents: Sequence[Resident]
    controls: Sequence[Control]


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of a browser that is known, and the people it may speak for."""

    request: Request
    exchange: Exchange
    page: Page
    people: tuple[int, ...]

    def person(self, user_id: Any) -> Json:
        user = user_json(self.exchange.store, user_id) if user_id in self.people else None
        if user is None:
            raise forbidden("this browser may not speak for that person")
        return user


Handler = Callable[[Visit], Awaitable[Response]]


def page_door(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Refuses strangers and posts from other sites, answers mistakes with 4xx JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            _demand_same_origin(request)
            return await handler(visit_of(request))
        except ApiError as error:
            return Reply(error.as_reply(), error.code)

    return endpoint


def _demand_same_origin(request: Request) -> None:
    if request.method == "GET":
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or (
        origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    ):
        raise forbidden("this came from another site")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def visit_of(request: Request) -> Visit:
    exchange, page = request.app.state.exchange, request.app.state.page
    row = exchange.store.one(
        "SELECT user_id FROM sessions WHERE secret_hash = ?", _hash(request.cookies.get(COOKIE, ""))
    )
    if row is None:
        raise ApiError(401, "Unauthorized")
    residents = tuple(resident.user_id for resident in page.residents)
    people = residents if row["user_id"] is None else (row["user_id"],)
    return Visit(request, exchange, page, people)


async def object_of(request: Request) -> Json:
    try:
        value = parsed_json(await body_of(request))
    except ValueError as error:
        raise bad_request("can't parse JSON") from error
    if not isinstance(value, dict):
        raise bad_request("JSON object expected")
    return value


async def open_session(request: Request) -> Response:
    """With residents the choice is open; without, every browser is somebody new."""
    exchange, page = request.app.state.exchange, request.app.state.page
    try:
        _demand_same_origin(request)
        given = await object_of(request)
        with exchange.store.transaction():
            user_id = None if page.residents else _new_visitor(exchange, given.get("name"))
            secret = secrets.token_urlsafe(32)
            exchange.store.run("INSERT INTO sessions VALUES (?, ?)", _hash(secret), user_id)
    except ApiError as error:
        return Reply(error.as_reply(), error.code)
    reply = Reply({"ok": True})
    reply.set_cookie(
        COOKIE,
        secret,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return reply


def _new_visitor(exchange: Exchange, name: Any) -> int:
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise bad_request(f"a name of 1 to {LONGEST_NAME} signs expected")
    name = "".join(sign for sign in name if sign.isprintable()).strip() or "访客"
    user_id = 10**9 + secrets.randbelow(10**12)
    add_user(exchange.store, user_id, name)
    for bot in exchange.bots.values():
        add_private_chat(exchange.store, bot, user_id, name)
    return user_id


def settle(exchange: Exchange, bot: Bot, residents: Sequence[Resident]) -> None:
    with exchange.store.transaction():
        for resident in residents:
            add_user(exchange.store, resident.user_id, resident.name)
            add_private_chat(exchange.store, bot, resident.user_id, resident.name)
