"""Secret calendar addresses, and what the feeds behind them last said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import CalendarEvent as Row
from storage.models import CalendarFeed
from storage.upserts import insert_into


@dataclass(frozen=True, slots=True)
class Said:
    """An event as the feed last had it; `sequence` grows with every change of `content`."""

    content: dict[str, Any]
    fingerprint: str
    sequence: int
    changed_at: datetime


def hash_of(token: str) -> str:
    """The tokens are random enough that nobody can look one up by its hash."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()


async def open_feed(session: AsyncSession, person_id: int, token: str, *, now: datetime) -> None:
    """An earlier address of the same person ends."""
    values = {"token_hash": hash_of(token), "made_at": now}
    row = insert_into(session, CalendarFeed).values(person_id=person_id, **values)
    await session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=values))


async def close_feed(session: AsyncSession, person_id: int) -> bool:
    gone = delete(CalendarFeed).where(CalendarFeed.person_id == person_id)
    return (await session.execute(gone.returning(CalendarFeed.person_id))).first() is not None


async def has_feed(session: AsyncSession, person_id: int) -> bool:
    return await session.get(CalendarFeed, person_id) is not None


async def person_of(session: AsyncSession, token: str) -> int | None:
    """Whose feed this is. Every token costs the same: one hash, one look-up by it."""
    chosen = select(CalendarFeed.person_id).where(CalendarFeed.token_hash == hash_of(token))
    person_id: int | None = await session.scalar(chosen)
    return person_id


async def said(session: AsyncSession, person_id: int) -> dict[str, Said]:
    rows = await session.scalars(select(Row).where(Row.person_id == person_id).order_by(Row.uid))
    return {row.uid: Said(row.said, row.fingerprint, row.sequence, row.changed_at) for row in rows}


async def say(
    session: AsyncSession, person_id: int, events: Mapping[str, Said], uids: Sequence[str]
) -> None:
    for uid in uids:
        event = events[uid]
        values = {
            "said": event.content,
            "fingerprint": event.fingerprint,
            "sequence": event.sequence,
            "changed_at": event.changed_at,
        }
        row = insert_into(session, Row).values(person_id=person_id, uid=uid, **values)
        await session.execute(
            row.on_conflict_do_update(index_elements=["person_id", "uid"], set_=values)
        )
