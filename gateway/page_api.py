"""The page's door: what a browser may ask and do."""

import asyncio
import sqlite3
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway import people
from gateway.bodies import fields_of
from gateway.botapi import Reply
from gateway.clearing import clear as clear_chat
from gateway.errors import ApiError, bad_request
from gateway.exchange import Bot, awaited
from gateway.files import find_upload
from gateway.membership import block as block_bot
from gateway.page_people import Visit, object_of, open_session, page_door, visit_of
from gateway.page_requests import (
    decimal,
    mentions_of,
    number,
    place_of,
    place_of_form,
    target,
    target_of,
    text,
)
from gateway.page_stream import stream
from gateway.page_views import clock_json, messages_json, whole_view

ANSWER_SECONDS = 20
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif")


async def show_state(request: Request) -> Response:
    """Who is not known yet learns how to enter."""
    try:
        return Reply(whole_view(visit_of(request)))
    except ApiError:
        page = request.app.state.page
        return Reply({"title": page.title, "enter": "open" if page.residents else "name"})


async def show_messages(visit: Visit) -> Response:
    query = visit.request.query_params
    bot, chat, _ = target(visit, query.get("chat"), decimal(query.get("person"), 0))
    before = decimal(query.get("before"), 2**53)
    return Reply({"messages": messages_json(visit.exchange, bot, chat["id"], before)})


async def say(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    mentions = mentions_of(visit, bot, chat, given.get("mentions", []))
    words, place = text(given, "text"), place_of(user, given)
    message = people.say(visit.exchange, bot, chat, user, words, place, mentions)
    return Reply({"message": message})


async def send_file(visit: Visit) -> Response:
    fields = await fields_of(visit.request)
    person = decimal(fields.params.get("person"), 0)
    bot, chat, user = target(visit, fields.params.get("chat"), person)
    upload = fields.files.get("file")
    if upload is None:
        raise bad_request("file is missing")
    place = place_of_form(user, fields.params)
    caption = fields.params.get("caption", "")
    message = people.send_file(visit.exchange, bot, chat, user, upload, caption, place)
    return Reply({"message": message})


async def edit(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    message_id, words = number(given, "message_id"), text(given, "text")
    return Reply({"message": people.edit(visit.exchange, bot, chat, user, message_id, words)})


async def forward(visit: Visit) -> Response:
    """{"to": the chat it goes to}"""
    given = await object_of(visit.request)
    bot, source, user = target_of(visit, given)
    to_bot, chat, _ = target(visit, given.get("to"), given.get("person"))
    if to_bot.id != bot.id:
        raise bad_request("chats of different bots do not mix")
    message_id, place = number(given, "message_id"), place_of(user, given)
    message = people.forward(visit.exchange, bot, source, chat, user, message_id, place)
    return Reply({"message": message})


async def take_back(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    people.take_back(visit.exchange, bot, chat, user, number(given, "message_id"))
    return Reply({"ok": True})


async def press(visit: Visit) -> Response:
    """Waits for the bot's answer; an answer of null means that none came in time."""
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    exchange = visit.exchange
    query_id = people.press(
        exchange, bot, chat, user, number(given, "message_id"), text(given, "data")
    )
    answer = await awaited(exchange, ANSWER_SECONDS, lambda: people.answer_to(exchange, query_id))
    return Reply({"answer": answer})


async def block(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    if not isinstance(given.get("blocked"), bool):
        raise bad_request("blocked is true or false")
    block_bot(visit.exchange, bot, chat, user, blocked=given["blocked"])
    return Reply({"ok": True})


async def clear(visit: Visit) -> Response:
    bot, chat, _ = target_of(visit, await object_of(visit.request))
    clear_chat(visit.exchange, bot, chat)
    return Reply({"ok": True})


async def mark_read(visit: Visit) -> Response:
    given = await object_of(visit.request)
    bot, chat, user = target_of(visit, given)
    visit.exchange.store.run(
        "UPDATE members SET read_up_to = max(read_up_to, ?)"
        " WHERE bot_id = ? AND chat_id = ? AND user_id = ?",
        number(given, "message_id"),
        bot.id,
        chat["id"],
        user["id"],
    )
    return Reply({"ok": True})


async def control(visit: Visit) -> Response:
    given = await object_of(visit.request)
    wanted = text(given, "name")
    for one in visit.page.controls:
        if one.name == wanted:
            # a browser that goes away must not stop the clock half way
            line = await asyncio.shield(one.press())
            visit.exchange.page.ring()
            return Reply({"line": line, **clock_json(visit.exchange, visit.page)})
    raise ApiError(404, "Not Found: no such control")


async def download(visit: Visit) -> Response:
    query = visit.request.query_params
    bot, chat, _ = target(visit, query.get("chat"), decimal(query.get("person"), 0))
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
    Route("/page/edit", page_door(edit), methods=["POST"]),
    Route("/page/forward", page_door(forward), methods=["POST"]),
    Route("/page/take-back", page_door(take_back), methods=["POST"]),
    Route("/page/press", page_door(press), methods=["POST"]),
    Route("/page/block", page_door(block), methods=["POST"]),
    Route("/page/clear", page_door(clear), methods=["POST"]),
    Route("/page/read", page_door(mark_read), methods=["POST"]),
    Route("/page/control", page_door(control), methods=["POST"]),
]
