"""Commands that nobody knows, topics, and numbers of topics that are none."""

from typing import Any

import pytest

from handlers import texts
from storage import groups
from tests.cast import CHEN_CHAT, GROUP_CHAT, LIN_CHAT
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.wire import person, text_message

US = person(42) | {"is_bot": True}


def from_us(**more: Any) -> dict[str, Any]:
    return text_message(3, 42, GROUP_CHAT, "…") | {"from": US} | more


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("/nope", {}),
        ("/nope@yanxiu_bot", {}),
        ("/nope", {"reply_to_message": from_us()}),
        ("@yanxiu_bot /nope", {}),
        ("/help@other_bot", {"reply_to_message": from_us()}),
    ],
)
async def test_an_unknown_command_is_ignored_in_a_group(
    group: Chat, text: str, more: dict[str, Any]
) -> None:
    assert await group.say(text, **more) == []


async def test_an_unknown_command_is_explained_in_private(chat: Chat) -> None:
    assert await chat.say("/nope") == [texts.NO_SUCH_COMMAND]


async def test_talk_in_a_topic_that_we_opened_is_not_meant_for_us(group: Chat) -> None:
    topic = {"message_thread_id": 3, "is_topic_message": True}
    opening = from_us(forum_topic_created={"name": "观课", "icon_color": 1}, **topic)
    del opening["text"]

    assert await group.say("报到是几号", reply_to_message=opening, **topic) == []
    assert len(await group.say("报到是几号", reply_to_message=from_us(**topic), **topic)) == 1


async def test_the_number_of_a_thread_that_is_no_topic_is_neither_kept_nor_sent_to(
    new_chat: NewChat,
) -> None:
    """In plain supergroups every chain of replies has one."""
    leader = await new_chat(user=CHEN_CHAT, chat=GROUP_CHAT - 5)
    thread = {"message_thread_id": 77}

    [said] = await leader.send("/bind", **thread)
    leader.user_id = LIN_CHAT
    [answer] = await leader.send("/ask 报到是几号", **thread)

    assert said.message_thread_id is None
    assert answer.message_thread_id is None
    async with leader.sessions() as session:
        bound = await groups.group(session, 1)
    assert bound
    assert (bound.chat_id, bound.thread_id) == (GROUP_CHAT - 5, None)
