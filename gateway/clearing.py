"""Somebody clears their chat with a bot: for both sides, with the files that stand nowhere else."""

import re
import sqlite3

from gateway.chats import change_chat
from gateway.errors import bad_request
from gateway.exchange import Bot, Exchange
from gateway.files import file_number

_FILE = re.compile(r'"file_id":"(GW[0-9]+-[0-9]+)"')


def clear(exchange: Exchange, bot: Bot, chat: sqlite3.Row) -> None:
    """Tombstones stay, so that pages that were away learn of it. Bots are not told, as on
    Telegram."""
    if chat["type"] != "private":
        raise bad_request("only a private chat can be cleared")
    store, here = exchange.store, (bot.id, chat["id"])
    with store.transaction():
        there = "bot_id = ? AND chat_id = ? AND NOT deleted"
        rows = store.all(f"SELECT body FROM messages WHERE {there}", *here)
        store.run(
            f"UPDATE messages SET deleted = 1, body = '{{}}', revision = ? WHERE {there}",
            store.next_revision(),
            *here,
        )
        for file_id in {found for row in rows for found in _FILE.findall(row["body"])}:
            _forget_unless_shown(exchange, bot, file_id)
        change_chat(store, *here, pinned=[])
    exchange.page.ring()


def _forget_unless_shown(exchange: Exchange, bot: Bot, file_id: str) -> None:
    """It may have been forwarded."""
    shown = exchange.store.one(
        "SELECT 1 FROM messages WHERE bot_id = ? AND NOT deleted AND instr(body, ?) LIMIT 1",
        bot.id,
        f'"file_id":"{file_id}"',
    )
    if shown is None:
        exchange.store.run("DELETE FROM files WHERE number = ?", file_number(bot, file_id))
