"""Topics of a forum: which there are, and what a message carries of its topic and of a reply."""

import sqlite3
from typing import Any

from gateway.chats import change_chat
from gateway.errors import bad_request
from gateway.exchange import Bot, Exchange, Json
from gateway.messages import add_message, find_message, message_json, quoted
from gateway.updates import post_update

Row = sqlite3.Row
LONGEST_NAME = 128
MOST_TOPICS = 200
COLOUR = 0x6FB9F0


def find_topic(exchange: Exchange, bot: Bot, chat: Row, thread_id: int) -> Row | None:
    return exchange.store.one(
        "SELECT * FROM topics WHERE bot_id = ? AND chat_id = ? AND thread_id = ?",
        bot.id,
        chat["id"],
        thread_id,
    )


def topics_json(exchange: Exchange, bot: Bot, chat: Row) -> list[Json]:
    rows = exchange.store.all(
        "SELECT * FROM topics WHERE bot_id = ? AND chat_id = ? ORDER BY thread_id",
        bot.id,
        chat["id"],
    )
    return [
        {"id": row["thread_id"], "name": row["name"], "closed": bool(row["closed"])} for row in rows
    ]


def topic_name(given: Any) -> str:
    name = " ".join(given.split()) if isinstance(given, str) else ""
    if not name or len(name) > LONGEST_NAME:
        raise bad_request("TOPIC_TITLE_EMPTY" if not name else "TOPIC_TITLE_TOO_LONG")
    return name


def open_topic(exchange: Exchange, bot: Bot, chat: Row, by: Json, name: str) -> Json:
    """The message that opens it; its id is that of the topic."""
    if not chat["is_forum"]:
        raise bad_request("the chat is not a forum")
    if len(topics_json(exchange, bot, chat)) >= MOST_TOPICS:
        raise bad_request("TOPICS_TOO_MUCH")
    content = {"forum_topic_created": {"name": name, "icon_color": COLOUR}}
    opening = add_message(exchange, bot, chat, by, content, opens_topic=True)
    exchange.store.run(
        "INSERT INTO topics (bot_id, chat_id, thread_id, name) VALUES (?, ?, ?, ?)",
        bot.id,
        chat["id"],
        opening["message_id"],
        name,
    )
    change_chat(exchange.store, bot.id, chat["id"])
    return opening


def start_topic(exchange: Exchange, bot: Bot, chat: Row, user: Json, name: Any) -> int:
    """Somebody opens one; its number."""
    with exchange.store.transaction():
        opening = open_topic(exchange, bot, chat, user, topic_name(name))
        if not chat["bot_left"]:
            post_update(exchange, bot, chat["id"], "message", opening)
    return int(opening["message_id"])


def placed(
    exchange: Exchange,
    bot: Bot,
    chat: Row,
    thread_id: int,
    original: Json | None,
    *,
    into_closed: bool,
) -> Json:
    """A reply stays in its topic; and as on Telegram, what is written into a topic without being a
    reply has the message that opened it as its reply_to_message."""
    reply = {"reply_to_message": quoted(original)} if original else {}
    if not chat["is_forum"]:
        if thread_id:
            raise bad_request("message thread not found")
        return reply | _thread_of_replies(chat, original)
    if original and original.get("is_topic_message"):
        thread_id = original["message_thread_id"]
    if not thread_id:
        return reply
    topic = find_topic(exchange, bot, chat, thread_id)
    if topic is None:
        raise bad_request("message thread not found")
    if topic["closed"] and not into_closed:
        raise bad_request("TOPIC_CLOSED")
    opening = find_message(exchange, bot, chat["id"], thread_id)
    if not reply and opening:
        reply = {"reply_to_message": message_json(opening)}
    return reply | {"message_thread_id": thread_id, "is_topic_message": True}


def topic_of(message: Json) -> Json:
    if not message.get("is_topic_message"):
        return {}
    return {"message_thread_id": message["message_thread_id"], "is_topic_message": True}


def _thread_of_replies(chat: Row, original: Json | None) -> Json:
    """Replies in a supergroup have a thread of their own, which is no topic: bots must not answer
    into it."""
    if original is None or chat["type"] != "supergroup":
        return {}
    return {"message_thread_id": original.get("message_thread_id", original["message_id"])}
