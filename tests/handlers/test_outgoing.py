"""/outbox: a coordinator sees how it stands, and decides what nobody can know."""

from datetime import timedelta

import pytest
from aiogram.methods import EditMessageText

from scheduler import outbox, outbox_upkeep
from scheduler.letters import LEASE, NewLetter, State
from storage import audit
from storage.database import Sessions
from tests.cast import GROUP_CHAT, LIN_CHAT, MORNING, QIAN_CHAT, WU_CHAT, ZHAO_CHAT, Clock
from tests.databases import Database
from tests.handlers.conftest import Chat, NewChat
from tests.scheduler.delivering import make_sender
from tests.wire import NO_SUCH_CHAT, RecordingRequest


def note(key: str, chat: int) -> NewLetter:
    return NewLetter(
        key=key,
        kind="note",
        chat_id=chat,
        not_before=MORNING,
        expires_at=MORNING + timedelta(hours=12),
        data={"html": f"<b>{key}</b> & 更多"},
    )


async def hold(sessions: Sessions, clock: Clock) -> None:
    """Two posts to a group whose sender died on the wire, and one that was refused."""
    async with sessions.begin() as session:
        await outbox.add(session, [note("甲", GROUP_CHAT), note("乙", GROUP_CHAT)], now=clock())
        for letter in await outbox.claim(session, "dead", now=clock()):
            await outbox.begin_sending(session, letter, f"{letter.key}的内容", now=clock())
    clock.advance(seconds=LEASE.total_seconds() + 1)
    async with sessions.begin() as session:
        await outbox_upkeep.recover(session, now=clock())
        await outbox.add(session, [note("丙", LIN_CHAT)], now=clock())
    await make_sender(sessions, clock, RecordingRequest(NO_SUCH_CHAT)).tick.deliver()


async def test_what_is_held_is_released_or_dropped_once(
    new_chat: NewChat, sqlite: Database, clock: Clock
) -> None:
    office = await new_chat(user=ZHAO_CHAT)
    await hold(sqlite.sessions, clock)

    [page] = await office.send("/outbox")
    assert "没有等着发的消息。" in page.text
    assert "• 其他消息失败 1 条" in page.text
    assert "[1] 群 其他消息：甲的内容" in page.text
    await office.press(page, 0)  # release the first
    await office.press(page, 3)  # drop the second
    await office.press(page, 2)  # too late

    assert office.telegram.notes == ["好的，再发一次。", "好的，不再发。", "这条已经处理过了。"]
    assert office.hurried == 1
    await make_sender(sqlite.sessions, clock).tick.deliver()
    async with sqlite.sessions() as session:
        counts = (await outbox_upkeep.status(session)).counts
        noted = {(one.action, one.subject) for one in await audit.latest(session)}
    assert counts == {State.SENT: 1, State.FAILED: 2}
    assert noted == {("letter_released", "outbox:1"), ("letter_dropped", "outbox:2")}
    last = [one for one in office.telegram.sent if isinstance(one, EditMessageText)][-1]
    assert "等着发 1 条，按每秒 28.0 条，预计 08:01 发完。" in (last.text or "")


@pytest.mark.parametrize("user", [LIN_CHAT, WU_CHAT, QIAN_CHAT])
async def test_nobody_else_may(
    new_chat: NewChat, sqlite: Database, clock: Clock, user: int
) -> None:
    other: Chat = await new_chat(user=user)
    await hold(sqlite.sessions, clock)

    assert await other.say("/outbox") == ["这里只有项目办可以看。"]
    await other.press_data("ob:r:1")

    assert "过期" in other.telegram.notes[0]
    async with sqlite.sessions() as session:
        assert len(await outbox_upkeep.held(session)) == 2
