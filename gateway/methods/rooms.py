"""getChat, members, leaving, pins, files."""

import sqlite3

from gateway.calls import Call
from gateway.chats import (
    bot_status,
    change_chat,
    chat_json,
    member_json,
    member_status,
    members_of,
    pinned_ids,
    user_json,
    visible_chat,
    writable_chat,
)
from gateway.errors import bad_request
from gateway.exchange import Json
from gateway.files import file_json
from gateway.membership import everybody, leave_by_itself
from gateway.messages import add_message, find_message, message_json, quoted
from gateway.topics import topic_of

GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(call: Call) -> Json:
    chat = visible_chat(call.exchange, call.bot, call.text("chat_id"))
    described = chat_json(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    pinned = _newest_pinned(call, chat)
    return described | ({"pinned_message": quoted(message_json(pinned))} if pinned else {})


def _newest_pinned(call: Call, chat: sqlite3.Row) -> sqlite3.Row | None:
    for message_id in reversed(pinned_ids(chat)):
        if row := find_message(call.exchange, call.bot, chat["id"], message_id):
            return row
    return None


def get_chat_member(call: Call) -> Json:
    chat = visible_chat(call.exchange, call.bot, call.text("chat_id"))
    user_id = call.integer("user_id")
    if user_id == call.bot.id:
        return member_json(call.bot.as_user(), bot_status(chat))
    user = user_json(call.exchange.store, user_id)
    if user is None:
        raise bad_request("invalid user_id specified")
    status_here = member_status(call.exchange.store, call.bot, chat["id"], user_id)
    return member_json(user, status_here or "left")


def get_chat_administrators(call: Call) -> list[Json]:
    chat = visible_chat(call.exchange, call.bot, call.text("chat_id"))
    if chat["type"] == "private":
        raise bad_request("there are no administrators in the private chat")
    found = everybody(call.exchange, call.bot, chat)
    people = [
        member_json(user, status)
        for user, status in found
        if status in ("creator", "administrator")
    ]
    if bot_status(chat) == "administrator":
        people.append(member_json(call.bot.as_user(), "administrator"))
    return people


def get_chat_member_count(call: Call) -> int:
    chat = visible_chat(call.exchange, call.bot, call.text("chat_id"))
    return len(members_of(call.exchange.store, call.bot, chat["id"])) + 1


def leave_chat(call: Call) -> bool:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    if chat["type"] == "private":
        raise bad_request("chat member status can't be changed in private chats")
    leave_by_itself(call.exchange, call.bot, chat)
    return True


def set_chat_title(call: Call) -> bool:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    title = " ".join(call.text("title").split())
    if chat["type"] == "private" or bot_status(chat) != "administrator":
        raise bad_request("not enough rights to change chat title")
    if not 1 <= len(title) <= 128:
        raise bad_request("title must be non-empty" if not title else "title is too long")
    change_chat(call.exchange.store, call.bot.id, chat["id"], title=title)
    notice = {"new_chat_title": title}
    add_message(call.exchange, call.bot, chat, call.bot.as_user(), notice)
    return True


def pin_chat_message(call: Call) -> bool:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    row = find_message(call.exchange, call.bot, chat["id"], call.integer("message_id"))
    if row is None:
        raise bad_request("message to pin not found")
    others = [one for one in pinned_ids(chat) if one != row["id"]]
    change_chat(call.exchange.store, call.bot.id, chat["id"], pinned=[*others, row["id"]][-100:])
    pinned = message_json(row)
    notice = {"pinned_message": quoted(pinned)} | topic_of(pinned)
    add_message(call.exchange, call.bot, chat, call.bot.as_user(), notice)
    return True


def unpin_chat_message(call: Call) -> bool:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    pinned = pinned_ids(chat)
    wanted = call.integer("message_id") or (pinned[-1] if pinned else 0)
    if wanted not in pinned:
        raise bad_request("message to unpin not found")
    left = [one for one in pinned if one != wanted]
    change_chat(call.exchange.store, call.bot.id, chat["id"], pinned=left)
    call.exchange.page.ring()
    return True


def unpin_all(call: Call) -> bool:
    chat = writable_chat(call.exchange, call.bot, call.text("chat_id"))
    change_chat(call.exchange.store, call.bot.id, chat["id"], pinned=[])
    call.exchange.page.ring()
    return True


def get_file(call: Call) -> Json:
    return file_json(call.exchange, call.bot, call.text("file_id"))


def no_photos(call: Call) -> Json:
    """Nobody here has a profile photo."""
    return {"total_count": 0, "photos": []}
