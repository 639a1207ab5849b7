"""Who is in which chat, and whether the bot may write there."""

import json
import sqlite3
from typing import Any

from gateway.errors import bad_request, forbidden, migrated
from gateway.exchange import Bot, Exchange
from gateway.store import Store, packed

Json = dict[str, Any]
Row = sqlite3.Row
CHANGEABLE = (
    *("started", "blocked", "bot_left", "bot_admin", "migrated_to", "pinned", "keyboard"),
    *("menu_button", "is_forum", "title"),
)
RIGHTS = dict.fromkeys(
    (
        *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_pin_messages"),
        *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users"),
        *("can_post_stories", "can_edit_stories", "can_delete_stories", "can_manage_topics"),
        "can_send_welcome_messages",  # of Bot API 10.3: aiogram 3.31 demands it
    ),
    True,
) | {"can_be_edited": False, "is_anonymous": False}
LEFT, KICKED = 1, 2  # bot_left: went by itself, was put out
PRESENT = (
    "status NOT IN ('left', 'kicked')"  # who left stays in the table, so that pages hear of it
)


def add_user(store: Store, user_id: int, name: str) -> None:
    store.run(
        "INSERT INTO users VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET first_name = excluded.first_name",
        user_id,
        name,
    )


def user_json(store: Store, user_id: int) -> Json | None:
    row = store.one("SELECT * FROM users WHERE id = ?", user_id)
    if row is None:
        return None
    return {
        "id": row["id"],
        "is_bot": False,
        "first_name": row["first_name"],
        "language_code": "zh-hans",
    }


def add_private_chat(store: Store, bot: Bot, user_id: int, name: str) -> None:
    """The place where they would talk; it is not started before the person says so."""
    store.run(
        "INSERT INTO chats (bot_id, id, type, title, revision) VALUES (?, ?, 'private', ?, ?)"
        " ON CONFLICT DO UPDATE SET title = excluded.title",
        bot.id,
        user_id,
        name,
        store.next_revision(),
    )
    add_member(store, bot, user_id, user_id, "member")


def add_group_chat(store: Store, bot: Bot, chat_id: int, title: str, *, forum: bool) -> bool:
    """False if it is there already."""
    if find_chat(store, bot, chat_id) is not None:
        return False
    store.run(
        "INSERT INTO chats (bot_id, id, type, title, is_forum, started, revision)"
        " VALUES (?, ?, ?, ?, ?, 1, ?)",
        bot.id,
        chat_id,
        "supergroup" if chat_id < -1_000_000_000_000 else "group",
        title,
        forum,
        store.next_revision(),
    )
    return True


def add_member(store: Store, bot: Bot, chat_id: int, user_id: int, status: str) -> None:
    store.run(
        "INSERT INTO members (bot_id, chat_id, user_id, status) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO NOTHING",
        bot.id,
        chat_id,
        user_id,
        status,
    )


def find_chat(store: Store, bot: Bot, chat_id: int) -> Row | None:
    return store.one("SELECT * FROM chats WHERE bot_id = ? AND id = ?", bot.id, chat_id)


def member_status(store: Store, bot: Bot, chat_id: int, user_id: int) -> str | None:
    """None for whoever is not, or no longer, in it."""
    row = store.one(
        "SELECT status FROM members WHERE bot_id = ? AND chat_id = ? AND user_id = ?"
        f" AND {PRESENT}",
        bot.id,
        chat_id,
        user_id,
    )
    return str(row["status"]) if row else None


def set_member(store: Store, bot: Bot, chat_id: int, user_id: int, status: str) -> None:
    store.run(
        "INSERT INTO members (bot_id, chat_id, user_id, status) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET status = excluded.status",
        bot.id,
        chat_id,
        user_id,
        status,
    )


def members_of(store: Store, bot: Bot, chat_id: int) -> list[Row]:
    return store.all(
        "SELECT m.user_id, m.status, u.first_name FROM members m JOIN users u ON u.id = m.user_id"
        f" WHERE m.bot_id = ? AND m.chat_id = ? AND m.{PRESENT} ORDER BY m.user_id",
        bot.id,
        chat_id,
    )


def bot_status(chat: Row) -> str:
    if chat["bot_left"]:
        return "kicked" if chat["bot_left"] == KICKED else "left"
    return "administrator" if chat["bot_admin"] else "member"


def change_chat(store: Store, bot_id: int, chat_id: int, **columns: Any) -> None:
    assert set(columns) <= set(CHANGEABLE)
    values = [
        packed(value) if isinstance(value, dict | list) else value for value in columns.values()
    ]
    assignments = ", ".join(f"{name} = ?" for name in (*columns, "revision"))
    store.run(
        f"UPDATE chats SET {assignments} WHERE bot_id = ? AND id = ?",
        *values,
        store.next_revision(),
        bot_id,
        chat_id,
    )


def readable_chat(exchange: Exchange, bot: Bot, chat_id: str) -> Row:
    """The chat a parameter names, refused as Telegram does if the bot cannot know it."""
    if not chat_id:
        raise bad_request("chat_id is empty")
    digits = chat_id.strip().removeprefix("-")
    if not digits.isdecimal() or len(digits) > 18:
        raise bad_request("chat not found")
    chat = find_chat(exchange.store, bot, int(chat_id))
    if chat is None:
        raise bad_request("chat not found")
    return chat


def visible_chat(exchange: Exchange, bot: Bot, chat_id: str) -> Row:
    """One in which the bot is, and which is still in use."""
    chat = readable_chat(exchange, bot, chat_id)
    if chat["migrated_to"]:
        raise migrated(chat["migrated_to"])
    if chat["bot_left"] == KICKED:
        raise forbidden(f"bot was kicked from the {chat['type']} chat")
    if chat["bot_left"]:
        raise forbidden(f"bot is not a member of the {chat['type']} chat")
    return chat


def writable_chat(exchange: Exchange, bot: Bot, chat_id: str) -> Row:
    chat = visible_chat(exchange, bot, chat_id)
    if chat["blocked"]:
        raise forbidden("bot was blocked by the user")
    if not chat["started"]:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def chat_json(chat: Row) -> Json:
    if chat["type"] == "private":
        return {"id": chat["id"], "type": "private", "first_name": chat["title"]}
    described: Json = {"id": chat["id"], "type": chat["type"], "title": chat["title"]}
    return described | ({"is_forum": True} if chat["is_forum"] else {})


def pinned_ids(chat: Row) -> list[int]:
    return list(json.loads(chat["pinned"]))


def member_json(user: Json, status: str) -> Json:
    match status:
        case "creator":
            return {"status": status, "user": user, "is_anonymous": False}
        case "administrator":
            return {"status": status, "user": user, **RIGHTS}
        case "kicked":
            return {"status": status, "user": user, "until_date": 0}
    return {"status": status, "user": user}
