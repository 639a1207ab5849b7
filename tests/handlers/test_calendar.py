"""The address of one's calendar: given once, renewed or closed with a press."""

from handlers.texts import calendar as texts
from storage import calendars
from tests.cast import GROUP_CHAT, LIN_CHAT, QIAN_CHAT
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.edits import buttons, edited_text


def token_in(text: str) -> str:
    return text.partition("https://yanxiu.example/calendar/")[2].partition(".ics")[0]


async def whose(chat: Chat, token: str) -> int | None:
    async with chat.sessions() as session:
        return await calendars.person_of(session, token)


async def test_the_address_is_given_once_and_replaced_on_request(chat: Chat) -> None:
    [given] = await chat.send("/calendar")
    first = token_in(given.text)
    assert len(first) == 32
    assert await whose(chat, first) is not None

    [again] = await chat.send("/calendar")
    assert "已经有一个日历地址" in again.text
    assert first not in again.text

    await chat.press_data(buttons(again)["换一个地址"])
    second = token_in(edited_text(chat))
    assert await whose(chat, first) is None
    assert await whose(chat, second) is not None

    for _ in range(2):
        await chat.press_data(buttons(again)["停用日历"])
    assert await whose(chat, second) is None
    assert chat.telegram.notes[-1] == "日历已经停用了。"


async def test_strangers_and_groups_get_no_address(new_chat: NewChat) -> None:
    qian = await new_chat(user=QIAN_CHAT)
    assert await qian.say("/calendar") == [texts.NO_ROLE]
    await qian.press_data("cl:new")
    await qian.press_data("cl:end")
    group = await new_chat(user=LIN_CHAT, chat=GROUP_CHAT)
    assert await group.say("/calendar") == ["日历地址只在私聊里给您，请私聊我发 /calendar。"]
    await group.press_data("cl:new")

    assert qian.telegram.notes + group.telegram.notes == ["这个按钮不是给您的。"] * 3
