"""Who comes and goes: blocking the bot, groups, their people, the bot's place in them."""

import secrets
import sqlite3
import time
from collections.abc import Sequence

from gateway.chats import (
    KICKED,
    add_group_chat,
    bot_status,
    change_chat,
    chat_json,
    find_chat,
    member_json,
    member_status,
    members_of,
    set_member,
    user_json,
)
from gateway.errors import bad_request, forbidden
from gateway.exchange import Bot, Exchange, Json
from gateway.messages import add_message
from gateway.sessions import hash_of
from gateway.updates import post_own_membership, post_update

LINK_SECONDS = 7 * 24 * 3600
Row = sqlite3.Row
LONGEST_TITLE = 128
MOST_MEMBERS = 200
MOST_GROUPS = 100  # made by one person


def block(exchange: Exchange, bot: Bot, chat: Row, user: Json, *, blocked: bool) -> None:
    if chat["type"] != "private":
        raise bad_request("only a private chat can be blocked")
    if bool(chat["blocked"]) == blocked:
        return
    with exchange.store.transaction():
        change_chat(exchange.store, bot.id, chat["id"], blocked=int(blocked))
        old, new = ("member", "kicked") if blocked else ("kicked", "member")
        post_own_membership(exchange, bot, chat, user, old, new)
    exchange.page.ring()


def make_group(
    exchange: Exchange, bot: Bot, founder: Json, title: str, others: Sequence[Json]
) -> Row:
    """With the bot in it: that is what groups are made for here."""
    store = exchange.store
    title = " ".join(title.split())
    if not 1 <= len(title) <= LONGEST_TITLE or len(others) > MOST_MEMBERS:
        raise bad_request("CHAT_TITLE_EMPTY" if not title else "USERS_TOO_MUCH")
    with store.transaction():
        _demand_few_groups(exchange, bot, founder)
        chat_id = -(10**9) - secrets.randbelow(9 * 10**9)
        if not add_group_chat(store, bot, chat_id, title, forum=False):
            raise bad_request("try again")  # one in nine thousand million
        for person in (*others, founder):
            status = "creator" if person["id"] == founder["id"] else "member"
            set_member(store, bot, chat_id, person["id"], status)
        chat = _fresh(exchange, bot, chat_id)
        post_own_membership(exchange, bot, chat, founder, "left", "member")
        _tell(exchange, bot, chat, founder, {"group_chat_created": True})
    return chat


def _demand_few_groups(exchange: Exchange, bot: Bot, founder: Json) -> None:
    row = exchange.store.one(
        "SELECT count(*) AS number FROM members WHERE bot_id = ? AND user_id = ?"
        " AND status = 'creator'",
        bot.id,
        founder["id"],
    )
    if row and row["number"] >= MOST_GROUPS:
        raise bad_request("CHANNELS_TOO_MUCH")


def seat_bot(exchange: Exchange, bot: Bot, chat: Row, by: Json, status: str) -> None:
    """member, administrator or kicked; whoever belongs to the group may add, its owner the rest."""
    _demand_group(chat)
    old = bot_status(chat)
    is_return = chat["bot_left"] and status == "member"
    if not is_return:
        _demand_owner(exchange, bot, chat, by)
    if old == status or (chat["bot_left"] and status == "kicked"):
        return
    out, admin = (KICKED, 0) if status == "kicked" else (0, int(status == "administrator"))
    with exchange.store.transaction():
        change_chat(exchange.store, bot.id, chat["id"], bot_left=out, bot_admin=admin)
        post_own_membership(exchange, bot, chat, by, old, status)
        if is_return:
            _tell(exchange, bot, chat, by, {"new_chat_members": [bot.as_user()]})
        elif out:
            add_message(exchange, bot, chat, by, {"left_chat_member": bot.as_user()})


def leave_by_itself(exchange: Exchange, bot: Bot, chat: Row) -> None:
    """The bot's own wish."""
    bot_user = bot.as_user()
    with exchange.store.transaction():
        add_message(exchange, bot, chat, bot_user, {"left_chat_member": bot_user})
        old = bot_status(chat)
        change_chat(exchange.store, bot.id, chat["id"], bot_left=1, bot_admin=0)
        post_own_membership(exchange, bot, chat, bot_user, old, "left")


def seat_person(
    exchange: Exchange, bot: Bot, chat: Row, by: Json, person: Json, status: str
) -> None:
    """member, administrator or left; everybody may go, the owner decides the rest."""
    _demand_group(chat)
    old = member_status(exchange.store, bot, chat["id"], person["id"])
    if old == "creator":
        raise bad_request("the owner stays")
    if not (status == "left" and by["id"] == person["id"]):
        _demand_owner(exchange, bot, chat, by)
    if (old or "left") == status:
        return
    _seat(exchange, bot, chat, by, person, old or "left", status)


def _seat(
    exchange: Exchange, bot: Bot, chat: Row, by: Json, person: Json, old: str, status: str
) -> None:
    store = exchange.store
    if old == "left" and len(members_of(store, bot, chat["id"])) >= MOST_MEMBERS:
        raise bad_request("USERS_TOO_MUCH")
    with store.transaction():
        set_member(store, bot, chat["id"], person["id"], status)
        change_chat(store, bot.id, chat["id"])
        _tell_of_person(exchange, bot, chat, by, person, old, status)


