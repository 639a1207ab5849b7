"""Messages that came by inline mode, known to the bot by an id of their own."""

import secrets
import sqlite3

from gateway.exchange import Bot, Exchange


def name_inline(exchange: Exchange, message_id: int) -> str:
    inline_id = f"GWI{secrets.token_urlsafe(18)}"
    exchange.store.run("INSERT INTO inline_messages VALUES (?, ?)", inline_id, message_id)
    return inline_id


def inline_id_of(exchange: Exchange, message_id: int) -> str | None:
    row = exchange.store.one("SELECT id FROM inline_messages WHERE message_id = ?", message_id)
    return str(row["id"]) if row else None


def find_inline(exchange: Exchange, bot: Bot, inline_id: str) -> sqlite3.Row | None:
    return exchange.store.one(
        "SELECT m.* FROM messages m JOIN inline_messages i ON i.message_id = m.id"
        " WHERE i.id = ? AND m.bot_id = ? AND NOT m.deleted",
        inline_id,
        bot.id,
    )
