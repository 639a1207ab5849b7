"""Who has just told the page their name need not type it again."""

import pytest
from aiogram.types import ReplyKeyboardMarkup

from handlers.texts import joining as texts
from storage import invitations
from storage.roster import PAGE, PARTICIPANT
from tests.cast import MORNING, PROGRAMME_CODE, QIAN_CHAT
from tests.handlers.conftest import NewChat


@pytest.mark.parametrize(
    ("called", "offered"), [("钱明", "钱明"), ("钱老师", ""), ("访客", ""), ("报到怎么走", "")]
)
async def test_who_said_their_name_to_the_page_presses_it(
    new_chat: NewChat, called: str, offered: str
) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    chat.surface = PAGE
    sender = {"id": QIAN_CHAT, "is_bot": False, "first_name": called}

    async with chat.sessions.begin() as session:
        token = await invitations.make(
            session, role=PARTICIPANT, programme=PROGRAMME_CODE, group_id=1, now=MORNING
        )

    [asked] = await chat.send(f"/start {token}", **{"from": sender})

    if not offered:
        assert asked.text == texts.YOUR_NAME
        return
    assert isinstance(asked.reply_markup, ReplyKeyboardMarkup)
    [[key]] = asked.reply_markup.keyboard
    [welcome] = await chat.send(key.text)
    assert welcome.text.startswith(f"<b>{offered}老师，欢迎加入！")
    assert isinstance(welcome.reply_markup, ReplyKeyboardMarkup)
    assert offered not in str(welcome.reply_markup)
