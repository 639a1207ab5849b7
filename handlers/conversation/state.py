"""Keeps aiogram's conversation state in the database, so that it outlives a restart."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder, StateType, StorageKey

from storage import conversations
from storage.database import Sessions

KEYS = DefaultKeyBuilder(with_bot_id=True, with_destiny=True)


def keys_of(bot_id: int, user_id: int, anything: str) -> str:
    """Bot, chat, perhaps a topic, user, purpose: as DefaultKeyBuilder writes them."""
    return f"fsm:{bot_id}:{anything}:{user_id}:{anything}"


class Forgetful(Protocol):
    """What /export and /forget_me ask of the place where conversations are kept."""

    async def of_user(self, bot_id: int, user_id: int) -> dict[str, Any]:
        """Their conversations in all chats, by key."""

    async def forget_user(self, bot_id: int, user_id: int) -> None:
        """All of them."""


class DatabaseState(BaseStorage):
    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now
        self._key = KEYS

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        async with self._sessions.begin() as session:
            kept = await conversations.get(session, self._key.build(key))
            name = state.state if isinstance(state, State) else state
            await self._put(session, key, conversations.Conversation(name, kept.data))

    async def get_state(self, key: StorageKey) -> str | None:
        return (await self._get(key)).state

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        async with self._sessions.begin() as session:
            kept = await conversations.get(session, self._key.build(key))
            await self._put(session, key, conversations.Conversation(kept.state, dict(data)))

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        return (await self._get(key)).data

    async def of_user(self, bot_id: int, user_id: int) -> dict[str, Any]:
        async with self._sessions() as session:
            kept = await conversations.of_user(session, keys_of(bot_id, user_id, "%"))
        return {key: one.data for key, one in kept.items()}

    async def forget_user(self, bot_id: int, user_id: int) -> None:
        async with self._sessions.begin() as session:
            await conversations.forget_user(session, keys_of(bot_id, user_id, "%"))

    async def close(self) -> None:
        """The database is closed by whoever opened it."""

    async def _get(self, key: StorageKey) -> conversations.Conversation:
        async with self._sessions() as session:
            return await conversations.get(session, self._key.build(key))

    async def _put(self, session: Any, key: StorageKey, kept: conversations.Conversation) -> None:
        name = self._key.build(key)
        if kept.state is None and not kept.data:
            await conversations.clear(session, name)
        else:
            await conversations.put(
                session, name, state=kept.state, data=kept.data, now=self._now()
            )
