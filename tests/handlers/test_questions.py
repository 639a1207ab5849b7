"""A question gets an answer, buttons, or an honest word."""

import pytest
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError
from structlog.testing import capture_logs

from handlers import texts
from knowledge.answering.verdicts import Memory
from storage import gaps
from tests.cast import CHEN_CHAT, LIN_CHAT, QIAN_CHAT
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.scripted import CLAUSE, ScriptedLibrary
from tests.handlers.wire import callback_data, labels


@pytest.fixture
def library() -> ScriptedLibrary:
    return ScriptedLibrary()


@pytest.fixture
async def chat(new_chat: NewChat, library: ScriptedLibrary) -> Chat:
    return await new_chat(library)


async def test_answer_comes_first_and_markup_is_escaped(chat: Chat) -> None:
    [reply] = await chat.say("云南什么时候报到")

    assert reply == "<b>25号</b>\n原为8号。\n来源：&lt;通知&gt;"


async def test_how_the_question_was_read_is_told(chat: Chat) -> None:
    [reply] = await chat.say("云南什么时候报道")

    assert reply == "<b>25号</b>\n（已按“报到”理解）"


async def test_unknown_is_said_honestly(chat: Chat) -> None:
    assert await chat.say("食堂几点开门") == ["没有查到相关规定。"]


async def test_what_is_known_of_the_asker_goes_along(
    chat: Chat, library: ScriptedLibrary, new_chat: NewChat
) -> None:
    await chat.say("食堂几点开门")

    [(_, asker, _)] = library.asked
    assert (asker.province, asker.role, asker.today.isoformat()) == ("云南", "学员", "2015-09-17")


async def test_conversation_carries_its_subject_on(chat: Chat, library: ScriptedLibrary) -> None:
    await chat.say("云南什么时候报到")
    await chat.say("那江西呢")

    assert library.asked[1][2] == Memory(question="云南什么时候报到")


async def test_cancel_drops_the_subject(chat: Chat, library: ScriptedLibrary) -> None:
    await chat.say("云南什么时候报到")

    assert await chat.say("/cancel") == [texts.CANCELLED]
    await chat.say("那江西呢")

    assert library.asked[1][2] == Memory()


async def test_question_asked_back_has_buttons_that_answer(chat: Chat) -> None:
    [back] = await chat.send("什么时候报到")

    assert labels(back) == ["云南的报到", "江西的报到"]
    assert await chat.press(back, 0) == ["<b>25号</b>\n原为8号。\n来源：&lt;通知&gt;"]
    assert chat.telegram.notes == ["云南的报到"]


async def test_an_option_whose_question_leads_nowhere_answers_with_its_own_words(
    chat: Chat,
) -> None:
    [back] = await chat.send("请假找谁批")

    assert await chat.press(back, 0) == [f"<b>{CLAUSE}</b>\n来源：《通知》"]
    assert await chat.press(back, 1) == ["住宿由承办院校统一安排"]


async def test_button_pressed_twice_answers_once(chat: Chat) -> None:
    [back] = await chat.send("什么时候报到")
    await chat.press(back, 0)

    assert await chat.press(back, 0) == []
    assert chat.telegram.notes[-1] == texts.ALREADY_ANSWERED


async def test_the_other_button_answers_too(chat: Chat) -> None:
    [back] = await chat.send("什么时候报到")
    await chat.press(back, 0)

    assert await chat.press(back, 1) == ["没有查到相关规定。"]


async def test_button_works_after_other_questions(chat: Chat) -> None:
    [back] = await chat.send("什么时候报到")
    await chat.say("食堂几点开门")

    assert len(await chat.press(back, 0)) == 1


async def test_very_old_button_says_so(chat: Chat) -> None:
    [back] = await chat.send("什么时候报到")
    for _ in range(5):
        await chat.say("什么时候报到")

    assert await chat.press(back, 0) == []
    assert chat.telegram.notes == [texts.OLD_BUTTON]


@pytest.mark.parametrize(
    "data", ["", "pick:", "pick:zz:0", "pick:00000000:99", "delete:everything"]
)
async def test_forged_button_does_nothing(chat: Chat, data: str) -> None:
    await chat.say("什么时候报到")

    assert await chat.press_data(data) == []
    assert chat.telegram.notes == [texts.OLD_BUTTON]


async def test_only_who_was_asked_can_press(group: Chat, library: ScriptedLibrary) -> None:
    group.library = library
    [back] = await group.send("@yanxiu_bot 什么时候报到")

    assert await group.press(back, 0, by=CHEN_CHAT) == []
    assert len(await group.press(back, 0, by=LIN_CHAT)) == 1


async def test_buttons_fit_into_what_telegram_allows(chat: Chat) -> None:
    [back] = await chat.send("什么时候报到")

    assert len(callback_data(back, 1).encode()) <= 64


async def test_press_too_late_to_be_acknowledged_is_still_answered(chat: Chat) -> None:
    [back] = await chat.send("什么时候报到")
    chat.telegram.troubles = [TelegramBadRequest]

    assert len(await chat.press(back, 0)) == 1


async def test_long_answer_comes_in_several_messages(chat: Chat) -> None:
    assert [len(reply) for reply in await chat.say("很长")] == [4096, 4096, 808]


async def test_long_question_is_not_searched(chat: Chat, library: ScriptedLibrary) -> None:
    assert await chat.say("问" * 501) == [texts.TOO_LONG]
    assert library.asked == []


@pytest.mark.parametrize("words", ["/ask 云南什么时候报到", "/ask@yanxiu_bot 云南什么时候报到"])
async def test_ask_command_answers(chat: Chat, words: str) -> None:
    assert (await chat.say(words))[0].startswith("<b>25号</b>")


async def test_ask_command_without_a_question_explains_itself(chat: Chat) -> None:
    assert await chat.say("/ask") == [texts.ASK_WHAT]


async def test_sticker_gets_a_friendly_word(chat: Chat) -> None:
    sticker = {
        "file_id": "s",
        "file_unique_id": "s",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }

    assert await chat.show(sticker=sticker) == [texts.ONLY_TEXT]


async def test_question_under_a_picture_is_read(chat: Chat) -> None:
    picture = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}

    replies = await chat.show(photo=[picture], caption="云南什么时候报到")

    assert replies[0].startswith("<b>25号</b>")


async def test_service_message_is_not_answered(chat: Chat) -> None:
    assert await chat.show(delete_chat_photo=True) == []


async def test_stranger_is_answered_too(new_chat: NewChat, library: ScriptedLibrary) -> None:
    chat = await new_chat(library, QIAN_CHAT)

    assert (await chat.say("云南什么时候报到"))[0].startswith("<b>25号</b>")
    assert library.asked[0][1].role == ""


async def test_failure_is_excused_with_a_number_and_nothing_else(chat: Chat) -> None:
    with capture_logs() as events:
        [reply] = await chat.say("会出错")

    assert [event["number"] in reply for event in events] == [True]
    assert reply.startswith("抱歉")
    assert "ZeroDivision" not in reply
    async with chat.sessions() as session:
        assert await gaps.clusters(session) == []  # nobody's gap but ours


async def test_blocked_while_answering_is_no_failure(chat: Chat) -> None:
    chat.telegram.troubles = [TelegramForbiddenError]

    assert await chat.say("云南什么时候报到") == []
