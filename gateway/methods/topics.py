"""Topics of forums, as the bot opens, renames, closes and removes them."""

import json
import sqlite3

from gateway.calls import Call
from gateway.chats import bot_status, change_chat, writable_chat
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.messages import add_message, delete_message
from gateway.topics import COLOUR, find_topic, open_topic, topic_name


def create_forum_topic(call: Call) -> Json:
    chat = _forum(call)
    name = topic_name(call.text("name"))
    opening = open_topic(call.exchange, call.bot, chat, call.bot.as_user(), name)
    return {"message_thread_id": opening["message_id"], "name": name, "icon_color": COLOUR}


def edit_forum_topic(call: Call) -> bool:
    if "name" in call.params:
        name = topic_name(call.text("name"))
        _change(call, "name", name, {"forum_topic_edited": {"name": name}})
    return True


def close_forum_topic(call: Call) -> bool:
    return _change(call, "closed", 1, {"forum_topic_closed": {}})


def reopen_forum_topic(call: Call) -> bool:
    return _change(call, "closed", 0, {"forum_topic_reopened": {}})


def delete_forum_topic(call: Call) -> bool:
    """With everything that was written there."""
    chat, topic = _topic(call)
    store = call.exchange.store
    where = "bot_id = ? AND chat_id = ?"
    rows = store.all(
        f"SELECT * FROM messages WHERE {where} AND NOT deleted", call.bot.id, chat["id"]
    )
    for row in rows:
        if json.loads(row["body"]).get("message_thread_id") == topic["thread_id"]:
            delete_message(call.exchange, row)
    store.run(
        f"DELETE FROM topics WHERE {where} AND thread_id = ?",
        *(call.bot.id, chat["id"], topic["thread_id"]),
    )
    change_chat(store, call.bot.id, chat["id"])
    return True


def _forum(call: Call) -> sqlite3.Row:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    if not chat["is_forum"]:
        raise bad_request("the chat is not a forum")
    if bot_status(chat) != "administrator":
        raise bad_request("not enough rights to manage topics")
    return chat


def _topic(call: Call) -> tuple[sqlite3.Row, sqlite3.Row]:
    chat = _forum(call)
    topic = find_topic(call.exchange, call.bot, chat, call.integer("message_thread_id"))
    if topic is None:
        raise bad_request("message thread not found")
    return chat, topic


def _change(call: Call, column: str, value: str | int, notice: Json) -> bool:
    chat, topic = _topic(call)
    if topic[column] == value:
        raise bad_request("TOPIC_NOT_MODIFIED")
    call.exchange.store.run(
        f"UPDATE topics SET {column} = ? WHERE bot_id = ? AND chat_id = ? AND thread_id = ?",
        *(value, call.bot.id, chat["id"], topic["thread_id"]),
    )
    place = {"message_thread_id": topic["thread_id"], "is_topic_message": True}
    add_message(call.exchange, call.bot, chat, call.bot.as_user(), notice | place)
    change_chat(call.exchange.store, call.bot.id, chat["id"])
    return True
