"""Everybody changes their own settings, by buttons that may be pressed twice."""

import json
from datetime import time

import pytest
from aiogram.methods import EditMessageText, SendDocument
from aiogram.types import BufferedInputFile
from sqlalchemy import select

from handlers.conversation.programmes import sign
from handlers.questions.brevity import key_of
from handlers.texts import leaving, settings
from storage import conversations, joining, people, personal
from storage.join_requests import Arrival
from storage.models import (
    Account,
    Base,
    ConversationState,
    Membership,
    OutgoingMessage,
    Person,
    Progress,
)
from storage.phones import Phones
from storage.roster import PAGE, TELEGRAM, Recipient
from tests.cast import CHEN_CHAT, GROUP_CHAT, LIN_CHAT, MORNING, PROGRAMME_CODE, QIAN_CHAT
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.scripted import ScriptedLibrary
from tests.handlers.wire import labels

CODE = sign(PROGRAMME_CODE)


async def lin(chat: Chat, user: int = LIN_CHAT) -> Recipient:
    async with chat.sessions() as session:
        found = await people.person_of_account(session, TELEGRAM, user)
    assert found
    return found


def edited(chat: Chat) -> str:
    return [one.text or "" for one in chat.telegram.sent if isinstance(one, EditMessageText)][-1]


async def test_settings_are_changed_in_place_and_the_same_press_twice_is_one(chat: Chat) -> None:
    [shown] = await chat.send("/settings")
    assert "提醒时间：8:00（默认）" in shown.text
    assert labels(shown)[-2:] == [settings.EXPORT, settings.FORGET]

    for data in ("st:h", "st:h:1900", "st:q", "st:q:23000800", "st:s:hant", f"st:m:{CODE}:1"):
        await chat.press_data(data)
        await chat.press_data(data)
    mine = await lin(chat)
    assert (mine.remind_at, mine.quiet) == (time(19), (time(23), time(8)))
    assert (mine.script, mine.roles[0].muted) == ("hant", True)
    assert "提醒时间：19:00\n免打扰：23:00-8:00\n文字：繁體\n" in edited(chat)

    for data in ("st:h:-", "st:q:00000000", "st:s:-", f"st:m:{CODE}:0"):
        await chat.press_data(data)
    mine = await lin(chat)
    assert (mine.remind_at, mine.quiet) == (None, (time(0), time(0)))
    assert (mine.script, mine.roles[0].muted) == ("", False)
    assert len(chat.telegram.messages) == 1  # everything else was edited


@pytest.mark.parametrize(
    "data",
    ["st:h:0300", "st:h:2599", "st:q:1", "st:s:klingon", "st:m:0123456789:1", "st:x", "st:h:²"],
)
async def test_what_no_button_says_changes_nothing(chat: Chat, data: str) -> None:
    before = await lin(chat)

    await chat.press_data(data)

    assert await lin(chat) == before
    assert chat.telegram.notes == [settings.NOT_FOR_YOU]


async def test_a_press_in_a_group_and_a_stranger_get_nothing(new_chat: NewChat) -> None:
    group, stranger = await new_chat(chat=GROUP_CHAT), await new_chat(user=QIAN_CHAT)

    for data in ("st:", "st:h:0700", "lv:yes", "lv:all", "lv:export"):
        await group.press_data(data)
    await stranger.press_data("st:h:0700")

    assert group.telegram.notes == [settings.NOT_FOR_YOU] * 5
    assert stranger.telegram.notes == [settings.STRANGER]
    assert await stranger.say("/settings") == [settings.STRANGER]
    assert await group.say("/forget_me") == [leaving.PRIVATELY]


async def test_answers_come_in_the_script_that_was_chosen(new_chat: NewChat) -> None:
    chat = await new_chat(ScriptedLibrary())
    await chat.press_data("st:s:hant")

    [answer] = await chat.say("云南什么时候报到")
    [which] = await chat.send("什么时候报到")

    assert "25號\n原為8號" in answer.replace("</b>", "").replace("<b>", "")
    assert labels(which) == ["雲南的報到", "江西的報到"]


async def test_leaving_a_programme_or_everything(new_chat: NewChat) -> None:
    chat = await new_chat()
    [asked] = await chat.send("/leave")
    assert labels(asked) == ["退出《东山县2015年教师研修》", leaving.LEAVE_ALL, leaving.STAY]
    await chat.press(asked, 2)
    assert (await lin(chat)).roles

    other = await new_chat(user=CHEN_CHAT)
    await other.press(asked, 1)
    await chat.press(asked, 0)
    await chat.press(asked, 0)

    assert edited(chat) == leaving.LEFT_ONE.format(title="东山县2015年教师研修")
    for user in (LIN_CHAT, CHEN_CHAT):
        assert await (await new_chat(user=user)).say("/leave") == [leaving.NOT_IN]
    async with chat.sessions() as session:
        assert {one.name for one in await people.people_with_roles(session)} == {
            "何敏",
            "吴岳",
            "赵宁",
        }


