"""Updates that Telegram brings to us: handled first, acknowledged after."""

import json
from collections.abc import Awaitable, Callable
from hmac import compare_digest
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from storage.database import DatabaseTrouble

log = structlog.get_logger(__name__)

PATH = "/telegram"
LONGEST_BODY = 1_000_000
RETRY_SECONDS = 15

Handle = Callable[[dict[str, Any]], Awaitable[None]]


def webhook_route(handle: Handle, secret: str) -> Route:
    """`handle` raises DatabaseTrouble where the update has to be brought again."""
    expected = secret.encode()

    async def receive(request: Request) -> Response:
        # Raw header bytes: a strange header must not fail while it is decoded.
        given = dict(request.headers.raw).get(b"x-telegram-bot-api-secret-token", b"")
        if not expected or not compare_digest(given, expected):
            return PlainTextResponse("", status_code=401)
        body = await limited_body(request)
        if body is None:
            return PlainTextResponse("", status_code=413)
        update = parsed(body)
        if update is None:
            # Anything else than 200 would bring the same bytes again and again.
            log.warning("malformed update", length=len(body))
            return PlainTextResponse("")
        try:
            await handle(update)
        except DatabaseTrouble as trouble:
            log.warning("update refused for now", reason=str(trouble))
            return PlainTextResponse(
                "", status_code=503, headers={"Retry-After": str(RETRY_SECONDS)}
            )
        return PlainTextResponse("")

    return Route(PATH, receive, methods=["POST"])


async def limited_body(request: Request) -> bytes | None:
    body = b""
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LONGEST_BODY:
                return None
    except ClientDisconnect:
        return b""
    return body


def parsed(body: bytes) -> dict[str, Any] | None:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if not isinstance(update, dict) or type(update.get("update_id")) is not int:
        return None
    return update
