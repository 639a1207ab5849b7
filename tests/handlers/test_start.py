"""Getting to know each other."""

from handlers import texts
from tests.cast import QIAN_CHAT, ZHAO_CHAT
from tests.handlers.conftest import Chat, NewChat


async def test_greeting_names_the_role_on_the_roster(chat: Chat) -> None:
    [reply] = await chat.say("/start")

    assert "您在《东山县2015年教师研修》中是学员" in reply


async def test_stranger_is_greeted_without_a_role(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)

    [reply] = await chat.say("/start")

    assert "您还不在名单上" in reply


async def test_help_names_ones_own_commands(chat: Chat, new_chat: NewChat) -> None:
    [own] = await chat.say("/help")
    [strangers] = await (await new_chat(user=QIAN_CHAT)).say("/help")
    [coordinators] = await (await new_chat(user=ZHAO_CHAT)).say("/help")

    assert "/tasks" in own
    assert not {"/group ", "/broadcast"} & set(own.split())
    assert "/tasks" not in strangers
    assert "/ask" in strangers
    assert "/broadcast" in coordinators


async def test_help_in_a_group_changes_nobodys_keyboard(group: Chat) -> None:
    [message] = await group.send("/help@yanxiu_bot")

    assert message.reply_markup is None


async def test_command_to_another_bot_is_not_ours(group: Chat) -> None:
    assert await group.say("/help@other_bot") == []


async def test_privacy_is_told(chat: Chat) -> None:
    assert await chat.say("/privacy") == [texts.PRIVACY]


async def test_unknown_command_is_answered_kindly(chat: Chat) -> None:
    assert await chat.say("/dance") == [texts.NO_SUCH_COMMAND]


async def test_cancel_without_a_topic_says_so(chat: Chat) -> None:
    assert await chat.say("/cancel") == [texts.NOTHING_TO_CANCEL]
