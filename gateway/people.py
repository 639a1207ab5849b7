"""What people do in their chats: write, press, send a file, block; each makes an update."""

import json
import secrets
import sqlite3
import time
from collections.abc import Callable
from typing import Any

from gateway.bodies import Upload
from gateway.chats import change_chat, member_status
from gateway.entities import LONGEST_CAPTION, LONGEST_TEXT, demand_length, plain
from gateway.errors import bad_request, forbidden
from gateway.exchange import Bot, Exchange, Json
from gateway.files import add_file, document_json, photo_json, picture_size
from gateway.messages import add_message, find_message, message_json, quoted, topic_of
from gateway.updates import post_own_membership, post_update

PICTURES = ("image/png", "image/jpeg", "image/gif")


def say(
    exchange: Exchange,
    bot: Bot,
    chat: sqlite3.Row,
    user: Json,
    text: str,
    reply_to: int | None = None,
    client_key: str | None = None,
) -> Json:
    """The same key twice is the same message."""
    written = plain(text)
    if not written.text:
        raise bad_request("message text is empty")
    demand_length(written.text, LONGEST_TEXT, what="message")
    content: Json = {"text": written.text}
    if written.entities:
        content["entities"] = written.entities
    return _post(exchange, bot, chat, user, lambda: content, reply_to, client_key)


def send_file(
    exchange: Exchange,
    bot: Bot,
    chat: sqlite3.Row,
    user: Json,
    upload: Upload,
    caption: str = "",
    client_key: str | None = None,
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

    return _post(exchange, bot, chat, user, content, None, client_key)


def _post(
    exchange: Exchange,
    bot: Bot,
    chat: sqlite3.Row,
    user: Json,
    content: Callable[[], Json],
    reply_to: int | None,
    client_key: str | None,
) -> Json:
    with exchange.store.transaction():
        if known := _known(exchange, client_key):
            return known
        _demand_open(exchange, bot, chat, user)
        if not chat["started"]:
            change_chat(exchange.store, bot.id, chat["id"], started=1)
        body = content() | _reply(exchange, bot, chat, reply_to)
        _put_away_keyboard(exchange, bot, chat, body.get("text", ""))
        message = add_message(exchange, bot, chat, user, body, client_key)
        if not chat["bot_left"]:
            post_update(exchange, bot, chat["id"], "message", message)
        return message


def _known(exchange: Exchange, client_key: str | None) -> Json | None:
    if client_key is None:
        return None
    row = exchange.store.one("SELECT * FROM messages WHERE client_key = ?", client_key)
    return message_json(row) if row else None


def _demand_open(exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json) -> None:
    if member_status(exchange.store, bot, chat["id"], user["id"]) is None:
        raise forbidden("not a member of this chat")
    if chat["blocked"]:
        raise forbidden("the bot is blocked")
    if chat["migrated_to"]:
        raise bad_request("the group was upgraded to a supergroup")


def _reply(exchange: Exchange, bot: Bot, chat: sqlite3.Row, reply_to: int | None) -> Json:
    row = find_message(exchange, bot, chat["id"], reply_to) if reply_to else None
    if row is None:
        return {}
    original = message_json(row)
    return {"reply_to_message": quoted(original)} | topic_of(original)


def _put_away_keyboard(exchange: Exchange, bot: Bot, chat: sqlite3.Row, text: str) -> None:
    keyboard = json.loads(chat["keyboard"]) if chat["keyboard"] else {}
    buttons = [button["text"] for row in keyboard.get("keyboard", []) for button in row]
    if keyboard.get("force_reply") or (keyboard.get("one_time_keyboard") and text in buttons):
        change_chat(exchange.store, bot.id, chat["id"], keyboard=None)


def press(
    exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json, message_id: int, data: str
) -> str:
    """The id of the callback query; only what a button really says can be pressed."""
    with exchange.store.transaction():
        _demand_open(exchange, bot, chat, user)
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
        query = {
            "id": query_id,
            "from": user,
            "message": message,
            "chat_instance": str(chat["id"] * 7919),
            "data": data,
        }
        post_update(exchange, bot, chat["id"], "callback_query", query)
    return query_id


def answer_to(exchange: Exchange, query_id: str) -> Json | None:
    row = exchange.store.one("SELECT answer FROM callbacks WHERE id = ?", query_id)
    return json.loads(row["answer"]) if row and row["answer"] else None


def block(exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json, *, blocked: bool) -> None:
    if chat["type"] != "private":
        raise bad_request("only a private chat can be blocked")
    if bool(chat["blocked"]) == blocked:
        return
    with exchange.store.transaction():
        change_chat(exchange.store, bot.id, chat["id"], blocked=int(blocked))
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        post_own_membership(exchange, bot, chat, user, old, new)
    exchange.page.ring()


def migrate(exchange: Exchange, bot: Bot, chat: sqlite3.Row) -> int:
    """The group becomes a supergroup with a new id; the old one answers with that id from now."""
    if chat["type"] != "group" or chat["migrated_to"]:
        raise bad_request("only a group can be upgraded")
    store, old_id = exchange.store, int(chat["id"])
    new_id = -1_000_000_000_000 + old_id
    with store.transaction():
        store.run(
            "INSERT INTO chats (bot_id, id, type, title, started, revision)"
            " VALUES (?, ?, 'supergroup', ?, 1, ?)",
            bot.id,
            new_id,
            chat["title"],
            store.next_revision(),
        )
        store.run(
            "INSERT INTO members (bot_id, chat_id, user_id, status)"
            " SELECT bot_id, ?, user_id, status FROM members WHERE bot_id = ? AND chat_id = ?",
            new_id,
            bot.id,
            old_id,
        )
        change_chat(store, bot.id, old_id, migrated_to=new_id)
        _tell_of_migration(exchange, bot, old_id, {"migrate_to_chat_id": new_id})
        _tell_of_migration(exchange, bot, new_id, {"migrate_from_chat_id": old_id})
    return new_id


def _tell_of_migration(exchange: Exchange, bot: Bot, chat_id: int, content: Json) -> None:
    chat = exchange.store.one("SELECT * FROM chats WHERE bot_id = ? AND id = ?", bot.id, chat_id)
    assert chat is not None
    message = add_message(exchange, bot, chat, bot.as_user(), content)
    post_update(exchange, bot, chat_id, "message", message)
