"""Small facts of the installation, by name."""

from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Remembered
from storage.upserts import insert_into


async def get(session: AsyncSession, name: str) -> str | None:
    row = await session.get(Remembered, name)
    return row.value if row else None


async def put(session: AsyncSession, name: str, value: str) -> None:
    row = insert_into(session, Remembered).values(name=name, value=value)
    await session.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))
