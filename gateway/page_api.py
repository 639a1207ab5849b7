"""The page's door: what a browser may ask and do."""

import asyncio
import sqlite3
import time
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway import people
from gateway.bodies import fields_of
from gateway.botapi import Reply
from gateway.chats import find_chat, member_status
from gateway.errors import ApiError, bad_request, forbidden
from gateway.exchange import Bot, Json
from gateway.files import find_upload
from gateway.page_people import Visit, object_of, open_session, page_door, visit_of
from gateway.page_stream import stream
from gateway.page_views import clock_json, messages_json, whole_view

ANSWER_SECONDS = 20
LONGEST_KEY = 64
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif")


def _place(visit: Visit, key: Any, person: Any) -> tuple[Bot, sqlite3.Row, Json]:
    """The bot, the chat and the person, if this browser and this person belong there."""
    user = visit.person(person)
    bot_id, colon, chat_id = key.partition(":") if isinstance(key, str) else ("", "", "")
    digits = chat_id.removeprefix("-")
    if not colon or not bot_id.isdecimal() or not digits.isdecimal() or len(key) > 40:
        raise bad_request("chat is of the form bot:chat")
    bot = visit.exchange.bot_of(int(bot_id))
    number = int(chat_id)
    chat = find_chat(visit.exchange.store, bot, number) if bot and abs(number) < 2**53 else None
    if bot is None or chat is None:
        raise ApiError(404, "Not Found: chat not found")
    if member_status(visit.exchange.store, bot, number, user["id"]) is None:
        raise forbidden("not a member of this chat")
    return bot, chat, user


def _text(given: Json, name: str, default: str | None = None) -> str:
    value = given.get(name, default)
    if not isinstance(value, str):
        raise bad_request(f"{name} is a text")
    return value


def _number(given: Json, name: str, default: int | None = None) -> int:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**53:
        raise bad_request(f"{name} is a number")
    return value


def _decimal(text: str | None, default: int) -> int:
    if text is None:
        return default
    if not text.isdecimal() or len(text) > 15:
        raise bad_request("a number expected")
    return int(text)


def _client_key(given: str) -> str:
    """Made by the browser for each thing it posts, so that posting again is harmless."""
    if not 8 <= len(given) <= LONGEST_KEY:
        raise bad_request(f"key has 8 to {LONGEST_KEY} signs")
    return given


async def show_state(request: Request) -> Response:
    """Who is not known yet learns how to enter."""
    try:
        return Reply(whole_view(visit_of(request)))
    except ApiError:
        page = request.app.state.page
        return Reply({"title": page.title, "enter": "open" if page.residents else "name"})


async def show_messages(visit: Visit) -> Response:
    query = visit.request.query_params
    person = _decimal(query.get("person"), 0)
    bot, chat, _ = _place(visit, query.get("chat"), person)
    before = _decimal(query.get("before"), 2**53)
    return Reply({"messages": messages_json(visit.exchange, bot, chat["id"], before)})


