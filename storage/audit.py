"""Who did what to whom when: one line for every privileged action."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Audited:
    at: datetime
    actor_id: int | None  # None: the command line
    action: str
    subject: str
    detail: dict[str, Any]


async def note(
    session: AsyncSession,
    action: str,
    subject: str = "",
    *,
    actor: int | None,
    now: datetime,
    **detail: Any,
) -> None:
    """In the transaction of the action itself. No phone numbers, no texts of questions."""
    session.add(AuditEntry(at=now, actor_id=actor, action=action, subject=subject, detail=detail))
    await session.flush()


async def latest(session: AsyncSession, limit: int = 100) -> list[Audited]:
    rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit))
    return [Audited(row.at, row.actor_id, row.action, row.subject, row.detail) for row in rows]


async def forget_before(session: AsyncSession, day: datetime) -> int:
    gone = delete(AuditEntry).where(AuditEntry.at < day).returning(AuditEntry.id)
    return len((await session.scalars(gone)).all())
