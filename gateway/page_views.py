"""What the page is told: people, chats, messages, and every change since a revision."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from gateway.chats import PRESENT, bot_status, chat_json, members_of, pinned_ids, user_json
from gateway.exchange import Bot, Exchange, Json
from gateway.messages import find_message, message_json
from gateway.methods.account import about, commands_shown, menu_button
from gateway.page_people import Page, Visit
from gateway.topics import topics_json

MESSAGES_AT_ONCE = 60
CHANGES_AT_ONCE = 200


def whole_view(visit: Visit) -> Json:
    exchange = visit.exchange
    revision = exchange.store.one("SELECT value FROM counters WHERE name = 'revision'")
    people = [person_json(visit.page, user_json(exchange.store, one)) for one in visit.people]
    return {
        "title": visit.page.title,
        "chooser": not visit.is_personal,
        "people": people,
        "controls": [{"name": one.name, "label": one.label} for one in visit.page.controls],
        "chats": chats_json(exchange, visit.people),
        "revision": revision["value"] if revision else 0,
        **clock_json(exchange, visit.page),
    }


def clock_json(exchange: Exchange, page: Page) -> Json:
    return {"now": exchange.date(), "zone": page.zone.key}


def person_json(page: Page, user: Json | None) -> Json:
    assert user is not None
    note = next((one.note for one in page.residents if one.user_id == user["id"]), "")
    return {"id": user["id"], "name": user["first_name"], "note": note}


def chats_json(
    exchange: Exchange, people: Sequence[int], after: int = -1, up_to: int = 2**62
) -> list[Json]:
    """Each chat once per person: what is unread, and which commands show, differs. In changes
    chats that are over for a person are named, too."""
    marks = ",".join("?" * len(people))
    rows = exchange.store.all(
        "SELECT c.*, m.user_id, m.read_up_to, m.status FROM members m"
        " JOIN chats c ON c.bot_id = m.bot_id AND c.id = m.chat_id"
        f" WHERE m.user_id IN ({marks}) AND c.revision > ? AND c.revision <= ?"
        + (f" AND c.migrated_to IS NULL AND m.{PRESENT}" if after < 0 else ""),
        *people,
        after,
        up_to,
    )
    found = [(exchange.bot_of(row["bot_id"]), row) for row in rows]
    return [
        _gone_json(bot, row) if _is_over(row) else _chat_json(exchange, bot, row)
        for bot, row in found
        if bot
    ]


def _is_over(row: sqlite3.Row) -> bool:
    return bool(row["migrated_to"]) or row["status"] in ("left", "kicked")


def _gone_json(bot: Bot, row: sqlite3.Row) -> Json:
    successor = f"{bot.id}:{row['migrated_to']}" if row["migrated_to"] else None
    return {
        "key": f"{bot.id}:{row['id']}",
        "person": row["user_id"],
        "revision": row["revision"],
        "gone": True,
        "successor": successor,
    }


def _chat_json(exchange: Exchange, bot: Bot, row: sqlite3.Row) -> Json:
    last = exchange.store.one(
        "SELECT * FROM messages WHERE bot_id = ? AND chat_id = ? AND NOT deleted"
        " ORDER BY id DESC LIMIT 1",
        bot.id,
        row["id"],
    )
    return {
        "key": f"{bot.id}:{row['id']}",
        "person": row["user_id"],
        "revision": row["revision"],
        "bot": bot.as_user(),
        "chat": chat_json(row),
        "started": bool(row["started"]),
        "blocked": bool(row["blocked"]),
        "status": row["status"],
        "bot_status": bot_status(row),
        "members": _members(exchange, bot, row),
        "topics": topics_json(exchange, bot, row) if row["is_forum"] else [],
        "keyboard": json.loads(row["keyboard"]) if row["keyboard"] else None,
        "pinned": _pinned(exchange, bot, row),
        "commands": commands_shown(exchange, bot, row["id"], row["user_id"]),
        "menu_button": menu_button(exchange, bot, row["menu_button"]),
        "about": about(exchange, bot),
        "unread": _unread(exchange, bot, row),
        "last": message_json(last) if last else None,
    }


def _members(exchange: Exchange, bot: Bot, row: sqlite3.Row) -> list[Json]:
    if row["type"] == "private":
        return []
    return [
        {"id": one["user_id"], "name": one["first_name"], "status": one["status"]}
        for one in members_of(exchange.store, bot, row["id"])
    ]


def _pinned(exchange: Exchange, bot: Bot, row: sqlite3.Row) -> Json | None:
    for message_id in reversed(pinned_ids(row)):
        if found := find_message(exchange, bot, row["id"], message_id):
            return message_json(found)
    return None


def _unread(exchange: Exchange, bot: Bot, row: sqlite3.Row) -> int:
    counted = exchange.store.one(
        "SELECT count(*) AS number FROM messages"
        " WHERE bot_id = ? AND chat_id = ? AND id > ? AND sender_id != ? AND NOT deleted",
        bot.id,
        row["id"],
        row["read_up_to"],
        row["user_id"],
    )
    return counted["number"] if counted else 0


def messages_json(exchange: Exchange, bot: Bot, chat_id: int, before: int) -> list[Json]:
    """A page of messages before an id, oldest first."""
    rows = exchange.store.all(
        "SELECT * FROM messages WHERE bot_id = ? AND chat_id = ? AND id < ? AND NOT deleted"
        " ORDER BY id DESC LIMIT ?",
        bot.id,
        chat_id,
        before,
        MESSAGES_AT_ONCE,
    )
    return [_message_change(row)["content"] for row in reversed(rows)]


def changes_since(exchange: Exchange, people: Sequence[int], revision: int) -> list[Json]:
    """In order of revision, so that whoever stops reading can go on from the last one."""
    marks = ",".join("?" * len(people))
    rows = exchange.store.all(
        "SELECT DISTINCT messages.* FROM messages WHERE revision > ? AND EXISTS"
        " (SELECT 1 FROM members m WHERE m.bot_id = messages.bot_id"
        f" AND m.chat_id = messages.chat_id AND m.user_id IN ({marks}) AND m.{PRESENT})"
        " ORDER BY revision LIMIT ?",
        revision,
        *people,
        CHANGES_AT_ONCE,
    )
    up_to = rows[-1]["revision"] if len(rows) == CHANGES_AT_ONCE else 2**62
    changes = [_message_change(row) for row in rows]
    changes += [
        {"revision": chat["revision"], "kind": "chat", "content": chat}
        for chat in chats_json(exchange, people, revision, up_to)
    ]
    return sorted(changes, key=lambda change: int(change["revision"]))


def _message_change(row: sqlite3.Row) -> Json:
    content: dict[str, Any] = {
        "key": f"{row['bot_id']}:{row['chat_id']}",
        "id": row["id"],
        "revision": row["revision"],
    }
    if not row["deleted"]:
        content["message"] = message_json(row)
    return {"revision": row["revision"], "kind": "message", "content": content}
