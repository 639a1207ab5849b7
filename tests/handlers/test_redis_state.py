"""Conversations in Redis, and what becomes of them when it is away."""

import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiogram.fsm.storage.base import StorageKey
from fakeredis import TcpFakeServer

from handlers.conversation.redis_state import redis_state
from storage.database import DatabaseTrouble

HERE = StorageKey(bot_id=42, chat_id=7, user_id=7)
IN_TOPIC = StorageKey(bot_id=42, chat_id=-100, user_id=7, thread_id=9)
OTHERS = StorageKey(bot_id=42, chat_id=8, user_id=8)


@pytest.fixture
def server() -> Iterator[TcpFakeServer]:
    running = TcpFakeServer(("127.0.0.1", 0))
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def address(server: TcpFakeServer) -> str:
    return f"redis://127.0.0.1:{server.server_address[1]}"


async def test_a_conversation_outlives_the_process_and_not_three_months(address: str) -> None:
    before, after = redis_state(address), redis_state(address)

    await before.set_state(HERE, "ask")
    await before.update_data(HERE, {"问": [1]})
    await before.close()

    assert (await after.get_state(HERE), await after.get_data(HERE)) == ("ask", {"问": [1]})
    for key in await after.redis.keys():
        assert 0 < await after.redis.ttl(key) <= timedelta(days=90).total_seconds()
    await after.close()


async def test_one_person_is_told_and_forgotten_in_every_chat(address: str) -> None:
    state = redis_state(address)
    for key in (HERE, IN_TOPIC, OTHERS):
        await state.set_state(key, "ask")
        await state.set_data(key, {"chat": key.chat_id})

    told = await state.of_user(42, 7)
    await state.forget_user(42, 7)

    assert sorted(one["chat"] for one in told.values()) == [-100, 7]
    assert [await state.get_data(key) for key in (HERE, IN_TOPIC, OTHERS)] == [{}, {}, {"chat": 8}]
    assert await state.get_state(HERE) is None
    await state.close()


async def test_a_redis_that_is_away_is_trouble_that_passes() -> None:
    state = redis_state("redis://127.0.0.1:1")

    with pytest.raises(DatabaseTrouble, match="REDIS_URL：连不上 Redis"):
        await state.ping()
    with pytest.raises(DatabaseTrouble):
        await state.get_data(HERE)
    await state.close()
