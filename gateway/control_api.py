"""The tester's door, guarded by the bot's token: faults, the log of calls, people and groups."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from gateway import membership, people, sessions, topics
from gateway.bodies import body_of, parsed_json
from gateway.botapi import Reply
from gateway.chats import add_private_chat, add_user, change_chat, readable_chat, user_json
from gateway.errors import ApiError, bad_request
from gateway.exchange import Bot, Exchange, Json
from gateway.faults import faults_from
from gateway.page_requests import number, text

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
    """{"user_id", "text", "chat_id"?, "reply_to"?, "thread"?}: somebody writes."""
    value = await _object(request)
    chat, user = _who_and_where(exchange, bot, value)
    words, place = text(value, "text"), _place(value)
    return Reply(people.say(exchange, bot, chat, user, words, place))


async def press(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"user_id", "chat_id"?, "message_id", "data"}: somebody presses, and waits for nothing."""
    value = await _object(request)
    chat, user = _who_and_where(exchange, bot, value)
    message_id, data = number(value, "message_id"), text(value, "data")
    query_id = people.press(exchange, bot, chat, user, message_id, data)
    return Reply({"callback_query_id": query_id})


def _who_and_where(exchange: Exchange, bot: Bot, value: Json) -> tuple[Any, Json]:
    user_id = number(value, "user_id")
    chat = readable_chat(exchange, bot, str(value.get("chat_id", user_id)))
    user = user_json(exchange.store, user_id)
    if user is None:
        raise bad_request("user not found")
    return chat, user


def _place(value: Json) -> people.Place:
    return people.Place(number(value, "reply_to", 0), number(value, "thread", 0))


async def migrate(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"chat_id"}: the group becomes a supergroup."""
    value = await _object(request)
    chat = readable_chat(exchange, bot, str(value.get("chat_id", "")))
    return Reply({"migrate_to_chat_id": membership.migrate(exchange, bot, chat)})


async def seat(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"user_id", "chat_id", "status"}: what somebody makes of the bot in a group."""
    value = await _object(request)
    chat, user = _who_and_where(exchange, bot, value)
    status = text(value, "status")
    if status not in ("member", "administrator", "kicked"):
        raise bad_request("status is unknown")
    membership.seat_bot(exchange, bot, chat, user, status)
    return Reply({"ok": True})


async def topic(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"user_id", "chat_id", "name"}: somebody opens a topic."""
    value = await _object(request)
    chat, user = _who_and_where(exchange, bot, value)
    return Reply({"thread": topics.start_topic(exchange, bot, chat, user, value.get("name"))})


async def make_device_link(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"user_id"}: for somebody who lost the only device; append the path to the page's address."""
    user = _known(exchange, await _object(request))
    return Reply({"path": f"/#device={sessions.make_device_link(exchange, user['id'])}"})


async def end_sessions(exchange: Exchange, bot: Bot, request: Request) -> Response:
    """{"user_id"}: every device of a person is signed out."""
    user = _known(exchange, await _object(request))
    return Reply({"ended": sessions.end(exchange, user["id"])})


def _known(exchange: Exchange, value: Json) -> Json:
    user = user_json(exchange.store, number(value, "user_id"))
    if user is None:
        raise bad_request("user not found")
    return user


def healthy(request: Request) -> Response:
    return PlainTextResponse("ok")


CONTROL_ROUTES = [
    Route("/gateway/health", healthy),
    Route("/gateway/faults", _guarded(show_faults), methods=["GET"]),
    Route("/gateway/faults", _guarded(set_faults), methods=["POST"]),
    Route("/gateway/log", _guarded(show_log), methods=["GET"]),
    Route("/gateway/people", _guarded(add_people), methods=["POST"]),
    Route("/gateway/say", _guarded(say), methods=["POST"]),
    Route("/gateway/press", _guarded(press), methods=["POST"]),
    Route("/gateway/seat", _guarded(seat), methods=["POST"]),
    Route("/gateway/topic", _guarded(topic), methods=["POST"]),
    Route("/gateway/device-link", _guarded(make_device_link), methods=["POST"]),
    Route("/gateway/sessions/end", _guarded(end_sessions), methods=["POST"]),
    Route("/gateway/migrate", _guarded(migrate), methods=["POST"]),
]
