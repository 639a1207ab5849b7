"""How the outbox stands, counted by the database: for whoever looks after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OutgoingMessage as Row

LATELY = timedelta(minutes=2)
REASONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    due: int  # could go out now
    later: int
    under_way: int  # claimed, or on the wire
    sent_lately: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why letters of one kind came to a bad end, and how many."""

    kind: str
    state: str
    reason: str
    letters: int


async def waiting(session: AsyncSession, *, now: datetime) -> Waiting:
    planned = Row.state == "planned"
    counted = select(
        func.count().filter(planned & (Row.not_before <= now)),
        func.count().filter(planned & (Row.not_before > now)),
        func.count().filter(Row.state.in_(["leased", "sending"])),
    ).where(Row.state.in_(["planned", "leased", "sending"]))
    due, later, under_way = (await session.execute(counted)).one()
    lately = select(func.count()).where(Row.sent_at > now - LATELY, Row.sent_at <= now)
    return Waiting(due, later, under_way, await session.scalar(lately) or 0)


async def reasons(session: AsyncSession, *, since: datetime) -> list[Reason]:
    """Of what was planned since then, the most frequent first."""
    number = func.count().label("letters")
    counted = (
        select(Row.kind, Row.state, func.coalesce(Row.error, ""), number)
        .where(Row.state.in_(["failed", "held", "expired", "unreachable"]), Row.planned_at >= since)
        .group_by(Row.kind, Row.state, func.coalesce(Row.error, ""))
        .order_by(number.desc(), Row.kind, Row.state)
        .limit(REASONS_SHOWN)
    )
    return [Reason(*row) for row in await session.execute(counted)]
