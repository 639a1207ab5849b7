"""The tester's door, guarded by the bot's token: faults, the log of calls, people and groups."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gateway import people
from gateway.bodies import body_of, parsed_json
from gateway.botapi import Reply
from gateway.chats import add_private_chat, add_user, change_chat, readable_chat, user_json
from gateway.errors import ApiError, bad_request
from gateway.exchange import Bot, Exchange, Json
from gateway.faults import faults_from

Door = Callable[[Exchange, Bot, Request], Awaitable[Response]]
LINES_AT_ONCE = 1000
LARGEST_ID = 2**52


def _guarded(door: Door) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        exchange: Exchange = request.app.state.exchange
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        bot = exchange.bots.get(token)
        try:
            if bot is None:
                raise ApiError(401, "Unauthorized")
            return await door(exchange, bot, request)
        except ApiError as error:
            return Reply(error.as_reply(), error.code)

    return endpoint


async def _json(request: Request) -> Any:
    try:
        return parsed_json(await body_of(request))
    except ValueError as error:
        raise bad_request("can't parse JSON") from error


async def _object(request: Request) -> Json:
    value = await _json(request)
    if not isinstance(value, dict):
        raise bad_request("JSON object expected")
    return value


async def show_faults(exchange: Exchange, bot: Bot, request: Request) -> Response:
    return Reply(exchange.faults.as_json())


async def set_faults(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """The new rules replace the old."""
    exchange.faults = faults_from(await _json(request))
    return Reply(exchange.faults.as_json())


async def show_log(exchange: Exchange, bot: Bot, request: Request) -> Response:
    after = request.query_params.get("after", "0")
    if not after.isdecimal() or len(after) > 15:
        raise bad_request("after is a number")

    async def lines() -> Any:
        last = int(after)
        while rows := exchange.store.all(
            "SELECT id, body FROM calls WHERE id > ? ORDER BY id LIMIT ?", last, LINES_AT_ONCE
        ):
            last = rows[-1]["id"]
            yield "".join(f'{{"id":{row["id"]},{row["body"][1:]}\n' for row in rows)

    return StreamingResponse(lines(), media_type="application/x-ndjson")


async def add_people(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """[{"user_id", "name", "started"}]: recipients for a soak, thousands at once."""
    value = await _json(request)
    if not isinstance(value, list):
        raise bad_request("a list of people expected")
    with exchange.store.transaction():
        for person in value:
            match person:
                case {"user_id": int(user_id), "name": str(name)} if 0 < user_id < LARGEST_ID:
                    add_user(exchange.store, user_id, name)
                    add_private_chat(exchange.store, bot, user_id, name)
                    if person.get("started") is True:
                        change_chat(exchange.store, bot.id, user_id, started=1)
                case _:
                    raise bad_request("a person needs user_id and name")
    return Reply({"people": len(value)})


async def say(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"user_id", "text", "chat_id"?}: somebody writes."""
    value = await _object(request)
    match value:
        case {"user_id": int(user_id), "text": str(text)} if 0 < user_id < LARGEST_ID:
            user = user_json(exchange.store, user_id)
            chat = readable_chat(exchange, bot, str(value.get("chat_id", user_id)))
            if user is None:
                raise bad_request("user not found")
            return Reply(people.say(exchange, bot, chat, user, text))
    raise bad_request("user_id and text expected")


async def migrate(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"chat_id"}: the group becomes a supergroup."""
    value = await _object(request)
    chat = readable_chat(exchange, bot, str(value.get("chat_id", "")))
    return Reply({"migrate_to_chat_id": people.migrate(exchange, bot, chat)})


def healthy(request: Request) -> Response:
    return PlainTextResponse("ok")


CONTROL_ROUTES = [
    Route("/gateway/health", healthy),
    Route("/gateway/faults", _guarded(show_faults), methods=["GET"]),
    Route("/gateway/faults", _guarded(set_faults), methods=["POST"]),
    Route("/gateway/log", _guarded(show_log), methods=["GET"]),
    Route("/gateway/people", _guarded(add_people), methods=["POST"]),
    Route("/gateway/say", _guarded(say), methods=["POST"]),
    Route("/gateway/migrate", _guarded(migrate), methods=["POST"]),
]
