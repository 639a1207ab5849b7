"""«@bot words» in any chat: aiogram answers, somebody chooses, the message can be edited later."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram import types as aio

from tests.gateway.serving import GROUP, LIN, QIAN, Running
from tests.gateway.test_clients import aiogram_bot, recorded
from tests.gateway.traffic import Recorder, problems, validator

__all__ = ["aiogram_bot", "recorded"]  # fixtures
IN_GROUP: dict[str, Any] = {"person": LIN, "chat": f"1000:{GROUP}"}
BUTTONS = aio.InlineKeyboardMarkup(
    inline_keyboard=[
        [
            aio.InlineKeyboardButton(text="有用", callback_data="good"),
            aio.InlineKeyboardButton(text="再查", switch_inline_query_current_chat="报到"),
        ]
    ]
)
RESULTS: list[aio.InlineQueryResultUnion] = [
    aio.InlineQueryResultArticle(
        id="1",
        title="报到时间",
        description="25号",
        input_message_content=aio.InputTextMessageContent(
            message_text="<b>25号</b>报到", parse_mode="HTML"
        ),
        reply_markup=BUTTONS,
    ),
    aio.InlineQueryResultArticle(
        id="2",
        title="报到地点",
        input_message_content=aio.InputTextMessageContent(message_text="昆明"),
    ),
]

PLAIN = {
    "type": "article",
    "id": "2",
    "title": "报到地点",
    "input_message_content": {"message_text": "昆明"},
}


async def post(gateway: Running, path: str, **body: Any) -> Any:
    if not gateway.web.cookies:
        await gateway.web.post("/page/session", json={})
    return await gateway.web.post(f"/page/{path}", json={**IN_GROUP, **body})


async def test_a_chosen_result_is_posted_via_the_bot_and_stays_editable(
    recorded: tuple[Running, Recorder], aiogram_bot: Bot
) -> None:
    gateway, recorder = recorded
    bot = aiogram_bot
    seen = (await bot.get_updates())[-1].update_id
    asking = asyncio.create_task(post(gateway, "inline", query="报到"))
    [update] = await bot.get_updates(offset=seen + 1, timeout=5)
    assert update.inline_query
    assert (update.inline_query.query, update.inline_query.chat_type) == ("报到", "group")
    await bot.answer_inline_query(
        update.inline_query.id,
        RESULTS,
        cache_time=0,
        next_offset="2",
        button=aio.InlineQueryResultsButton(text="私聊", start_parameter="more"),
    )
    shown = (await asking).json()
    assert [one["title"] for one in shown["answer"]["results"]] == ["报到时间", "报到地点"]
    assert "content" not in shown["answer"]["results"][0]

    choice = {"query_id": shown["query_id"], "result_id": "1", "key": "key-00001"}
    posted = (await post(gateway, "choose", **choice)).json()["message"]
    assert (await post(gateway, "choose", **choice)).json()["message"] == posted

    await the_bot_hears_and_edits(gateway, bot, update.update_id, posted["message_id"])
    assert await problems(recorder.calls, validator()) == []


async def the_bot_hears_and_edits(gateway: Running, bot: Bot, seen: int, posted: int) -> None:
    said, chosen = await bot.get_updates(offset=seen + 1)
    assert said.message
    assert said.message.via_bot
    assert (said.message.html_text, said.message.via_bot.id) == ("<b>25号</b>报到", 1000)
    assert chosen.chosen_inline_result
    inline_id = chosen.chosen_inline_result.inline_message_id
    await gateway.tester(
        "press",
        {"user_id": LIN, "chat_id": GROUP, "message_id": posted, "data": "good"},
    )
    [press] = await bot.get_updates(offset=chosen.update_id + 1)
    assert press.callback_query
    assert (press.callback_query.inline_message_id, press.callback_query.message) == (
        inline_id,
        None,
    )
    assert await bot.edit_message_text("改为26号", inline_message_id=inline_id) is True


@pytest.mark.parametrize(
    ("results", "reason"),
    [
        ([{"type": "article", "id": "1", "title": "x"}], "nothing to send"),
        ([{"type": "article", "id": "x" * 65, "title": "x"}], "RESULT_ID_INVALID"),
        ([PLAIN] * 2, "RESULT_ID_DUPLICATE"),
        ([{}] * 51, "RESULTS_TOO_MUCH"),
        ([7], "id, type and title"),
        ({}, "expected an Array"),
    ],
)
async def test_results_that_telegram_refuses_are_refused(
    started: Running, results: Any, reason: str
) -> None:
    shaped: Any = results
    code, text = await started.refusal("answerInlineQuery", inline_query_id="1", results=shaped)

    assert (code, reason in text) == (400, True)


async def test_nobody_chooses_from_what_another_was_shown(started: Running) -> None:
    asking = asyncio.create_task(post(started, "inline", query="报到"))
    query = (await started.result("getUpdates", timeout=5))[-1]["inline_query"]
    results = [PLAIN]
    await started.result("answerInlineQuery", inline_query_id=query["id"], results=results)
    assert (await asking).status_code == 200
    choice = {"query_id": query["id"], "result_id": "2", "key": "key-00001"}

    other = await post(started, "choose", **choice, person=QIAN, chat=f"1000:{QIAN}")
    unknown = await post(started, "choose", **{**choice, "result_id": "9"})

    assert (other.status_code, unknown.status_code) == (400, 400)
