"""What somebody wishes for themselves; reminders per programme and their hour: people."""

from datetime import time

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Person


async def set_quiet(session: AsyncSession, person_id: int, span: tuple[time, time] | None) -> None:
    """None: as the installation has it. The same time twice: never quiet."""
    starts, ends = span or (None, None)
    mine = update(Person).where(Person.id == person_id)
    await session.execute(mine.values(quiet_from=starts, quiet_to=ends))


async def set_script(session: AsyncSession, person_id: int, script: str) -> None:
    """ "hans", "hant", or "" for that of the question."""
    await session.execute(update(Person).where(Person.id == person_id).values(script=script))
