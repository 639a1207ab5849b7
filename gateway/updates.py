"""The queue of updates: kept until the bot confirms them by offset or by webhook answer."""

import json
from typing import Any

from gateway.chats import chat_json, member_json
from gateway.exchange import Bot, Exchange, Json
from gateway.store import packed

ON_REQUEST_ONLY = ("chat_member", "message_reaction", "message_reaction_count")


def post_update(exchange: Exchange, bot: Bot, chat_id: int, kind: str, content: Json) -> None:
    """Goes into the queue unless the bot asked for other kinds only."""
    store = exchange.store
    row = store.one("SELECT allowed_updates FROM bots WHERE id = ?", bot.id)
    allowed = json.loads(row["allowed_updates"]) if row and row["allowed_updates"] else None
    wanted = kind in allowed if allowed else kind not in ON_REQUEST_ONLY
    if wanted:
        for _ in range(1 + exchange.faults.repeats(kind, str(chat_id))):
            store.run(
                "INSERT INTO updates (bot_id, chat_id, body) VALUES (?, ?, ?)",
                bot.id,
                chat_id,
                packed({kind: content}),
            )
        exchange.updates.ring()


def remember_allowed(exchange: Exchange, bot: Bot, allowed: list[str] | None) -> None:
    """None leaves the choice made before, an empty list restores the default."""
    if allowed is not None:
        exchange.store.run(
            "UPDATE bots SET allowed_updates = ? WHERE id = ?", packed(allowed), bot.id
        )


def pending(exchange: Exchange, bot: Bot, limit: int) -> list[Json]:
    rows = exchange.store.all(
        "SELECT id, body FROM updates WHERE bot_id = ? ORDER BY id LIMIT ?", bot.id, limit
    )
    return [{"update_id": row["id"], **json.loads(row["body"])} for row in rows]


def pending_count(exchange: Exchange, bot: Bot) -> int:
    row = exchange.store.one("SELECT count(*) AS number FROM updates WHERE bot_id = ?", bot.id)
    return int(row["number"]) if row else 0


def confirm_before(exchange: Exchange, bot: Bot, offset: int) -> None:
    """A negative offset keeps that many from the end and forgets the rest."""
    if offset < 0:
        exchange.store.run(
            "DELETE FROM updates WHERE bot_id = ?1 AND id NOT IN"
            " (SELECT id FROM updates WHERE bot_id = ?1 ORDER BY id DESC LIMIT ?2)",
            bot.id,
            -offset,
        )
    elif offset:
        exchange.store.run("DELETE FROM updates WHERE bot_id = ? AND id < ?", bot.id, offset)


def drop_all(exchange: Exchange, bot: Bot) -> None:
    exchange.store.run("DELETE FROM updates WHERE bot_id = ?", bot.id)


def post_own_membership(
    exchange: Exchange, bot: Bot, chat: Any, by: Json, old: str, new: str
) -> None:
    """my_chat_member: somebody blocked the bot, let it in again, or put it into a group."""
    content = {
        "chat": chat_json(chat),
        "from": by,
        "date": exchange.date(),
        "old_chat_member": member_json(bot.as_user(), old),
        "new_chat_member": member_json(bot.as_user(), new),
    }
    post_update(exchange, bot, chat["id"], "my_chat_member", content)
