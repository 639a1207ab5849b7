"""Where people and groups are written to at present: on Telegram or on the page."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Person, TrainingGroup


async def of_people(session: AsyncSession, ids: Collection[int]) -> dict[int, str]:
    return await _surfaces(session, Person, ids)


async def of_groups(session: AsyncSession, ids: Collection[int]) -> dict[int, str]:
    return await _surfaces(session, TrainingGroup, ids)


async def _surfaces(
    session: AsyncSession, table: type[Person] | type[TrainingGroup], ids: Collection[int]
) -> dict[int, str]:
    if not ids:
        return {}
    found = await session.execute(select(table.id, table.surface).where(table.id.in_(ids)))
    return {row.id: row.surface for row in found}
