"""`yanxiu outbox …`."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from scheduler import outbox, outbox_upkeep
from scheduler.letters import LEASE, NewLetter
from tests.bot.conftest import Yanxiu
from tests.cast import GROUP_CHAT
from tests.databases import opened


async def hold_a_post(url: str) -> None:
    database, now = opened(url), SystemClock().now()
    waiting = {"kind": "note", "not_before": now, "expires_at": now + timedelta(days=1)}
    async with database.sessions.begin() as session:
        first = NewLetter(key="a", chat_id=GROUP_CHAT, data={"html": "甲"}, **waiting)  # type: ignore[arg-type]
        await outbox.add(session, [first], now=now)
        [letter] = await outbox.claim(session, "dead", now=now)
        await outbox.begin_sending(session, letter, "甲", now=now)
        await outbox_upkeep.recover(session, now=now + LEASE)
        second = NewLetter(key="b", chat_id=7, data={"html": "乙"}, **waiting)  # type: ignore[arg-type]
        await outbox.add(session, [second], now=now)
    await database.engine.dispose()


def test_what_waits_and_what_is_held_is_seen_and_decided(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    yanxiu("db", "upgrade")
    asyncio.run(hold_a_post(f"sqlite+aiosqlite:///{bare_environment}/var/yanxiu.db"))

    seen = yanxiu("outbox", "status").out
    assert "等着发 1 条" in seen
    assert "[1] 群 其他消息：甲（" in seen
    as_json = json.loads(yanxiu("outbox", "status", "--json").out)
    assert (as_json["counts"], as_json["due"]) == ({"held": 1, "planned": 1}, 1)
    assert as_json["done_at"]
    assert [one["key"] for one in as_json["held"]] == ["a"]

    assert yanxiu("outbox", "release", "1").out == "好，再发一次。\n"
    ran = yanxiu("outbox", "drop", "1")
    assert (ran.code, ran.out) == (1, "")
    assert "没有编号是 1 的待定消息" in ran.err
    assert json.loads(yanxiu("outbox", "status", "--json").out)["due"] == 2


def test_without_a_database_that_is_said_in_a_line(yanxiu: Yanxiu) -> None:
    ran = yanxiu("outbox", "status")

    assert (ran.code, ran.err.count("\n")) == (1, 1)
    assert "yanxiu db upgrade" in ran.err
