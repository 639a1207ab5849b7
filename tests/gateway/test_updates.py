"""Updates wait until they are confirmed, whatever happens in between."""

import asyncio
from pathlib import Path

import pytest

from tests.gateway.serving import (
    CHEN,
    GROUP,
    LIN,
    WU,
    Clock,
    Running,
    build,
    in_process,
    seat_groups,
    until,
)


async def test_unconfirmed_updates_come_again(started: Running) -> None:
    await started.says(LIN, "一")
    await started.says(LIN, "二")

    first = await started.result("getUpdates")
    again = await started.result("getUpdates")
    await started.result("getUpdates", offset=first[0]["update_id"] + 1)
    rest = await started.result("getUpdates")

    assert [one["message"]["text"] for one in first] == ["一", "二"]
    assert again == first
    assert rest == first[1:]


async def test_a_negative_offset_keeps_the_last_ones(started: Running) -> None:
    for text in "一二三":
        await started.says(LIN, text)

    last = await started.result("getUpdates", offset=-1)

    assert [one["message"]["text"] for one in last] == ["三"]
    assert await started.result("getUpdates") == last


async def test_a_long_poll_ends_with_the_first_update(started: Running) -> None:
    poll = asyncio.create_task(started.result("getUpdates", timeout=30))
    await until(lambda: started.app.state.exchange.polls)

    await started.says(LIN, "在吗")

    assert [one["message"]["text"] for one in await poll] == ["在吗"]


async def test_a_second_poller_ends_the_first(started: Running) -> None:
    first = asyncio.create_task(started.refusal("getUpdates", timeout=30))
    await until(lambda: started.app.state.exchange.polls)

    assert await started.result("getUpdates", timeout=0) == []
    code, text = await first
    assert (code, text.split(";")[0]) == (
        409,
        "Conflict: terminated by other getUpdates request",
    )


async def test_polling_and_a_webhook_exclude_each_other(started: Running) -> None:
    await started.result("setWebhook", url="http://127.0.0.1:9/hook")

    code, text = await started.refusal("getUpdates")
    await started.result("deleteWebhook")

    assert code == 409
    assert "can't use getUpdates method while webhook is active" in text
    assert await started.result("getUpdates") == []


async def test_only_the_kinds_asked_for_are_queued(started: Running) -> None:
    await started.result("getUpdates", allowed_updates=["callback_query"])
    await started.says(LIN, "不要")
    await started.result("getUpdates", allowed_updates=[])
    await started.says(LIN, "要")

    assert [one["message"]["text"] for one in await started.result("getUpdates")] == ["要"]


async def test_a_restart_keeps_chats_and_redelivers(tmp_path: Path) -> None:
    clock = Clock()
    first = build(tmp_path / "gateway.db", clock)
    seat_groups(first)
    async with in_process(first, clock) as gateway:
        await gateway.says(LIN, "/start")
        await gateway.result("sendMessage", chat_id=LIN, text="您好")
        await gateway.result("pinChatMessage", chat_id=LIN, message_id=2)
        await gateway.result("setMyCommands", commands=[{"command": "help", "description": "帮助"}])
        before = await gateway.result("getUpdates")

    second = build(tmp_path / "gateway.db", clock)
    seat_groups(second)
    async with in_process(second, clock) as gateway:
        assert await gateway.result("getUpdates") == before
        assert (await gateway.result("getChat", chat_id=LIN))["pinned_message"]["text"] == "您好"
        assert (await gateway.result("getMyCommands"))[0]["command"] == "help"
        assert (await gateway.says(LIN, "还在"))["message_id"] == 4


@pytest.mark.parametrize(("user_id", "status"), [(CHEN, "creator"), (LIN, "member"), (WU, "left")])
async def test_a_group_knows_its_members(started: Running, user_id: int, status: str) -> None:
    member = await started.result("getChatMember", chat_id=GROUP, user_id=user_id)

    assert member["status"] == status
    assert await started.result("getChatMemberCount", chat_id=GROUP) == 3


async def test_putting_the_bot_into_a_group_is_told_once(gateway: Running) -> None:
    seat_groups(gateway.app)
    seat_groups(gateway.app)

    told = await gateway.result("getUpdates")

    assert [one["my_chat_member"]["new_chat_member"]["status"] for one in told] == ["member"] * 2
