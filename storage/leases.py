"""Leases: one process at a time does a job. A loan with an end, so a dead holder blocks nobody."""

from datetime import datetime, timedelta

from sqlalchemy import or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Lease
from storage.upserts import insert_into


async def take_or_renew(
    session: AsyncSession, name: str, holder: str, *, lasts: timedelta, now: datetime
) -> int | None:
    """The term if the lease is ours now, else None. A new term begins with every new holder."""
    renewed: int | None = await session.scalar(
        update(Lease)
        .where(Lease.name == name, Lease.holder == holder, Lease.expires_at > now)
        .values(expires_at=now + lasts)
        .returning(Lease.term)
    )
    if renewed is not None:
        return renewed
    # An end too far ahead was written before the clock went back.
    over = or_(Lease.expires_at <= now, Lease.expires_at > now + 2 * lasts)
    insert = insert_into(session, Lease).values(
        name=name, holder=holder, term=1, expires_at=now + lasts
    )
    taken = insert.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "term": Lease.term + 1, "expires_at": now + lasts},
        where=over,
    )
    term: int | None = await session.scalar(taken.returning(Lease.term))
    return term


async def give_back(session: AsyncSession, name: str, holder: str, *, now: datetime) -> None:
    await session.execute(
        update(Lease).where(Lease.name == name, Lease.holder == holder).values(expires_at=now)
    )
