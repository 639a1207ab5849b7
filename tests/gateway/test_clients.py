"""aiogram and python-telegram-bot, unmodified, through every method, checked in both directions."""

import asyncio
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import telegram
from aiogram import Bot
from aiogram import types as aio
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter

from tests.gateway.serving import (
    CHEN,
    GROUP,
    LIN,
    TOKEN,
    Clock,
    Running,
    build,
    seat_groups,
    serving,
)
from tests.gateway.traffic import Recorder, problems, validator

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080600000"
    "01f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
async def recorded(tmp_path: Path) -> AsyncIterator[tuple[Running, Recorder]]:
    clock = Clock()
    app = build(tmp_path / "gateway.db", clock)
    recorder = Recorder(app)
    async with serving(app, clock, lambda inner: recorder) as running:
        seat_groups(app)
        await running.says(LIN, "/start abc")
        yield running, recorder


@pytest.fixture
async def aiogram_bot(recorded: tuple[Running, Recorder]) -> AsyncIterator[Bot]:
    server = TelegramAPIServer.from_base(recorded[0].url)
    bot = Bot(TOKEN, session=AiohttpSession(api=server))
    yield bot
    await bot.session.close()


@pytest.fixture
async def ptb_bot(recorded: tuple[Running, Recorder]) -> AsyncIterator[telegram.Bot]:
    url = recorded[0].url
    async with telegram.Bot(TOKEN, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot") as bot:
        yield bot


async def press(running: Running, message_id: int, data: str) -> Any:
    """Lin presses a button on the page; the answer is what the page shows."""
    if not running.web.cookies:
        await running.web.post("/page/session", json={})
    place = {"person": LIN, "chat": f"1000:{LIN}"}
    answer = await running.web.post(
        "/page/press", json={**place, "message_id": message_id, "data": data}
    )
    return answer.json()["answer"]


async def test_aiogram_speaks_with_the_gateway(
    recorded: tuple[Running, Recorder], aiogram_bot: Bot
) -> None:
    running, recorder = recorded
    bot = aiogram_bot
    assert (await bot.get_me()).username == "yanxiu_bot"
    keyboard = aio.InlineKeyboardMarkup(
        inline_keyboard=[
            [
                aio.InlineKeyboardButton(text="好", callback_data="ok"),
                aio.InlineKeyboardButton(text="抄", copy_text=aio.CopyTextButton(text="25号")),
            ],
            [aio.InlineKeyboardButton(text="看", url="https://example.org")],
        ]
    )
    sent = await bot.send_message(
        LIN,
        "<b>25号</b>报到 😀 <a href='https://example.org'>通知</a>",
        parse_mode="HTML",
        reply_markup=keyboard,
        link_preview_options=aio.LinkPreviewOptions(is_disabled=True),
    )
    assert sent.html_text.startswith("<b>25号</b>报到 😀 <a href=")
    await aiogram_keyboards_and_files(bot, sent)
    await aiogram_rooms(bot, sent)
    await running.says(LIN, "云南呢", chat_id=GROUP)
    await running.tester("migrate", {"chat_id": GROUP})
    pressing = asyncio.create_task(press(running, sent.message_id, "ok"))
    query = await next_query(bot)
    await bot.answer_callback_query(query.id, text="已记下", show_alert=True)
    assert await pressing == {"text": "已记下", "show_alert": True, "url": ""}
    edited = await bot.edit_message_text("改了", chat_id=LIN, message_id=sent.message_id)
    assert isinstance(edited, aio.Message)
    assert (edited.text, edited.reply_markup) == ("改了", None)
    await bot.delete_message(LIN, sent.message_id)
    await aiogram_settings(bot)

    assert await problems(recorder.calls, validator()) == []


async def aiogram_keyboards_and_files(bot: Bot, sent: aio.Message) -> None:
    place = aio.ReplyParameters(message_id=sent.message_id)
    rows = [[aio.KeyboardButton(text="我的任务")]]
    await bot.send_message(LIN, "选", reply_markup=aio.ReplyKeyboardMarkup(keyboard=rows))
    reply = await bot.send_message(
        LIN, "收", reply_markup=aio.ReplyKeyboardRemove(), reply_parameters=place
    )
    assert reply.reply_to_message
    assert reply.reply_to_message.message_id == sent.message_id
    await bot.send_message(LIN, "写", reply_markup=aio.ForceReply(selective=True))
    upload = aio.BufferedInputFile("报告".encode(), "报告.txt")
    document = await bot.send_document(LIN, upload, caption="<i>表</i>", parse_mode="HTML")
    assert document.document
    assert document.document.file_name == "报告.txt"
    received = await bot.download(document.document.file_id, io.BytesIO())
    assert received
    assert received.read().decode() == "报告"
    photo = await bot.send_photo(LIN, aio.BufferedInputFile(PIXEL, "1.png"))
    assert photo.photo
    assert (photo.photo[0].width, photo.photo[0].height) == (1, 1)
    await bot.send_document(LIN, document.document.file_id)
    await bot.copy_message(LIN, LIN, sent.message_id)


async def aiogram_rooms(bot: Bot, sent: aio.Message) -> None:
    await bot.pin_chat_message(LIN, sent.message_id)
    assert (await bot.get_chat(LIN)).pinned_message
    await bot.unpin_chat_message(LIN, message_id=sent.message_id)
    await bot.unpin_all_chat_messages(LIN)
    assert (await bot.get_chat(GROUP)).title == "第一研修组"
    assert (await bot.get_chat_member(GROUP, CHEN)).status == "creator"
    assert len(await bot.get_chat_administrators(GROUP)) == 1
    assert await bot.get_chat_member_count(GROUP) == 3
    await bot.send_chat_action(LIN, "typing")
    spare = [(await bot.send_message(LIN, text)).message_id for text in "一二"]
    assert await bot.delete_messages(LIN, spare) is True
    await bot.edit_message_reply_markup(chat_id=LIN, message_id=sent.message_id, reply_markup=None)
    again = aio.InlineKeyboardMarkup(
        inline_keyboard=[[aio.InlineKeyboardButton(text="好", callback_data="ok")]]
    )
    await bot.edit_message_reply_markup(chat_id=LIN, message_id=sent.message_id, reply_markup=again)


async def aiogram_settings(bot: Bot) -> None:
    await bot.set_my_commands(
        [aio.BotCommand(command="lead", description="组长")],
        scope=aio.BotCommandScopeChatMember(chat_id=GROUP, user_id=CHEN),
    )
    await bot.set_my_commands([aio.BotCommand(command="help", description="帮助")])
    assert (await bot.get_my_commands())[0].command == "help"
    await bot.delete_my_commands(scope=aio.BotCommandScopeDefault())
    assert await bot.get_my_commands() == []
    await bot.set_my_description("说明")
    assert (await bot.get_my_description()).description == "说明"
    await bot.set_chat_menu_button(chat_id=LIN, menu_button=aio.MenuButtonCommands())
    assert (await bot.get_chat_menu_button(chat_id=LIN)).type == "commands"
    await bot.set_webhook("https://example.org/hook", secret_token="s", max_connections=2)
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    assert await bot.delete_webhook(drop_pending_updates=True)


async def next_query(bot: Bot) -> aio.CallbackQuery:
    offset = None
    while True:
        for update in await bot.get_updates(offset=offset, timeout=5):
            offset = update.update_id + 1
            if update.callback_query:
                return update.callback_query


async def test_python_telegram_bot_speaks_with_the_gateway(
    recorded: tuple[Running, Recorder], ptb_bot: telegram.Bot
) -> None:
    running, recorder = recorded
    bot = ptb_bot
    updates = await bot.get_updates(timeout=1)
    greeting = [one.message for one in updates if one.message][-1]
    assert greeting.parse_entities(["bot_command"])
    rows = [[telegram.InlineKeyboardButton("好", callback_data="ok")]]
    sent = await bot.send_message(
        LIN,
        "<b>提醒</b>",
        parse_mode="HTML",
        reply_markup=telegram.InlineKeyboardMarkup(rows),
        disable_notification=True,
        reply_to_message_id=greeting.message_id,
    )
    assert sent.text_html == "<b>提醒</b>"
    plain = await bot.send_message(
        LIN, "粗", entities=[telegram.MessageEntity("bold", 0, 1)], protect_content=True
    )
    assert plain.entities[0].type == "bold"
    await ptb_files(bot)
    pressing = asyncio.create_task(press(running, sent.message_id, "ok"))
    query = (await bot.get_updates(offset=updates[-1].update_id + 1, timeout=5))[0].callback_query
    assert query
    assert query.data == "ok"
    assert await query.answer() is True
    assert (await pressing)["text"] == ""
    await ptb_settings(bot)

    assert await problems(recorder.calls, validator()) == []


async def ptb_files(bot: telegram.Bot) -> None:
    document = await bot.send_document(LIN, io.BytesIO(b"%PDF-"), filename="表.pdf", caption="表")
    assert document.document
    file = await bot.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"%PDF-"
    await bot.send_photo(LIN, PIXEL)
    await bot.edit_message_caption(LIN, document.message_id, caption="新表")


async def ptb_settings(bot: telegram.Bot) -> None:
    first = await bot.send_message(GROUP, "转")
    forwarded = await bot.forward_message(LIN, GROUP, first.message_id)
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    album = [telegram.InputMediaPhoto(PIXEL), telegram.InputMediaPhoto(PIXEL, caption="二")]
    assert len({one.media_group_id for one in await bot.send_media_group(LIN, album)}) == 1
    await bot.set_my_commands([("help", "帮助")], scope=telegram.BotCommandScopeChat(LIN))
    await bot.pin_chat_message(GROUP, (await bot.send_message(GROUP, "组")).message_id)
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "member"
    assert await bot.leave_chat(GROUP) is True
    assert await bot.log_out() is True


async def test_both_libraries_read_refusals_as_their_own_errors(
    recorded: tuple[Running, Recorder], aiogram_bot: Bot, ptb_bot: telegram.Bot
) -> None:
    running, _ = recorded
    with pytest.raises(TelegramForbiddenError, match="can't initiate"):
        await aiogram_bot.send_message(CHEN, "x")
    with pytest.raises(telegram.error.Forbidden, match="can't initiate"):
        await ptb_bot.send_message(CHEN, "x")
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram_bot.send_message(4242, "x")
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await ptb_bot.send_message(4242, "x")
    await running.tester("faults", [{"kind": "429", "retry_after": 7, "times": 2}])
    with pytest.raises(TelegramRetryAfter) as slower:
        await aiogram_bot.send_message(LIN, "x")
    assert slower.value.retry_after == 7
    with pytest.raises(telegram.error.RetryAfter):
        await ptb_bot.send_message(LIN, "x")
    await running.tester("migrate", {"chat_id": GROUP})
    with pytest.raises(telegram.error.ChatMigrated) as moved:
        await ptb_bot.send_message(GROUP, "x")
    assert (await ptb_bot.send_message(moved.value.new_chat_id, "x")).chat.type == "supergroup"
