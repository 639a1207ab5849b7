"""In a group the bot speaks only when it is spoken to, and briefly."""

from typing import Any

import pytest

from tests.cast import GROUP_CHAT
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.scripted import ScriptedLibrary
from tests.handlers.wire import person


@pytest.fixture
def library() -> ScriptedLibrary:
    return ScriptedLibrary()


@pytest.fixture
async def group(new_chat: NewChat, library: ScriptedLibrary) -> Chat:
    return await new_chat(library, chat=GROUP_CHAT)


@pytest.mark.parametrize("words", ["云南什么时候报到", "@other_bot 云南什么时候报到", "我的任务"])
async def test_talk_among_people_is_left_alone(group: Chat, words: str) -> None:
    assert await group.say(words) == []


@pytest.mark.parametrize(
    "words",
    ["@yanxiu_bot 云南什么时候报到", "😀 @yanxiu_bot 云南什么时候报到", "/ask 云南什么时候报到"],
)
async def test_whoever_mentions_the_bot_is_answered(
    group: Chat, library: ScriptedLibrary, words: str
) -> None:
    assert len(await group.say(words)) == 1
    assert library.asked[0][0].endswith("云南什么时候报到")


async def test_mention_by_id_counts(group: Chat, library: ScriptedLibrary) -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 2, "user": person(42)}

    await group.say("助手 云南什么时候报到", entities=[mention])

    assert library.asked[0][0] == "云南什么时候报到"


async def test_mention_of_somebody_else_by_id_does_not(group: Chat) -> None:
    mention = {"type": "text_mention", "offset": 0, "length": 2, "user": person(43)}

    assert await group.say("助手 云南什么时候报到", entities=[mention]) == []


@pytest.mark.parametrize(("author", "answers"), [(42, 1), (43, 0)])
async def test_reply_counts_only_if_it_is_to_the_bot(
    group: Chat, author: int, answers: int
) -> None:
    said: dict[str, Any] = {
        "message_id": 5,
        "date": 0,
        "chat": {"id": GROUP_CHAT, "type": "supergroup"},
        "from": person(author),
        "text": "…",
    }

    assert len(await group.say("云南什么时候报到", reply_to_message=said)) == answers


async def test_answer_hangs_on_the_question_in_its_topic(group: Chat) -> None:
    [message] = await group.send(
        "@yanxiu_bot 云南什么时候报到", message_thread_id=9, is_topic_message=True
    )

    assert message.message_thread_id == 9
    assert message.reply_parameters is not None
    assert message.reply_parameters.message_id == 1


async def test_two_people_in_one_group_have_their_own_subject(
    group: Chat, library: ScriptedLibrary
) -> None:
    await group.say("@yanxiu_bot 云南什么时候报到")
    group.user_id += 1
    await group.say("@yanxiu_bot 那江西呢")

    assert library.asked[1][2] is not None
    assert library.asked[1][2].question == ""
