"""What a request of the page names: the bot, the chat, the person, texts and numbers."""

import sqlite3
from collections.abc import Mapping
from typing import Any

from gateway.chats import find_chat, member_status, user_json
from gateway.errors import ApiError, bad_request, forbidden
from gateway.exchange import Bot, Json
from gateway.page_people import Visit
from gateway.people import Place

LONGEST_KEY = 64
MOST_MENTIONS = 50
Target = tuple[Bot, sqlite3.Row, Json]


def target(visit: Visit, key: Any, person: Any) -> Target:
    """The bot, the chat and the person, if this browser and this person belong there."""
    user = visit.person(person)
    bot_id, colon, chat_id = key.partition(":") if isinstance(key, str) else ("", "", "")
    digits = chat_id.removeprefix("-")
    if not colon or not bot_id.isdecimal() or not digits.isdecimal() or len(key) > 40:
        raise bad_request("chat is of the form bot:chat")
    bot = visit.exchange.bot_of(int(bot_id))
    number = int(chat_id)
    chat = find_chat(visit.exchange.store, bot, number) if bot and abs(number) < 2**53 else None
    if bot is None or chat is None:
        raise ApiError(404, "Not Found: chat not found")
    if member_status(visit.exchange.store, bot, number, user["id"]) is None:
        raise forbidden("not a member of this chat")
    return bot, chat, user


def target_of(visit: Visit, given: Json) -> Target:
    return target(visit, given.get("chat"), given.get("person"))


def text(given: Json, name: str, default: str | None = None) -> str:
    value = given.get(name, default)
    if not isinstance(value, str):
        raise bad_request(f"{name} is a text")
    return value


def number(given: Json, name: str, default: int | None = None) -> int:
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**53:
        raise bad_request(f"{name} is a number")
    return value


def decimal(given: str | None, default: int) -> int:
    if given is None:
        return default
    if not given.isdecimal() or len(given) > 15:
        raise bad_request("a number expected")
    return int(given)


def place_of(user: Json, given: Json) -> Place:
    key = client_key(user, text(given, "key"))
    return Place(number(given, "reply_to", 0), number(given, "thread", 0), key)


def place_of_form(user: Json, fields: Mapping[str, str]) -> Place:
    key = client_key(user, fields.get("key", ""))
    return Place(decimal(fields.get("reply_to"), 0), decimal(fields.get("thread"), 0), key)


def client_key(user: Json, given: str) -> str:
    """Made by the browser for each thing it posts, so that posting again is harmless."""
    if not 8 <= len(given) <= LONGEST_KEY:
        raise bad_request(f"key has 8 to {LONGEST_KEY} signs")
    return f"{user['id']}/{given}"


def mentions_of(visit: Visit, bot: Bot, chat: sqlite3.Row, given: Any) -> list[Json]:
    """Entities for people who were picked from the list of those in the chat, or for the bot."""
    if not isinstance(given, list) or len(given) > MOST_MENTIONS:
        raise bad_request("mentions are a list")
    return [_mention(visit, bot, chat, one) for one in given]


def _mention(visit: Visit, bot: Bot, chat: sqlite3.Row, given: Any) -> Json:
    if not isinstance(given, dict):
        raise bad_request("a mention names offset, length and user_id")
    offset, length = number(given, "offset"), number(given, "length")
    user_id = number(given, "user_id")
    known = member_status(visit.exchange.store, bot, chat["id"], user_id)
    user = user_json(visit.exchange.store, user_id) if known else None
    user = bot.as_user() if user_id == bot.id else user
    if user is None or offset < 0 or length < 1:
        raise bad_request("a mention names somebody of this chat")
    return {"type": "text_mention", "offset": offset, "length": length, "user": user}
