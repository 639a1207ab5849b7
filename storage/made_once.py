"""What an update has made: after a crash it comes once more, and makes nothing more."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import remembered

MADE = "made:"  # kept for two days; nobody brings an update again after one


async def by(session: AsyncSession, update: str) -> int | None:
    """The id of what this update has made already."""
    _, _, id = (await remembered.get(session, f"{MADE}{update}") or "").partition(" ")
    return int(id) if id else None


async def note(session: AsyncSession, update: str, id: int, *, now: datetime) -> None:
    """In the transaction in which it was made. One update makes one thing."""
    await remembered.put(session, f"{MADE}{update}", f"{now.date().isoformat()} {id}")
