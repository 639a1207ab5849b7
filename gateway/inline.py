"""Inline mode from the person's side: «@bot words» anywhere, results, one of them posted."""

import json
import secrets
import sqlite3
import time

from gateway.errors import bad_request
from gateway.exchange import Bot, Exchange, Json
from gateway.inline_messages import name_inline
from gateway.people import Place, demand_open, post
from gateway.updates import post_update

LONGEST_QUERY = 256
KEPT_SECONDS = 3600  # how long results can be chosen
CHAT_TYPES = {"private": "sender"}  # the private chat with the bot itself


def ask(
    exchange: Exchange, bot: Bot, chat: sqlite3.Row, user: Json, query: str, offset: str
) -> str:
    """The id of the inline query."""
    if len(query) > LONGEST_QUERY or len(offset) > 64:
        raise bad_request("the query is too long")
    query_id = str(secrets.randbits(62))
    with exchange.store.transaction():
        demand_open(exchange, bot, chat, user)
        now = time.time()
        exchange.store.run("DELETE FROM inline_queries WHERE asked_at < ?", now - KEPT_SECONDS)
        exchange.store.run(
            "INSERT INTO inline_queries (id, bot_id, user_id, query, asked_at)"
            " VALUES (?, ?, ?, ?, ?)",
            *(query_id, bot.id, user["id"], query, now),
        )
        content = {
            "id": query_id,
            "from": user,
            "query": query,
            "offset": offset,
            "chat_type": CHAT_TYPES.get(chat["type"], chat["type"]),
        }
        # in a lane of its own: a question in the same chat must not hold the results up
        post_update(exchange, bot, user["id"], "inline_query", content)
    return query_id


def answer_of(exchange: Exchange, query_id: str) -> Json | None:
    row = exchange.store.one("SELECT answer FROM inline_queries WHERE id = ?", query_id)
    return json.loads(row["answer"]) if row and row["answer"] else None


def shown(answer: Json) -> Json:
    """What the page may know of the results: not what would be posted."""
    names = ("id", "type", "title", "description", "url")
    results = [{name: one[name] for name in names if name in one} for one in answer["results"]]
    return answer | {"results": results}


def choose(
    exchange: Exchange,
    bot: Bot,
    chat: sqlite3.Row,
    user: Json,
    query_id: str,
    result_id: str,
    place: Place,
) -> Json:
    """Posts it in the person's name, via the bot, and tells the bot which one it was."""
    with exchange.store.transaction():
        query = exchange.store.one(
            "SELECT * FROM inline_queries WHERE id = ? AND bot_id = ? AND user_id = ?",
            *(query_id, bot.id, user["id"]),
        )
        results = json.loads(query["answer"])["results"] if query and query["answer"] else []
        chosen = next((one for one in results if one["id"] == result_id), None)
        if query is None or chosen is None:
            raise bad_request("there is no such result")
        before = exchange.store.one("SELECT max(id) AS id FROM messages")
        content = chosen["content"] | {"via_bot": bot.as_user()}
        message = post(exchange, bot, chat, user, lambda: content, place)
        if before and message["message_id"] <= (before["id"] or 0):
            return message  # posted again by a page that had not heard of it
        told: Json = {"result_id": result_id, "from": user, "query": query["query"]}
        if "reply_markup" in content:
            told["inline_message_id"] = name_inline(exchange, message["message_id"])
        post_update(exchange, bot, user["id"], "chosen_inline_result", told)
        return message
