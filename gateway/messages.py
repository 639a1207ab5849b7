"""Messages as both sides see them: the Message of the Bot API, stored once."""

import json
import sqlite3

from gateway.chats import chat_json
from gateway.exchange import Bot, Exchange, Json
from gateway.store import Store, packed

Row = sqlite3.Row


def message_json(row: Row) -> Json:
    return {"message_id": row["id"], **json.loads(row["body"])}


def find_message(exchange: Exchange, bot: Bot, chat_id: int, message_id: int) -> Row | None:
    return exchange.store.one(
        "SELECT * FROM messages WHERE id = ? AND bot_id = ? AND chat_id = ? AND NOT deleted",
        message_id,
        bot.id,
        chat_id,
    )


def add_message(
    exchange: Exchange,
    bot: Bot,
    chat: Row,
    sender: Json,
    content: Json,
    client_key: str | None = None,
    *,
    opens_topic: bool = False,
) -> Json:
    body: Json = {
        "from": sender,
        "chat": chat_json(chat),
        "date": exchange.date(),
        **content,
    }
    store = exchange.store
    if opens_topic:
        body |= {"message_thread_id": _next_number(store), "is_topic_message": True}
    number = store.run(
        "INSERT INTO messages (bot_id, chat_id, sender_id, body, client_key, revision)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        bot.id,
        chat["id"],
        sender["id"],
        packed(body),
        client_key,
        store.next_revision(),
    )
    exchange.page.ring()
    return {"message_id": number, **body}


def _next_number(store: Store) -> int:
    row = store.one("SELECT seq FROM sqlite_sequence WHERE name = 'messages'")
    return (row["seq"] if row else 0) + 1


def rewrite_message(exchange: Exchange, row: Row, body: Json) -> Json:
    exchange.store.run(
        "UPDATE messages SET body = ?, revision = ? WHERE id = ?",
        packed(body),
        exchange.store.next_revision(),
        row["id"],
    )
    exchange.page.ring()
    return {"message_id": row["id"], **body}


def delete_message(exchange: Exchange, row: Row) -> None:
    """The row stays as a tombstone, so that a page that was away learns of it."""
    exchange.store.run(
        "UPDATE messages SET deleted = 1, body = '{}', revision = ? WHERE id = ?",
        exchange.store.next_revision(),
        row["id"],
    )
    exchange.page.ring()


CONTENT = ("text", "entities", "document", "photo", "caption", "caption_entities")


def content_of(message: Json) -> Json:
    """What can be said again elsewhere; nothing for messages about the chat itself."""
    return {name: message[name] for name in CONTENT if name in message}


def forwarded(message: Json) -> Json:
    """With where it came from first."""
    origin = {"type": "user", "sender_user": message["from"], "date": message["date"]}
    return {"forward_origin": message.get("forward_origin", origin), **content_of(message)}


def quoted(message: Json) -> Json:
    """How a message looks inside its replies: without what it replies to itself."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}
