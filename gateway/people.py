"""What people do in a chat: write, send a file, change or take back a message, press a button."""

import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.bodies import Upload
from gateway.chats import change_chat, member_status
from gateway.entities import LONGEST_CAPTION, LONGEST_TEXT, demand_length, plain
from gateway.errors import bad_request, forbidden
from gateway.exchange import Bot, Exchange, Json
from gateway.files import add_file, document_json, photo_json, picture_size
from gateway.inline_messages import inline_id_of
from gateway.messages import (
    add_message,
    content_of,
    delete_message,
    find_message,
    forwarded,
    message_json,
    rewrite_message,
)
from gateway.topics import placed
from gateway.updates import post_update

PICTURES = ("image/png", "image/jpeg", "image/gif")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the chat; and the key that makes posting twice the same message."""

    reply_to: int = 0
    thread: int = 0
    key: str | None = None


def say(
    exchange: Exchange,
    bot: Bot,
    chat: sqlite3.Row,
    user: Json,
    text: str,
    place: Place,
    mentions: Sequence[Json] = (),
) -> Json:
    """`mentions`: entities of people without a username, in UTF-16 units of the text."""
    content = _written(text, mentions)
    return post(exchange, bot, chat, user, lambda: content, place)


def _written(text: str, mentions: Sequence[Json]) -> Json:
    written = plain(text, mentions)
    if not written.text:
        raise bad_request("message text is empty")
    demand_length(written.text, LONGEST_TEXT, what="message")
    content: Json = {"text": written.text}
    return content | ({"entities": written.entities} if written.entities else {})


def send_file(
    exchange: Exchange,
    bot: Bot,
    chat: sqlite3.Row,
    user: Json,
    upload: Upload,
    caption: str,
    place: Place,
) -> Json:
    words = plain(caption)
    demand_length(words.text, LONGEST_CAPTION, what="message caption")
    if not upload.data:
        raise bad_request("file must be non-empty")

    def content() -> Json:
        file_id = add_file(exchange, bot, upload)
        if upload.mime in PICTURES and picture_size(upload.data):
            sent: Json = {"photo": photo_json(file_id, upload)}
        else:
            sent = {"document": document_json(file_id, upload)}
        sent |= {"caption": words.text} if words.text else {}
        return sent | ({"caption_entities": words.entities} if words.entities else {})

    return post(exchange, bot, chat, user, content, place)


def post(
    exchange: Exchange,
    bot: Bot,
    chat: sqlite3.Row,
    user: Json,
    content: Callable[[], Json],
    place: Place,
) -> Json:
    with exchange.store.transaction():
        if known := _known(exchange, place.key):
            return known
        demand_open(exchange, bot, chat, user)
        if not chat["started"]:
            change_chat(exchange.store, bot.id, chat["id"], started=1)
        row = find_message(exchange, bot, chat["id"], place.reply_to) if place.reply_to else None
        original = message_json(row) if row else None
        around = placed(exchange, bot, chat, place.thread, original, into_closed=False)
        body = around | content()
        _put_away_keyboard(exchange, bot, chat, body.get("text", ""))
        message = add_message(exchange, bot, chat, user, body, place.key)
        if not chat["bot_left"]:
            post_update(exchange, bot, chat["id"], "message", message)
        return message


def forward(
    exchange: Exchange,
    bot: Bot,
    source: sqlite3.Row,
    chat: sqlite3.Row,
    user: Json,
    message_id: int,
    place: Place,
) -> Json:
    """Out of one of a person's chats into another of the same bot."""
    row = find_message(exchange, bot, source["id"], message_id)
    message = message_json(row) if row else {}
    if not content_of(message) or message.get("has_protected_content"):
        raise bad_request("this message can't be forwarded")
    return post(exchange, bot, chat, user, lambda: forwarded(message), place)


def _known(exchange: Exchange, client_key: str | None) -> Json | None:
    if client_key is None:
        return None
    row = exchange.store.one("SELECT * FROM messages WHERE client_key = ?", client_key)
    return message_json(row) if row else None


def demand_open(exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json) -> None:
    if member_status(exchange.store, bot, chat["id"], user["id"]) is None:
        raise forbidden("not a member of this chat")
    if chat["blocked"]:
        raise forbidden("the bot is blocked")
    if chat["migrated_to"]:
        raise bad_request("the group was upgraded to a supergroup")


def _put_away_keyboard(exchange: Exchange, bot: Bot, chat: sqlite3.Row, text: str) -> None:
    keyboard = json.loads(chat["keyboard"]) if chat["keyboard"] else {}
    buttons = [button["text"] for row in keyboard.get("keyboard", []) for button in row]
    if keyboard.get("force_reply") or (keyboard.get("one_time_keyboard") and text in buttons):
        change_chat(exchange.store, bot.id, chat["id"], keyboard=None)


def _own(
    exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json, message_id: int
) -> sqlite3.Row:
    demand_open(exchange, bot, chat, user)
    row = find_message(exchange, bot, chat["id"], message_id)
    if row is None or row["sender_id"] != user["id"]:
        raise forbidden("only own messages can be changed")
    if not {"text", "document", "photo"} & json.loads(row["body"]).keys():
        raise bad_request("this message can't be changed")
    return row


def edit(
    exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json, message_id: int, text: str
) -> Json:
    """Tells the bot with edited_message, as Telegram does."""
    with exchange.store.transaction():
        row = _own(exchange, bot, chat, user, message_id)
        before: Json = json.loads(row["body"])
        if "text" not in before or "via_bot" in before or "forward_origin" in before:
            raise bad_request("this message can't be edited")
        after = {name: one for name, one in before.items() if name not in ("text", "entities")}
        after |= _written(text, ())
        if after == before:
            return message_json(row)
        after["edit_date"] = max(exchange.date(), before["date"])
        message = rewrite_message(exchange, row, after)
        if not chat["bot_left"]:
            post_update(exchange, bot, chat["id"], "edited_message", message)
        return message


def take_back(exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json, message_id: int) -> None:
    """Bots are not told, as on Telegram."""
    with exchange.store.transaction():
        delete_message(exchange, _own(exchange, bot, chat, user, message_id))


def press(
    exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json, message_id: int, data: str
) -> str:
    """The id of the callback query; only what a button really says can be pressed."""
    with exchange.store.transaction():
        demand_open(exchange, bot, chat, user)
        if chat["bot_left"]:
            raise forbidden("the bot is not in this chat")
        row = find_message(exchange, bot, chat["id"], message_id)
        message = message_json(row) if row else {}
        rows: Any = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for line in rows for button in line):
            raise bad_request("there is no such button")
        query_id = str(secrets.randbits(62))
        exchange.store.run(
            "INSERT INTO callbacks (id, bot_id, asked_at) VALUES (?, ?, ?)",
            query_id,
            bot.id,
            time.time(),
        )
        inline_id = inline_id_of(exchange, message_id)
        query = {
            "id": query_id,
            "from": user,
            "chat_instance": str(chat["id"] * 7919),
            "data": data,
            **({"inline_message_id": inline_id} if inline_id else {"message": message}),
        }
        post_update(exchange, bot, chat["id"], "callback_query", query)
    return query_id


def answer_to(exchange: Exchange, query_id: str) -> Json | None:
    row = exchange.store.one("SELECT answer FROM callbacks WHERE id = ?", query_id)
    return json.loads(row["answer"]) if row and row["answer"] else None