async def busy_lin(chat: Chat) -> Recipient:
    """With something of everything, on both surfaces."""
    mine = await lin(chat)
    await chat.say("云南什么时候报到")
    async with chat.sessions.begin() as session:
        await joining.bind(session, mine.id, Arrival(PAGE, 501, ""), MORNING)
        await people.bind_chat(session, mine.id, LIN_CHAT, now=MORNING)
        session.add(
            Progress(
                person_id=mine.id,
                programme_code=PROGRAMME_CODE,
                task_code="读书笔记",
                count=1,
                changed_at=MORNING,
            )
        )
        row = await session.get(Person, mine.id)
        assert row
        row.phone_cipher = Phones("a secret of these tests").sealed("13812345678")
        row.school = "一中"
        session.add(
            OutgoingMessage(
                key="note:1",
                kind="note",
                person_id=mine.id,
                data={"html": "提醒"},
                planned_at=MORNING,
                not_before=MORNING,
                expires_at=MORNING,
                text="提醒",
            )
        )
    return mine


async def test_everything_is_exported_and_the_number_masked(new_chat: NewChat) -> None:
    chat = await new_chat(ScriptedLibrary())
    await busy_lin(chat)

    await chat.say("/export")

    [sent] = [one for one in chat.telegram.sent if isinstance(one, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    text = sent.document.data.decode()
    told = json.loads(text)
    assert told["person"][0]["name"] == "林晓"
    assert told["person"][0]["phone"] == "138****5678"
    assert "13812345678" not in text
    assert not [word for word in ("_hash", "cipher") if word in text]
    tables = {"account", "membership", "progress", "outbox", "given_answer", "conversations"}
    assert tables <= set(told)
    assert "云南什么时候报到" in json.dumps(told["conversations"], ensure_ascii=False)


async def test_forgetting_leaves_the_line_of_the_roster_and_nothing_else(
    new_chat: NewChat,
) -> None:
    chat, chen = await new_chat(ScriptedLibrary()), await new_chat(user=CHEN_CHAT)
    mine = await busy_lin(chat)
    [asked] = await chat.send("/forget_me")
    await chat.press(asked, 1)
    assert (await lin(chat)).id == mine.id

    await chat.press(asked, 0)
    await chat.press(asked, 0)

    assert edited(chat) == leaving.FORGOTTEN
    async with chat.sessions() as session:
        for table in (Account, Progress, OutgoingMessage):
            found = select(table).where(table.person_id == mine.id)
            assert not list(await session.scalars(found))
        assert not [
            one.key
            for one in await session.scalars(select(ConversationState))
            if str(LIN_CHAT) in one.key
        ]
        row = await session.get(Person, mine.id)
        assert row
        assert (row.name, row.school, row.chat_id) == ("林晓", "一中", None)
        assert await session.get(Membership, (mine.id, PROGRAMME_CODE))
        everything = {
            table.name: str((await session.execute(select(table))).mappings().all())
            for table in Base.metadata.sorted_tables
        }
    assert [name for name, rows in everything.items() if str(LIN_CHAT) in rows] == []
    assert "您还不在名单上" in (await chat.say("/start"))[0]
    assert (await lin(chen, CHEN_CHAT)).name == "陈波"


async def test_who_came_by_a_link_alone_is_gone_altogether(chat: Chat) -> None:
    mine = await lin(chat)
    async with chat.sessions.begin() as session:
        row = await session.get(Person, mine.id)
        assert row
        row.came_by_link = True

    await chat.press_data("lv:yes")

    async with chat.sessions() as session:
        assert await session.get(Person, mine.id) is None
        assert await personal.accounts(session, mine.id) == []


async def test_a_stranger_is_forgotten_too(new_chat: NewChat) -> None:
    chat = await new_chat(ScriptedLibrary(), user=QIAN_CHAT)
    await chat.say("没有人知道的事")
    await chat.say("/export")

    await chat.press_data("lv:yes")

    async with chat.sessions() as session:
        left = {
            table.name: str((await session.execute(select(table))).mappings().all())
            for table in Base.metadata.sorted_tables
        }
        assert await conversations.get(session, key_of("none")) == conversations.Conversation()
    assert [name for name, rows in left.items() if str(QIAN_CHAT) in rows] == []
