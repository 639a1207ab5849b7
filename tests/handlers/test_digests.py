"""A digest's buttons: done, once more later, no more of this programme."""

from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import EditMessageReplyMarkup, EditMessageText
from aiogram.types import InlineKeyboardMarkup

from scheduler.digests import buttons, gather, written
from storage import people
from storage.database import Sessions
from tests.cast import CHEN_CHAT, HE_CHAT, LIN_CHAT, MORNING, PROGRAMME, QIAN_CHAT, Clock
from tests.databases import Database
from tests.handlers.conftest import Chat, NewChat
from tests.scheduler.delivering import make_sender


async def data_of(sessions: Sessions, chat: int, label: str) -> str:
    """What the digest of this morning has under the button with this label."""
    async with sessions() as session:
        person = await people.person_of_account(session, "telegram", chat)
        assert person
        day = MORNING.date()
        digest = await gather(session, [PROGRAMME], person, day, today=day)
    return next(one.data for row in buttons(digest) for one in row if label in one.label)


def shown(chat: Chat) -> tuple[str, list[str]]:
    """What the message says now, and the buttons it has."""
    edits = [m for m in chat.telegram.sent if isinstance(m, EditMessageText)]
    last: Any = [m for m in chat.telegram.sent if "Edit" in type(m).__name__][-1]
    markup = last.reply_markup
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    return (edits[-1].text or "" if edits else ""), [one.text for row in rows for one in row]


async def test_done_is_ticked_in_place_and_never_spoken_of_again(
    chat: Chat, sqlite: Database, clock: Clock
) -> None:
    done = await data_of(sqlite.sessions, LIN_CHAT, "完成：读书笔记")

    await chat.press_data(done)
    await chat.press_data(done)

    text, labels = shown(chat)
    assert chat.telegram.notes == ["好的，记下了。", "已经记过了。"]
    assert "✓ 读书笔记（已完成）" in text
    assert labels == ["静音"]
    clock.advance(days=3)  # the day it is due
    sender = make_sender(sqlite.sessions, clock)
    await sender.tick.run(clock())
    assert LIN_CHAT not in {int(form["chat_id"]) for form in sender.wire.accepted}


async def test_what_was_late_and_is_done_is_no_longer_called_undone(
    chat: Chat, sqlite: Database, clock: Clock
) -> None:
    clock.advance(days=4)
    day = clock().date()
    async with sqlite.sessions() as session:
        lin = await people.person_of_account(session, "telegram", LIN_CHAT)
        assert lin
        digest = await gather(session, [PROGRAMME], lin, day, today=day)
    assert "已过截止日（9月20日，星期日），还没有登记完成" in written(digest, today=day).html
    done = [one.data for row in buttons(digest) for one in row if "读书笔记" in one.label]

    await chat.press_data(done[0])

    text, _ = shown(chat)
    assert "✓ 读书笔记（已完成）" in text
    assert "已过截止日（9月20日，星期日）" in text
    assert "还没有登记完成" not in text


async def test_nobody_presses_for_somebody_else(new_chat: NewChat, sqlite: Database) -> None:
    done = await data_of_lin(new_chat, sqlite)
    for user in (CHEN_CHAT, HE_CHAT, QIAN_CHAT):
        other = await new_chat(user=user)
        await other.press_data(done)
        [note] = other.telegram.notes
        assert "不在您的安排里" in note or "已经过期" in note

    mine = await new_chat()
    await mine.press_data(done)
    assert mine.telegram.notes == ["好的，记下了。"]


async def data_of_lin(new_chat: NewChat, sqlite: Database) -> str:
    await new_chat()
    return await data_of(sqlite.sessions, LIN_CHAT, "完成")


@pytest.mark.parametrize(
    ("hours", "label", "comes_after"),
    [(0, "1 小时后", 1), (0, "今晚", 12), (0, "明天", 24), (13.5, "1 小时后", 23)],
)
async def test_once_more_at_the_chosen_hour_but_never_at_night(
    chat: Chat, sqlite: Database, clock: Clock, hours: float, label: str, comes_after: int
) -> None:
    clock.advance(hours=hours)
    await chat.press_data(await data_of(sqlite.sessions, LIN_CHAT, "稍后提醒"))
    _, labels = shown(chat)
    choice = next(data for text, data in offered(chat) if text == label)
    assert ("今晚" in labels) == (hours == 0)

    await chat.press_data(choice)
    await chat.press_data(choice)  # twice is once

    clock.now = MORNING + timedelta(hours=comes_after) - timedelta(minutes=1)
    sender = make_sender(sqlite.sessions, clock)
    early = await again(sender, clock)
    clock.advance(minutes=1)
    assert (early, await again(sender, clock)) == (0, 1)


def offered(chat: Chat) -> list[tuple[str, str]]:
    last: Any = [m for m in chat.telegram.sent if isinstance(m, EditMessageReplyMarkup)][-1]
    return [
        (one.text, one.callback_data) for row in last.reply_markup.inline_keyboard for one in row
    ]


async def again(sender: Any, clock: Clock) -> int:
    await sender.tick.run(clock())
    return sum("您要我再提醒的事" in form["text"] for form in sender.wire.accepted)


async def test_a_muted_programme_is_silent_until_it_is_restored(
    chat: Chat, sqlite: Database, clock: Clock
) -> None:
    await chat.press_data(await data_of(sqlite.sessions, LIN_CHAT, "静音"))
    [off, _] = offered(chat)
    await chat.press_data(off[1])

    sender = make_sender(sqlite.sessions, clock)
    await sender.tick.run(clock())
    assert LIN_CHAT not in {int(form["chat_id"]) for form in sender.wire.accepted}

    [on, _] = offered(chat)
    assert on[0].startswith("恢复提醒")
    await chat.press_data(on[1])
    await sender.tick.run(clock())
    assert LIN_CHAT in {int(form["chat_id"]) for form in sender.wire.accepted}


@pytest.mark.parametrize("data", ["dg:done:99999999:0123456789", "dg:nonsense", "dg:later:1"])
async def test_a_made_up_button_is_an_old_one(chat: Chat, data: str) -> None:
    await chat.press_data(data)

    assert "过期" in chat.telegram.notes[0]
