"""A group chat belongs to a study group because its leader said so there."""

from typing import Any

import pytest
from aiogram.types import InlineKeyboardMarkup
from sqlalchemy import select

from handlers.conversation.html import units
from handlers.questions.brevity import SHORT
from handlers.texts import groups as texts
from storage import audit, bindings, groups, people
from storage.models import OutgoingMessage
from storage.roster import LEADER, TELEGRAM, Group
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    PROGRAMME_CODE,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
)
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.scripted import ScriptedLibrary
from tests.handlers.wire import chat_of, labels, person

ELSEWHERE = -100_2015_0002
TOPIC = {"message_thread_id": 9, "is_topic_message": True}


async def bound(chat: Chat, group_id: int = 1) -> tuple[int | None, int | None]:
    async with chat.sessions() as session:
        found = await groups.group(session, group_id)
    assert found
    return found.chat_id, found.thread_id


async def other_group(chat: Chat, name: str = "东山二组", leader: int = 0) -> Group:
    async with chat.sessions.begin() as session:
        id = await groups.add_group(session, name, programme=PROGRAMME_CODE, province="云南")
        if leader:
            who = await people.person_of_account(session, TELEGRAM, leader)
            assert who
            await people.set_role(session, who.id, PROGRAMME_CODE, LEADER, group_id=id)
        found = await groups.group(session, id)
    assert found
    return found


@pytest.mark.parametrize(
    ("user", "may"),
    [
        (LIN_CHAT, False),
        (CHEN_CHAT, True),
        (HE_CHAT, False),
        (WU_CHAT, False),
        (ZHAO_CHAT, True),
        (QIAN_CHAT, False),
    ],
)
async def test_who_binds_and_unbinds(new_chat: NewChat, user: int, may: bool) -> None:
    chat = await new_chat(user=user, chat=ELSEWHERE)

    said = await chat.say("/bind")
    assert said == [texts.BOUND.format(name="东山一组") if may else texts.NOT_A_LEADER]
    assert await bound(chat) == (ELSEWHERE if may else GROUP_CHAT, None)
    chat = await new_chat(user=user, chat=ELSEWHERE if may else GROUP_CHAT)
    said = await chat.say("/unbind")
    assert said == [texts.UNBOUND.format(name="东山一组") if may else texts.NOT_A_LEADER]
    assert await bound(chat) == ((None, None) if may else (GROUP_CHAT, None))
    async with chat.sessions() as session:
        actions = [one.action for one in await audit.latest(session)]
    assert actions == (["unbind_group", "bind_group"] if may else [])


async def test_a_topic_of_a_forum_is_a_place_of_its_own(new_chat: NewChat) -> None:
    chat = await new_chat(user=CHEN_CHAT, chat=ELSEWHERE)

    [said] = await chat.send("/bind", **TOPIC)

    assert said.message_thread_id == 9
    assert await bound(chat) == (ELSEWHERE, 9)
    assert await chat.say("/unbind") == [texts.NOT_BOUND]
    assert await chat.say("/bind", **TOPIC) == [texts.BOUND_ALREADY.format(name="东山一组")]


async def test_a_leader_takes_no_chat_of_another_group(new_chat: NewChat) -> None:
    chat = await new_chat(user=HE_CHAT, chat=GROUP_CHAT)
    second = await other_group(chat, leader=HE_CHAT)

    assert await chat.say("/bind") == [texts.OTHER_GROUP_HERE.format(name="东山一组")]

    assert await bound(chat) == (GROUP_CHAT, None)
    assert await bound(chat, second.id) == (None, None)


async def test_of_several_groups_one_is_chosen_by_who_may(new_chat: NewChat) -> None:
    chat = await new_chat(user=ZHAO_CHAT, chat=ELSEWHERE)
    second = await other_group(chat)
    [which] = await chat.send("/bind")
    assert labels(which) == ["东山一组", "东山二组"]

    for user in (LIN_CHAT, CHEN_CHAT, HE_CHAT, QIAN_CHAT):
        await chat.press(which, 1, by=user)
    assert chat.telegram.notes == [texts.NOT_FOR_YOU] * 4
    assert await bound(chat, second.id) == (None, None)

    await chat.press(which, 1)
    await chat.press(which, 1)
    assert await bound(chat, second.id) == (ELSEWHERE, None)
    assert chat.telegram.notes[4:] == [
        texts.BOUND.format(name="东山二组"),
        texts.BOUND_ALREADY.format(name="东山二组"),
    ]


async def test_in_private_it_is_told_where_to_bind(new_chat: NewChat) -> None:
    chat = await new_chat(user=CHEN_CHAT)

    assert await chat.say("/bind") == [texts.BIND_IN_GROUP]


@pytest.mark.parametrize("told_by", ["old", "new", "both"])
async def test_a_group_that_becomes_a_supergroup_is_followed(
    new_chat: NewChat, told_by: str
) -> None:
    old, new = await new_chat(chat=GROUP_CHAT), await new_chat(chat=ELSEWHERE)

    if told_by != "new":
        assert await old.show(migrate_to_chat_id=ELSEWHERE) == []
    if told_by != "old":
        assert await new.show(migrate_from_chat_id=GROUP_CHAT) == []

    assert await bound(old) == (ELSEWHERE, None)
    assert await membership(new, "left", "member") == []


async def membership(chat: Chat, before: str, after: str) -> list[str]:
    """Somebody adds or removes the bot."""
    event: dict[str, Any] = {
        "chat": chat_of(chat.chat_id),
        "from": person(chat.user_id),
        "date": 0,
        "old_chat_member": {"status": before, "user": person(42), "until_date": 0},
        "new_chat_member": {"status": after, "user": person(42), "until_date": 0},
    }
    return [one.text for one in await chat.update(my_chat_member=event)]


async def test_who_is_added_says_how_to_go_on_and_who_is_removed_tells_the_leader(
    new_chat: NewChat,
) -> None:
    chat = await new_chat(chat=GROUP_CHAT)

    assert await membership(chat, "member", "kicked") == []
    assert await bound(chat) == (None, None)
    async with chat.sessions() as session:
        letters = list(await session.scalars(select(OutgoingMessage)))
        [leader] = await bindings.leaders(session, 1)
    assert [(one.person_id, one.data["html"]) for one in letters] == [
        (leader, texts.REMOVED.format(name="东山一组"))
    ]
    assert await membership(chat, "kicked", "member") == [texts.HELLO]


async def test_a_long_answer_is_short_in_the_group_and_whole_in_private(new_chat: NewChat) -> None:
    library = ScriptedLibrary()
    group, reader = await new_chat(library, chat=GROUP_CHAT), await new_chat(user=QIAN_CHAT)

    [short] = await group.send("@yanxiu_bot 很长", **TOPIC)

    assert units(short.text) <= SHORT + 10
    assert short.message_thread_id == 9
    assert isinstance(short.reply_markup, InlineKeyboardMarkup)
    button = short.reply_markup.inline_keyboard[0][0]
    assert button.text == texts.IN_PRIVATE
    assert button.url
    assert button.url.startswith("https://t.me/yanxiu_bot?start=full-")
    whole = await reader.say(f"/start {button.url.split('=')[1]}")
    assert "".join(whole).count("长") == 9000
    assert await reader.say("/start full-0123456789abcdef") == [texts.NO_LONGER]
    assert len(await group.say("@yanxiu_bot 云南什么时候报到")) == 1
