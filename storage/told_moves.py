"""Which days of a person have moved, and what they were told of it."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OutgoingMessage, ToldDeadline
from storage.progress import Deadline

ON_ITS_WAY = ("planned", "sending", "sent")
Move = tuple[str, str, date, date]  # programme, task, the old day, the new one


async def days_told(session: AsyncSession, person_id: int) -> Sequence[Deadline]:
    """Also those that are no deadlines any more, until they hear of it."""
    rows = await session.scalars(select(ToldDeadline).where(ToldDeadline.person_id == person_id))
    return [(row.programme_code, row.task_code, row.due) for row in rows]


async def announced(
    session: AsyncSession, kind: str, person_id: int, *, since: datetime
) -> list[Move]:
    """By letters of this kind, sent or about to be."""
    letters = await session.scalars(
        select(OutgoingMessage.data).where(
            OutgoingMessage.kind == kind,
            OutgoingMessage.person_id == person_id,
            OutgoingMessage.state.in_(ON_ITS_WAY),
            OutgoingMessage.not_before >= since,
        )
    )
    return [
        (programme, task, date.fromisoformat(old), date.fromisoformat(new))
        for data in letters
        for programme, task, old, new in data.get("moves", ())
    ]