async def say(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = _place(visit, given.get("chat"), given.get("person"))
    message = people.say(
        visit.exchange,
        bot,
        chat,
        user,
        _text(given, "text"),
        _number(given, "reply_to", 0),
        f"{user['id']}/{_client_key(_text(given, 'key'))}",
    )
    return Reply({"message": message})


async def send_file(visit: Visit) -> Response:
    fields = await fields_of(visit.request)
    person = _decimal(fields.params.get("person"), 0)
    bot, chat, user = _place(visit, fields.params.get("chat"), person)
    upload = fields.files.get("file")
    if upload is None:
        raise bad_request("file is missing")
    key = f"{user['id']}/{_client_key(fields.params.get('key', ''))}"
    caption = fields.params.get("caption", "")
    message = people.send_file(visit.exchange, bot, chat, user, upload, caption, key)
    return Reply({"message": message})


async def press(visit: Visit) -> Response:
    """Waits for the bot's answer; an answer of null means that none came in time."""
    given = await object_of(visit.request)
    bot, chat, user = _place(visit, given.get("chat"), given.get("person"))
    exchange = visit.exchange
    query_id = people.press(
        exchange, bot, chat, user, _number(given, "message_id"), _text(given, "data")
    )
    deadline = time.monotonic() + ANSWER_SECONDS
    while (answer := people.answer_to(exchange, query_id)) is None and not exchange.closing:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        await exchange.answers.heard(left)
    return Reply({"answer": answer})


async def block(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = _place(visit, given.get("chat"), given.get("person"))
    if not isinstance(given.get("blocked"), bool):
        raise bad_request("blocked is true or false")
    people.block(visit.exchange, bot, chat, user, blocked=given["blocked"])
    return Reply({"ok": True})


async def mark_read(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = _place(visit, given.get("chat"), given.get("person"))
    visit.exchange.store.run(
        "UPDATE members SET read_up_to = max(read_up_to, ?)"
        " WHERE bot_id = ? AND chat_id = ? AND user_id = ?",
        _number(given, "message_id"),
        bot.id,
        chat["id"],
        user["id"],
    )
    return Reply({"ok": True})


async def control(visit: Visit) -> Response:
    given = await object_of(visit.request)
    wanted = _text(given, "name")
    for one in visit.page.controls:
        if one.name == wanted:
            # a browser that goes away must not stop the clock half way
            line = await asyncio.shield(one.press())
            visit.exchange.page.ring()
            return Reply({"line": line, **clock_json(visit.exchange, visit.page)})
    raise ApiError(404, "Not Found: no such control")


async def download(visit: Visit) -> Response:
    query = visit.request.query_params
    bot, chat, _ = _place(visit, query.get("chat"), _decimal(query.get("person"), 0))
    file_id = query.get("file", "")
    if not _is_in_chat(visit, bot, chat, file_id):
        raise ApiError(404, "Not Found: file not found")
    upload = find_upload(visit.exchange, bot, file_id)
    if upload is None:
        raise ApiError(404, "Not Found: file not found")
    inline = upload.mime in SHOWN_INLINE
    place = "inline" if inline else "attachment"
    headers = {
        "content-disposition": f"{place}; filename*=UTF-8''{quote(upload.name)}",
        "cache-control": "private, max-age=31536000, immutable",
        "content-security-policy": "sandbox; default-src 'none'",
    }
    kind = upload.mime if inline else "application/octet-stream"
    return Response(upload.data, headers=headers, media_type=kind)


def _is_in_chat(visit: Visit, bot: Bot, chat: sqlite3.Row, file_id: str) -> bool:
    """Who may read the chat may read its files, nobody else."""
    if (
        not file_id.startswith("GW")
        or len(file_id) > 60
        or not file_id[2:].replace("-", "").isdecimal()
    ):
        return False
    found = visit.exchange.store.one(
        "SELECT 1 FROM messages WHERE bot_id = ? AND chat_id = ? AND NOT deleted"
        " AND instr(body, ?) LIMIT 1",
        bot.id,
        chat["id"],
        f'"file_id":"{file_id}"',
    )
    return found is not None


PAGE_ROUTES = [
    Route("/page/session", open_session, methods=["POST"]),
    Route("/page/state", show_state, methods=["GET"]),
    Route("/page/messages", page_door(show_messages), methods=["GET"]),
    Route("/page/stream", page_door(stream), methods=["GET"]),
    Route("/page/file", page_door(download), methods=["GET"]),
    Route("/page/say", page_door(say), methods=["POST"]),
    Route("/page/upload", page_door(send_file), methods=["POST"]),
    Route("/page/press", page_door(press), methods=["POST"]),
    Route("/page/block", page_door(block), methods=["POST"]),
    Route("/page/read", page_door(mark_read), methods=["POST"]),
    Route("/page/control", page_door(control), methods=["POST"]),
]
