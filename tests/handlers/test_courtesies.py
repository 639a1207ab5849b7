"""Kind words are answered in kind, and only where nothing else was said."""

import pytest

from handlers import texts
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.scripted import ScriptedLibrary


@pytest.mark.parametrize("saying", ["你好", "您好！", " 老師好 ", "Hello~", "在吗？", "早上好😊"])
async def test_greeting_is_returned_with_a_hint_how_to_ask(chat: Chat, saying: str) -> None:
    [reply] = await chat.say(saying)

    assert reply.startswith("您好！")
    assert "什么时候报到" in reply


@pytest.mark.parametrize("saying", ["谢谢", "謝謝您！！", "好的，谢谢", "多谢 🙏"])
async def test_thanks_are_accepted(chat: Chat, saying: str) -> None:
    assert (await chat.say(saying))[0].startswith("不客气")


async def test_a_question_with_a_greeting_is_a_question(new_chat: NewChat) -> None:
    library = ScriptedLibrary()
    chat = await new_chat(library)

    await chat.say("你好，云南什么时候报到")

    assert [question for question, *_ in library.asked] == ["你好，云南什么时候报到"]


async def test_kind_words_do_not_drop_the_subject(new_chat: NewChat) -> None:
    library = ScriptedLibrary()
    chat = await new_chat(library)

    await chat.say("云南什么时候报到")
    await chat.say("谢谢")
    await chat.say("那江西呢")

    assert library.asked[1][2] is not None
    assert library.asked[1][2].question == "云南什么时候报到"


async def test_group_that_talks_among_itself_hears_nothing(group: Chat) -> None:
    assert await group.say("你好") == []
    assert (await group.say("@yanxiu_bot 你好"))[0].startswith("您好！")


def test_sayings_are_written_as_they_are_compared() -> None:
    sayings = [saying for some in texts.COURTESIES.values() for saying in some]

    assert all(saying.isalnum() and saying == saying.lower() for saying in sayings)
    assert len(sayings) == len(set(sayings))
