"""A coordinator sends a file in chat; nobody else's file is even opened."""

from datetime import datetime

import pytest
from aiogram import Dispatcher

from handlers.coordinators.intake import Intake, Look, What, Which
from knowledge.documents import Unreadable
from tests.cast import CHEN_CHAT, HE_CHAT, LIN_CHAT, QIAN_CHAT, WU_CHAT, ZHAO_CHAT
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.edits import buttons, edited_text, last_edit
from tests.handlers.wire import callback_data, labels

FILE = {"file_id": "F1", "file_unique_id": "1", "file_name": "../../通知.docx", "file_size": 5}


class Taken(list[tuple[str, bytes, What, int]]):
    async def look(self, name: str, content: bytes, now: datetime, programme: str) -> Look | Which:
        if content == b"whose" and not programme:
            return Which((("a", "甲县研修"), ("b", "乙县研修")))
        if content == b"broken":
            raise Unreadable(f"{name}：文件已损坏，打不开。")
        return Look(f"{name}：1 份通知", notice=True, roster=True, warning="· 云南什么时候报到")

    async def take(
        self, name: str, content: bytes, what: What, by: int, now: datetime, programme: str
    ) -> str:
        self.append((name, programme.encode() or content, what, by))
        return "已导入，编号 1"


@pytest.fixture
def taken(dispatcher: Dispatcher) -> Taken:
    taken = Taken()
    dispatcher["intake"] = Intake(taken.look, taken.take)
    return taken


async def sent(chat: Chat, content: bytes = b"words") -> list[str]:
    chat.telegram.files["F1"] = content
    return await chat.show(document=FILE)


async def test_a_file_is_shown_as_understood_and_taken_once(
    new_chat: NewChat, taken: Taken
) -> None:
    zhao = await new_chat(user=ZHAO_CHAT)
    await sent(zhao)
    shown = zhao.telegram.messages[-1]

    assert "通知.docx：1 份通知" in shown.text
    assert "会答错：\n· 云南什么时候报到" in shown.text
    assert labels(shown) == ["导入名单", "仍要导入", "不导入"]
    notice = callback_data(shown, 1)
    await zhao.press_data(notice)
    await zhao.press_data(notice)

    assert [(name, what) for name, _, what, _ in taken] == [("通知.docx", "notice")]
    assert zhao.telegram.notes[-1].startswith("这个文件已经处理过了")


async def test_whose_roster_it_is_is_asked_and_then_it_goes_on(
    new_chat: NewChat, taken: Taken
) -> None:
    zhao = await new_chat(user=ZHAO_CHAT)
    await sent(zhao, b"whose")
    shown = zhao.telegram.messages[-1]
    assert "哪个项目" in shown.text
    assert labels(shown) == ["甲县研修", "乙县研修", "不导入"]

    await zhao.press_data(callback_data(shown, 1))
    await zhao.press_data(buttons(last_edit(zhao))["导入名单"])

    assert taken == [("通知.docx", b"b", "roster", 5)]


async def test_what_cannot_be_read_and_what_is_gone_are_said(
    new_chat: NewChat, taken: Taken
) -> None:
    zhao = await new_chat(user=ZHAO_CHAT)
    assert (await sent(zhao, b"broken"))[-1] == "通知.docx：文件已损坏，打不开。"

    await sent(zhao)
    button = callback_data(zhao.telegram.messages[-1], 0)
    zhao.telegram.files.clear()
    await zhao.press_data(button)

    assert "请再发一次" in edited_text(zhao)
    assert taken == []


@pytest.mark.parametrize("user", [LIN_CHAT, CHEN_CHAT, HE_CHAT, WU_CHAT, QIAN_CHAT])
async def test_nobody_else_imports(new_chat: NewChat, taken: Taken, user: int) -> None:
    other, zhao = await new_chat(user=user), await new_chat(user=ZHAO_CHAT)
    assert "由项目办来做" in (await sent(other))[0]

    await sent(zhao)
    await zhao.press_data(callback_data(zhao.telegram.messages[-1], 1), by=user)

    assert taken == []
