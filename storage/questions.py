"""Questions that nobody answered yet, each text once."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OpenQuestion
from storage.upserts import insert_into


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    text: str
    detail: str
    asked_at: datetime
    document_id: int | None = None
    asked_by: int | None = None


async def add_open(
    session: AsyncSession,
    text: str,
    *,
    detail: str = "",
    document_id: int | None = None,
    asked_by: int | None = None,
    now: datetime,
) -> bool:
    """False if the same text waits already."""
    row = insert_into(session, OpenQuestion).values(
        digest=sha256("".join(text.split()).encode()).hexdigest(),
        text=text.strip(),
        detail=detail,
        document_id=document_id,
        asked_by=asked_by,
        asked_at=now,
        state="open",
    )
    added = await session.scalar(
        row.on_conflict_do_nothing(index_elements=["digest"]).returning(OpenQuestion.id)
    )
    return added is not None


async def waiting(session: AsyncSession) -> list[Waiting]:
    chosen = select(OpenQuestion).where(OpenQuestion.state == "open")
    return [
        Waiting(row.id, row.text, row.detail, row.asked_at, row.document_id, row.asked_by)
        for row in await session.scalars(chosen.order_by(OpenQuestion.asked_at, OpenQuestion.id))
    ]
