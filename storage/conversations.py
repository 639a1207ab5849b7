"""Where conversations stand. Keys are strings made by whoever talks."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import ConversationState
from storage.upserts import insert_into


@dataclass(frozen=True, slots=True)
class Conversation:
    state: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


async def get(session: AsyncSession, key: str) -> Conversation:
    """An empty one where nothing was kept."""
    row = await session.get(ConversationState, key)
    return Conversation(row.state, dict(row.data)) if row else Conversation()


async def put(
    session: AsyncSession, key: str, *, state: str | None, data: dict[str, Any], now: datetime
) -> None:
    kept = {"state": state, "data": data, "updated_at": now}
    row = insert_into(session, ConversationState).values(key=key, **kept)
    await session.execute(row.on_conflict_do_update(index_elements=["key"], set_=kept))


async def clear(session: AsyncSession, key: str) -> None:
    await session.execute(delete(ConversationState).where(ConversationState.key == key))


async def of_user(session: AsyncSession, pattern: str) -> dict[str, Conversation]:
    """`pattern`: as LIKE has it; the keys are made by whoever talks."""
    chosen = select(ConversationState).where(ConversationState.key.like(pattern))
    return {
        row.key: Conversation(row.state, dict(row.data)) for row in await session.scalars(chosen)
    }


async def forget_user(session: AsyncSession, pattern: str) -> None:
    await session.execute(delete(ConversationState).where(ConversationState.key.like(pattern)))
