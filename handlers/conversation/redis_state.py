"""Conversation state in Redis, for installations that have one."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from aiogram.fsm.storage.base import StateType, StorageKey
from aiogram.fsm.storage.redis import RedisStorage
from redis.asyncio import Redis
from redis.exceptions import RedisError

from handlers.conversation.state import KEYS, keys_of
from storage.database import DatabaseTrouble

LASTS = timedelta(days=90)  # as long as the database keeps conversations
CONNECT_SECONDS, ANSWER_SECONDS = 5, 10


def redis_state(address: str) -> "RedisState":
    """Opens nothing yet."""
    redis = Redis.from_url(
        address, socket_connect_timeout=CONNECT_SECONDS, socket_timeout=ANSWER_SECONDS
    )
    return RedisState(redis, KEYS, state_ttl=LASTS, data_ttl=LASTS)


class RedisState(RedisStorage):
    """What Redis cannot do now is trouble that passes: the update comes again."""

    async def ping(self) -> None:
        async with said_plainly():
            await self.redis.ping()

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        async with said_plainly():
            await super().set_state(key, state)

    async def get_state(self, key: StorageKey) -> str | None:
        async with said_plainly():
            return await super().get_state(key)

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        async with said_plainly():
            await super().set_data(key, data)

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        async with said_plainly():
            return await super().get_data(key)

    async def of_user(self, bot_id: int, user_id: int) -> dict[str, Any]:
        async with said_plainly():
            found = {}
            async for key in self.redis.scan_iter(match=keys_of(bot_id, user_id, "*")):
                value = await self.redis.get(key)
                if key.endswith(b":data") and value is not None:
                    found[key.decode()] = self.json_loads(value)
            return found

    async def forget_user(self, bot_id: int, user_id: int) -> None:
        async with said_plainly():
            async for key in self.redis.scan_iter(match=keys_of(bot_id, user_id, "*")):
                await self.redis.delete(key)


@asynccontextmanager
async def said_plainly() -> AsyncIterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        raise DatabaseTrouble(f"REDIS_URL：连不上 Redis（{type(error).__name__}）") from error
