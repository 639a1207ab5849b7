"""Who sits before the browser: a resident of the demonstration, or a visitor with a secret."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from gateway import sessions
from gateway.bodies import body_of, parsed_json
from gateway.botapi import Reply
from gateway.chats import add_private_chat, add_user, user_json
from gateway.errors import ApiError, bad_request, forbidden
from gateway.exchange import Bot, Exchange, Json

COOKIE = "gateway_session"
YEAR_SECONDS = 365 * 24 * 3600


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
    secret_hash: str
    is_personal: bool  # not a browser of the demonstration, which is open to everybody

    def person(self, user_id: Any) -> Json:
        known = not isinstance(user_id, float) and user_id in self.people
        user = user_json(self.exchange.store, user_id) if known else None
        if user is None:
            raise forbidden("this browser may not speak for that person")
        return user


Handler = Callable[[Visit], Awaitable[Response]]


def page_door(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Refuses strangers and posts from other sites, answers mistakes with 4xx JSON."""

    async def endpoint(request: Request) -> Response:
        try:
            demand_same_origin(request)
            return await handler(visit_of(request))
        except ApiError as error:
            return Reply(error.as_reply(), error.code)

    return endpoint


def demand_same_origin(request: Request) -> None:
    if request.method == "GET":
        return
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    if site not in ("same-origin", "none") or (
        origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    ):
        raise forbidden("this came from another site")


def origin(request: Request) -> str:
    """As the browser knows it, which may be behind a proxy; a post's was compared with the host."""
    return request.headers.get("origin") or f"{request.url.scheme}://{request.url.netloc}"


def device(request: Request) -> str:
    return sessions.device_of(request.headers.get("user-agent", ""))


def visit_of(request: Request) -> Visit:
    exchange, page = request.app.state.exchange, request.app.state.page
    session = sessions.session_of(exchange, request.cookies.get(COOKIE, ""))
    if session is None or (session["user_id"] is None and not page.residents):
        raise ApiError(401, "Unauthorized")
    user_id, secret_hash = session["user_id"], session["secret_hash"]
    people = residents_of(exchange, page) if user_id is None else (user_id,)
    return Visit(request, exchange, page, people, secret_hash, user_id is not None)


def residents_of(exchange: Exchange, page: Page) -> tuple[int, ...]:
    """The cast of the demonstration, and who came to it by the page."""
    newcomers = exchange.store.all("SELECT user_id FROM newcomers ORDER BY rowid")
    return (
        *(resident.user_id for resident in page.residents),
        *(row["user_id"] for row in newcomers),
    )


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
        demand_same_origin(request)
        given = await object_of(request)
        with exchange.store.transaction():
            newcomer = (
                None if page.residents else sessions.add_newcomer(exchange, given.get("name"))
            )
            user_id = newcomer["id"] if newcomer else None
            secret = sessions.open_for(exchange, user_id, device(request))
    except ApiError as error:
        return Reply(error.as_reply(), error.code)
    return with_cookie(Reply({"ok": True}), request, secret)


def with_cookie(reply: Response, request: Request, secret: str) -> Response:
    reply.set_cookie(
        COOKIE,
        secret,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return reply


async def add_to_demonstration(visit: Visit) -> Response:
    """Somebody new beside the cast, to try an invitation with."""
    if visit.is_personal or not visit.page.residents:
        raise forbidden("this is not the demonstration")
    given = await object_of(visit.request)
    with visit.exchange.store.transaction():
        newcomer = sessions.add_newcomer(visit.exchange, given.get("name"))
        visit.exchange.store.run("INSERT INTO newcomers VALUES (?)", newcomer["id"])
    return Reply({"person": newcomer})


def settle(exchange: Exchange, bot: Bot, residents: Sequence[Resident]) -> None:
    with exchange.store.transaction():
        for resident in residents:
            add_user(exchange.store, resident.user_id, resident.name)
            add_private_chat(exchange.store, bot, resident.user_id, resident.name)
