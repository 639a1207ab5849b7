"""Questions about the helper itself are answered by it, not looked up in the notices."""

import pytest
from aiogram.methods import SetMyCommands
from aiogram.types import ReplyKeyboardMarkup

from handlers import texts
from handlers.conversation.doors import Doors
from handlers.conversation.meaning import meant
from handlers.texts import leaving, own_matters
from handlers.texts.joining import welcome
from handlers.texts.questions import (
    ASK_EXPERT,
    JOIN_TO_ASK,
    QUEUE_IS_FOR_MEMBERS,
    STRANGERS_CANNOT,
)
from knowledge.answering.library import Library
from knowledge.bundled import bundled_documents
from storage.roster import TELEGRAM
from tests.cast import QIAN_CHAT, WU_CHAT
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.scripted import ScriptedLibrary
from tests.handlers.wire import labels


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("我的进度", "读书笔记"),
        ("我还差什么没做？", "读书笔记"),
        ("我做完读书笔记了", "读书笔记"),
        ("我是什么角色", "中是学员"),
        ("能不能晚上提醒我", own_matters.REMINDERS),
        ("不要提醒我了", own_matters.REMINDERS),
        ("把提醒改到晚上8点", own_matters.REMINDERS),
        ("組長是誰", "东山一组的组长是陈波。"),
        ("请问我们组长是谁呀", "东山一组的组长是陈波。"),
        ("退出", leaving.LEAVE_WHAT),
        ("我要退出项目", leaving.LEAVE_WHAT),
        ("你是谁？", "我是研修助手"),
        ("转人工", own_matters.FIRST_ASK),
    ],
)
async def test_what_is_about_the_helper_is_answered_by_it(chat: Chat, text: str, says: str) -> None:
    assert says in (await chat.say(text))[0]


async def test_reminders_lead_to_the_settings(chat: Chat) -> None:
    [told] = await chat.send("别再提醒我了")

    assert labels(told) == [own_matters.OPEN_SETTINGS]
    await chat.press(told)
    assert chat.telegram.notes == [""]


async def test_a_person_is_asked_the_question_before(new_chat: NewChat) -> None:
    chat = await new_chat(ScriptedLibrary())
    await chat.say("云南什么时候报到")

    [offer] = await chat.send("人工")
    assert "“云南什么时候报到”" in offer.text
    assert labels(offer) == [ASK_EXPERT]
    assert "已转给组长陈波" in (await chat.press(offer))[0]


async def test_strangers_hear_how_to_come_in(new_chat: NewChat) -> None:
    qian = await new_chat(ScriptedLibrary(), QIAN_CHAT)

    assert await qian.say("怎么加入") == [own_matters.JOINING]
    assert await qian.say("转人工") == [STRANGERS_CANNOT]
    assert "不在名单上" in (await qian.say("你是谁"))[0]


async def test_strangers_are_offered_nothing_that_is_not_for_them(new_chat: NewChat) -> None:
    qian = await new_chat(Library(bundled_documents()), QIAN_CHAT)

    [start] = await qian.send("/start")
    assert isinstance(start.reply_markup, ReplyKeyboardMarkup)
    keys = [key.text for row in start.reply_markup.keyboard for key in row]
    assert keys == [texts.HOW_TO_JOIN, texts.HOW_TO]
    assert await qian.say(keys[0]) == [own_matters.JOINING]

    [unknown] = await qian.send("游泳馆几点开门")
    assert "请专家解答" in unknown.text
    assert unknown.text.endswith(JOIN_TO_ASK)
    assert unknown.reply_markup is None
    assert await qian.say("/queue") == [QUEUE_IS_FOR_MEMBERS]


async def test_a_coordinator_is_welcomed_to_what_coordinators_do() -> None:
    assert "/tasks" not in welcome("孔办", [], coordinates=True)
    assert "/group" in welcome("孔办", [], coordinates=True)
    assert "/tasks" in welcome("林晓", [("研修", "学员")], coordinates=False)


async def test_another_place_is_offered_only_where_there_is_one(chat: Chat) -> None:
    assert "/link" in (await chat.say("/help"))[0]

    chat.doors = Doors("", {TELEGRAM: chat.bot})
    assert "/link" not in (await chat.say("/help"))[0]
    first, second = [sent for sent in chat.telegram.sent if isinstance(sent, SetMyCommands)]
    assert "link" in [one.command for one in first.commands]
    assert "link" not in [one.command for one in second.commands]


async def test_where_the_roster_knows_no_leader_the_notices_are_asked(new_chat: NewChat) -> None:
    library = ScriptedLibrary()
    wu = await new_chat(library, WU_CHAT)

    assert "没有查到" in (await wu.say("组长是谁"))[0]
    assert [question for question, *_ in library.asked] == ["组长是谁"]


async def test_amid_a_wizard_the_words_are_what_was_asked_for(new_chat: NewChat) -> None:
    wu = await new_chat(user=WU_CHAT)
    await wu.say("/bulletin")

    assert leaving.LEAVE_WHAT not in (await wu.say("退出"))[0]


async def test_a_group_that_talks_is_not_answered(group: Chat) -> None:
    assert await group.say("组长是谁") == []


@pytest.mark.parametrize(
    "question",
    [
        *("我要做什么", "组长要做什么", "组长什么时候交", "退出培训怎么办", "我的作业什么时候交"),
        *("我写完总结怎么交", "我交了作业还能改吗", "我做完能走吗", "我交完材料要等几天了"),
        *("人工智能培训什么时候", "怎么加入研修组的QQ群", "提醒学员交作业", "还有几天交教学设计"),
        *("请假找谁", texts.MY_DEADLINES),
    ],
)
def test_a_question_about_the_training_is_none_of_them(question: str) -> None:
    assert meant(question) is None


def test_nothing_that_a_known_entry_asks_is_taken_from_it() -> None:
    asked = [one.question for document in bundled_documents() for one in document.entries]

    assert len(asked) > 20
    assert [question for question in asked if meant(question)] == []
