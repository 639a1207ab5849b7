"""The bot's door: /bot<token>/<method> and /file/bot<token>/<path>."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from gateway.bodies import Fields, fields_of
from gateway.calls import Call
from gateway.errors import ApiError
from gateway.exchange import Bot, Exchange
from gateway.faults import BadGateway, HungUp
from gateway.files import PREFIX, file_number, find_upload
from gateway.methods import METHODS
from gateway.methods.receiving import get_updates
from gateway.store import packed


class Reply(Response):
    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return packed(content).encode()


class NoReply(Response):
    """Promises a body and ends without one: the server then closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"1"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


async def bot_api(request: Request) -> Response:
    exchange: Exchange = request.app.state.exchange
    bot = exchange.bots.get(request.path_params["token"])
    if bot is None:
        return _refused(ApiError(401, "Unauthorized"))
    arrived = time.monotonic()
    method = request.path_params["method"].lower()
    fields = Fields({}, {})
    try:
        fields = await fields_of(request)
        verdict = exchange.faults.judge(method, fields.params.get("chat_id", ""))
        await asyncio.sleep(verdict.delay)
        if verdict.refusal:
            raise verdict.refusal
        outcome = "200, reply dropped" if verdict.drops_reply else "200"
        result = await perform(exchange, bot, method, fields, arrived, outcome)
        return NoReply() if verdict.drops_reply else Reply({"ok": True, "result": result})
    except ApiError as error:
        log_call(exchange, bot, method, fields.params, arrived, f"{error.code} {error.description}")
        return _refused(error)
    except BadGateway:
        log_call(exchange, bot, method, fields.params, arrived, "502")
        return HTMLResponse("<h1>502 Bad Gateway</h1>", 502)
    except HungUp:
        log_call(exchange, bot, method, fields.params, arrived, "refused")
        return NoReply()


def _refused(error: ApiError) -> Response:
    return Reply(error.as_reply(), error.code)


async def perform(
    exchange: Exchange, bot: Bot, method: str, fields: Fields, arrived: float, outcome: str
) -> Any:
    """One transaction: the effect of the call, and its line in the log."""
    call = Call(exchange, bot, method, fields.params, fields.files)
    if method == "getupdates":
        return await get_updates(call)
    if method not in METHODS:
        raise ApiError(404, "Not Found: method not found")
    with exchange.store.transaction():
        result = METHODS[method](call)
        log_call(exchange, bot, method, fields.params, arrived, outcome, result)
    return result


def log_call(
    exchange: Exchange,
    bot: Bot,
    method: str,
    params: Mapping[str, str],
    arrived: float,
    outcome: str,
    result: Any = None,
) -> None:
    """The witness of a soak. Polling is left out: it would drown everything else."""
    if method == "getupdates":
        return
    line = {
        "monotonic": arrived,
        "time": time.time(),
        "bot_id": bot.id,
        "method": method,
        "chat_id": params.get("chat_id"),
        "text": params.get("text", params.get("caption")),
        "message_id": result.get("message_id") if isinstance(result, dict) else None,
        "outcome": outcome,
    }
    exchange.store.run("INSERT INTO calls (body) VALUES (?)", packed(line))


async def bot_file(request: Request) -> Response:
    exchange: Exchange = request.app.state.exchange
    bot = exchange.bots.get(request.path_params["token"])
    if bot is None:
        return _refused(ApiError(401, "Unauthorized"))
    number = request.path_params["number"].split(".")[0]
    file_id = f"{PREFIX}{bot.id}-{number}"
    upload = find_upload(exchange, bot, file_id) if file_number(bot, file_id) else None
    if upload is None:
        return _refused(ApiError(404, "Not Found"))
    return Response(upload.data, media_type="application/octet-stream")
