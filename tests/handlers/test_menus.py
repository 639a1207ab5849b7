"""Everybody's menu shows what they may do, and follows their roles."""

from aiogram.exceptions import TelegramNotFound
from aiogram.methods import DeleteMyCommands, SetMyCommands
from aiogram.types import BotCommandScopeChat, ReplyKeyboardMarkup
from sqlalchemy import select

from handlers.conversation.menus import Menus
from storage import invitations, people
from storage.models import ConversationState
from storage.roster import EXPERT, PARTICIPANT
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    MORNING,
    PROGRAMME_CODE,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
)
from tests.handlers.conftest import Chat, NewChat

KONG_CHAT = 7_000_000_021
OF_SOME = {"group", "bulletin", "broadcast", "invite", "tasks"}


def menus(chat: Chat) -> list[set[str] | None]:
    """Those that were set for this chat; None where it was taken away."""
    found: list[set[str] | None] = []
    for method in chat.telegram.sent:
        if isinstance(method, SetMyCommands | DeleteMyCommands):
            assert method.scope == BotCommandScopeChat(chat_id=chat.chat_id)
            commands = getattr(method, "commands", None)
            found.append({one.command for one in commands} if commands else None)
    return found


async def test_each_role_has_its_own_menu(new_chat: NewChat) -> None:
    special = {}
    for user in (CHEN_CHAT, HE_CHAT, WU_CHAT, ZHAO_CHAT):
        chat = await new_chat(user=user)
        await chat.say("/help")
        [menu] = menus(chat)
        assert menu is not None
        special[user] = menu & OF_SOME

    assert special == {
        CHEN_CHAT: {"group", "invite", "tasks"},
        HE_CHAT: {"group", "bulletin", "tasks"},
        WU_CHAT: {"group", "bulletin", "tasks"},
        ZHAO_CHAT: {"group", "bulletin", "broadcast", "invite"} | {"tasks"},
    }


async def test_a_menu_follows_its_person_in_and_up_and_out(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    await chat.say("/start")
    assert menus(chat) == []
    async with chat.sessions.begin() as session:
        link = await invitations.make(
            session, role=PARTICIPANT, programme=PROGRAMME_CODE, group_id=1, now=MORNING
        )
    await chat.say(f"/start {link}")
    await chat.say("钱明")
    await chat.say("/cancel")
    assert len(menus(chat)) == 1
    assert "tasks" in (menus(chat)[0] or set())

    async with chat.sessions.begin() as session:
        qian = await people.person_of_account(session, chat.surface, QIAN_CHAT)
        assert qian
        await people.set_role(session, qian.id, PROGRAMME_CODE, EXPERT)
    await chat.press_data("tk:now")
    assert "bulletin" in (menus(chat)[1] or set())

    async with chat.sessions.begin() as session:
        await people.deactivate(session, qian.id)
    await chat.say("/help")
    await chat.say("/help")
    assert menus(chat)[2:] == [None]
    async with chat.sessions() as session:
        kept = await session.scalars(select(ConversationState.key))
        assert not [key for key in kept if "menu" in key]


async def test_what_was_set_is_known_after_a_restart(new_chat: NewChat) -> None:
    chat = await new_chat()
    await chat.say("/help")
    storage, menu = chat.dispatcher.fsm.storage, Menus()
    async with chat.sessions() as session:
        lin = await people.person_of_account(session, chat.surface, chat.user_id)

    await menu.settle(chat.bot, storage, chat.chat_id, lin)

    assert len(menus(chat)) == 1


async def test_a_server_without_menus_is_asked_once(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    chat.telegram.troubles = [TelegramNotFound]
    async with chat.sessions.begin() as session:
        zhou = await people.add_person(session, "周未", chat_id=QIAN_CHAT, now=MORNING)
        await people.set_role(session, zhou, PROGRAMME_CODE, PARTICIPANT)
        person = await people.person(session, zhou)
    menu = Menus()
    for _ in range(3):
        await menu.settle(chat.bot, chat.dispatcher.fsm.storage, chat.chat_id, person)

    assert chat.telegram.sent == []


async def test_a_group_gets_no_menu_of_its_own(new_chat: NewChat) -> None:
    chat = await new_chat(user=CHEN_CHAT, chat=GROUP_CHAT)

    [reply] = await chat.say("/help@yanxiu_bot")

    assert menus(chat) == []
    assert "/ask" in reply
    assert "/tasks" not in reply


async def test_the_keys_below_the_text_field_are_ones_own_and_work(new_chat: NewChat) -> None:
    async with (await new_chat()).sessions.begin() as session:
        await people.add_person(session, "孔办", chat_id=KONG_CHAT, coordinator=True, now=MORNING)
    keys, said = {}, {}
    for user in (LIN_CHAT, CHEN_CHAT, KONG_CHAT):
        chat = await new_chat(user=user)
        for words in ("/start", "/broadcast", "/help"):  # keys work within a conversation, too
            markup = (await chat.send(words))[-1].reply_markup
        assert isinstance(markup, ReplyKeyboardMarkup)
        keys[user] = [key.text for row in markup.keyboard for key in row]
        for key in keys[user]:
            [reply, *_] = await chat.say(key)
            said[user, key] = reply[:12]

    assert keys == {
        LIN_CHAT: ["我的任务", "近期截止", "怎么用"],
        CHEN_CHAT: ["我的任务", "近期截止", "本组进度", "怎么用"],
        KONG_CHAT: ["各组进度", "待答问题", "怎么用"],
    }
    assert said == {
        (LIN_CHAT, "我的任务"): "东山县2015年教师研修",
        (LIN_CHAT, "近期截止"): "<b>两周内截止</b>",
        (LIN_CHAT, "怎么用"): "直接提问即可；在群里请 ",
        (CHEN_CHAT, "我的任务"): "东山县2015年教师研修",
        (CHEN_CHAT, "近期截止"): "<b>两周内截止</b>",
        (CHEN_CHAT, "本组进度"): "<b>东山一组 · 1人",
        (CHEN_CHAT, "怎么用"): "直接提问即可；在群里请 ",
        (KONG_CHAT, "各组进度"): "<b>东山一组 · 1人",
        (KONG_CHAT, "待答问题"): "现在没有等您回答的问题。",
        (KONG_CHAT, "怎么用"): "直接提问即可；在群里请 ",
    }


async def test_who_pressed_an_old_key_gets_the_new_ones(new_chat: NewChat) -> None:
    chat = await new_chat(user=KONG_CHAT)
    async with chat.sessions.begin() as session:
        await people.add_person(session, "孔办", chat_id=KONG_CHAT, coordinator=True, now=MORNING)

    [told] = await chat.send("我的任务")

    assert "没有自己的任务" in told.text
    assert isinstance(told.reply_markup, ReplyKeyboardMarkup)
    assert "各组进度" in str(told.reply_markup)
