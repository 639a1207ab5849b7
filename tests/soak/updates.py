"""One sound update of each kind that people can cause, and how to spoil it."""

import copy
import random
from typing import Any

from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
)
from tests.handlers.wire import chat_of, person, text_message
from tests.handlers.world import FENG_CHAT, SUN_CHAT, forged

Update = dict[str, Any]
WRITERS = LIN_CHAT, CHEN_CHAT, HE_CHAT, WU_CHAT, ZHAO_CHAT, QIAN_CHAT, SUN_CHAT, FENG_CHAT
TEXTS = (
    *("/start", "/help", "/settings", "/cancel", "/privacy", "/tasks", "/deadlines", "/group"),
    *("/queue", "/bulletin", "/bulletins", "/broadcast", "/proposals", "/gaps", "/outbox"),
    *("/invite", "/link", "/calendar", "/leave", "/forget_me", "/export", "/bind", "/unbind"),
    *("/explain 报到", "/ask 云南什么时候报到", "/start abc", "/start g_0123456789abcdef", "/nope"),
    *("云南什么时候报到", "@yanxiu_bot 报到", "我的任务", "近期截止", "怎么用", "谢谢", "林晓"),
    *("13800005678", "https://mp.weixin.qq.com/s/1", "读书笔记要写多少字", "那江西呢", "全体"),
)
MEDIA: tuple[Update, ...] = (
    {
        "photo": [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}],
        "caption": "报到",
    },
    {"document": {"file_id": "d", "file_unique_id": "d", "file_name": "../\u202e名单.xlsx"}},
    {"document": {"file_id": "d", "file_unique_id": "d", "file_size": 10**12}},
    {"contact": {"phone_number": "+8613800005678", "first_name": "林", "user_id": LIN_CHAT}},
    {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 1,
            "height": 1,
        }
        | {"is_animated": False, "is_video": False}
    },
    {"location": {"latitude": 0.0, "longitude": 0.0}},
    {"new_chat_members": [person(42) | {"is_bot": True}]},
    {"migrate_to_chat_id": GROUP_CHAT - 7},
    {"migrate_from_chat_id": GROUP_CHAT + 7},
    {"new_chat_title": "\u202e组"},
    {"forum_topic_created": {"name": "话题", "icon_color": 1}},
    {"dice": {"emoji": "🎲", "value": 3}},
)
STRANGE: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1, 42, 2**31, 2**53, 2**63, -(2**63), 10**30, 0.5, 1e308),
    *("", " ", "\x00", "\ud800", "\u202e\u200b", "😀" * 3000, "<b>&amp;", "%s%n", "' OR 1=1--"),
    *("/" * 200, "长" * 5000, "1" * 400, "１２", "²", [], [[]], [{}], {}, {"id": 1}, "null"),
)


def valid(buttons: list[str]) -> list[Update]:
    """Private and in a group, by everybody."""
    found: list[Update] = []
    for user in WRITERS:
        for chat in (user, GROUP_CHAT):
            written = [text_message(7, user, chat, text) for text in TEXTS]
            shown = [text_message(7, user, chat, "") | media for media in MEDIA]
            for one in shown:
                one.pop("text" if not one["text"] else "", None)
            found += [{"update_id": 1, "message": one} for one in written + shown]
            found += [pressed(user, chat, data) for data in buttons[:: len(WRITERS)]]
            found.append({"update_id": 1, "my_chat_member": member(user, chat)})
        asked = {"id": "1", "from": person(user), "query": "云南什么时候报到", "offset": ""}
        found.append({"update_id": 1, "inline_query": asked})
    return found + topics()


def pressed(user: int, chat: int, data: str) -> Update:
    shown = text_message(900, 42, chat, "…") | {"from": person(42) | {"is_bot": True}}
    query = {"id": "1", "from": person(user), "chat_instance": "1", "data": data, "message": shown}
    return {"update_id": 1, "callback_query": query}


def member(user: int, chat: int) -> Update:
    me = person(42) | {"is_bot": True}
    return {
        "chat": chat_of(chat),
        "from": person(user),
        "date": 0,
        "old_chat_member": {"status": "member", "user": me},
        "new_chat_member": {"status": "kicked", "user": me, "until_date": 0},
    }


def topics() -> list[Update]:
    """What stands first in a topic is quoted by everything that quotes nothing."""
    opening = text_message(3, 42, GROUP_CHAT, "") | {
        "from": person(42) | {"is_bot": True},
        "forum_topic_created": {"name": "话题", "icon_color": 1},
        "message_thread_id": 3,
        "is_topic_message": True,
    }
    del opening["text"]
    inside = {"message_thread_id": 3, "is_topic_message": True, "reply_to_message": opening}
    return [
        {"update_id": 1, "message": text_message(8, LIN_CHAT, GROUP_CHAT, text) | inside}
        for text in TEXTS
    ]


def mutated(update: Update, dice: random.Random) -> Update:
    """Up to three places of it spoiled; one in five stays sound."""
    made = copy.deepcopy(update)
    for _ in range(dice.choice([0, 1, 1, 2, 3])):
        holder, key = place_in(made, dice)
        spoil(holder, key, dice)
    return made


def place_in(value: Any, dice: random.Random) -> tuple[Any, Any]:
    """Somewhere below; deeper as the dice will have it."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    if not keys:
        return None, None
    key = dice.choice(keys)
    inner = value[key]
    if isinstance(inner, dict | list) and inner and dice.random() < 0.9:
        return place_in(inner, dice)
    return value, key


def spoil(holder: Any, key: Any, dice: random.Random) -> None:
    if holder is None:
        return
    value = holder[key]
    match dice.randrange(6):
        case 0 if isinstance(holder, dict):
            del holder[key]
        case 1 if key == "data":
            holder[key] = forged(str(value), dice)
        case 2 if isinstance(value, str):
            at = dice.randrange(len(value) + 1)
            holder[key] = value[:at] + str(dice.choice(STRANGE)) + value[at:]
        case 3 if isinstance(value, int):
            holder[key] = dice.choice([*WRITERS, GROUP_CHAT, -value, value + 1, value * 2**40])
        case 4 if isinstance(holder, dict):
            holder[str(dice.choice(STRANGE))[:20]] = value
        case _:
            holder[key] = copy.deepcopy(dice.choice(STRANGE))