def _tell_of_person(
    exchange: Exchange, bot: Bot, chat: Row, by: Json, person: Json, old: str, new: str
) -> None:
    if old == "left":
        _tell(exchange, bot, chat, by, {"new_chat_members": [person]})
    elif new == "left":
        _tell(exchange, bot, chat, by, {"left_chat_member": person})
    if bot_status(chat) == "administrator":
        content = {
            "chat": chat_json(chat),
            "from": by,
            "date": exchange.date(),
            "old_chat_member": member_json(person, old),
            "new_chat_member": member_json(person, new),
        }
        post_update(exchange, bot, chat["id"], "chat_member", content)


def make_link(exchange: Exchange, bot: Bot, chat: Row, by: Json) -> str:
    """The token of a link by which whoever has it may join; it ends the link before it."""
    _demand_group(chat)
    _demand_owner(exchange, bot, chat, by)
    token = secrets.token_urlsafe(24)
    exchange.store.run(
        "INSERT OR REPLACE INTO group_links VALUES (?, ?, ?, ?)",
        *(hash_of(token), bot.id, chat["id"], time.time() + LINK_SECONDS),
    )
    return token


def group_of_link(exchange: Exchange, token: str) -> tuple[Bot, Row] | None:
    """A group that has moved since is found where it is now."""
    row = exchange.store.one(
        "SELECT * FROM group_links WHERE secret_hash = ? AND ends_at >= ?",
        *(hash_of(token), time.time()),
    )
    bot = exchange.bot_of(row["bot_id"]) if row else None
    chat = find_chat(exchange.store, bot, row["chat_id"]) if bot and row else None
    if bot and chat and chat["migrated_to"]:
        chat = find_chat(exchange.store, bot, chat["migrated_to"])
    return (bot, chat) if bot and chat else None


def join(exchange: Exchange, bot: Bot, chat: Row, person: Json) -> None:
    if member_status(exchange.store, bot, chat["id"], person["id"]) is None:
        _seat(exchange, bot, chat, person, person, "left", "member")


def upgrade(exchange: Exchange, bot: Bot, chat: Row, by: Json, *, forum: bool) -> int:
    """To a supergroup, and if wanted to one with topics; the id of what the group is then."""
    _demand_group(chat)
    _demand_owner(exchange, bot, chat, by)
    with exchange.store.transaction():
        chat_id = migrate(exchange, bot, chat) if chat["type"] == "group" else int(chat["id"])
        if forum:
            change_chat(exchange.store, bot.id, chat_id, is_forum=1)
    exchange.page.ring()
    return chat_id


def migrate(exchange: Exchange, bot: Bot, chat: Row) -> int:
    """The group becomes a supergroup with a new id; the old one answers with that id from now."""
    if chat["type"] != "group" or chat["migrated_to"]:
        raise bad_request("only a group can be upgraded")
    store, old_id = exchange.store, int(chat["id"])
    new_id = -1_000_000_000_000 + old_id
    with store.transaction():
        store.run(
            "INSERT INTO chats (bot_id, id, type, title, started, bot_left, bot_admin, revision)"
            " VALUES (?, ?, 'supergroup', ?, 1, ?, ?, ?)",
            *(bot.id, new_id, chat["title"], chat["bot_left"], chat["bot_admin"]),
            store.next_revision(),
        )
        store.run(
            "INSERT INTO members (bot_id, chat_id, user_id, status)"
            " SELECT bot_id, ?, user_id, status FROM members WHERE bot_id = ? AND chat_id = ?",
            *(new_id, bot.id, old_id),
        )
        change_chat(store, bot.id, old_id, migrated_to=new_id)
        bot_user = bot.as_user()
        for place, content in (
            (old_id, {"migrate_to_chat_id": new_id}),
            (new_id, {"migrate_from_chat_id": old_id}),
        ):
            _tell(exchange, bot, _fresh(exchange, bot, place), bot_user, content)
    return new_id


def everybody(exchange: Exchange, bot: Bot, chat: Row) -> list[tuple[Json, str]]:
    """The people of a chat with what they are in it."""
    rows = members_of(exchange.store, bot, chat["id"])
    found = [(user_json(exchange.store, row["user_id"]), row["status"]) for row in rows]
    return [(user, status) for user, status in found if user]


def _fresh(exchange: Exchange, bot: Bot, chat_id: int) -> Row:
    chat = find_chat(exchange.store, bot, chat_id)
    assert chat is not None
    return chat


def _tell(exchange: Exchange, bot: Bot, chat: Row, by: Json, content: Json) -> None:
    message = add_message(exchange, bot, chat, by, content)
    fresh = _fresh(exchange, bot, chat["id"])
    if not fresh["bot_left"]:
        post_update(exchange, bot, chat["id"], "message", message)


def _demand_group(chat: Row) -> None:
    if chat["type"] == "private" or chat["migrated_to"]:
        raise bad_request("this is not a group in use")


def _demand_owner(exchange: Exchange, bot: Bot, chat: Row, user: Json) -> None:
    if member_status(exchange.store, bot, chat["id"], user["id"]) not in (
        "creator",
        "administrator",
    ):
        raise forbidden("only the owner of the group may do that")
