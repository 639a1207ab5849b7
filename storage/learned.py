"""Approved entries in versions, and learned phrasings: the part of what is known that grew here."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from secrets import token_hex
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents import Document
from knowledge.entries import Entry, LearnedPhrasing
from storage import remembered
from storage.models import LearnedEntry as Row
from storage.models import LearnedPhrasing as Phrasing

STAMP = "documents"  # remembered; a new one makes every process read again
NAME = "审核通过的答复"  # of the document that they make
CURRENT, PAST, UNDONE = "current", "past", "undone"
_ENTRY = TypeAdapter(Entry)


@dataclass(frozen=True, slots=True)
class Learned:
    """One version of an entry."""

    id: int
    entry: Entry
    version: int
    made_at: datetime
    valid_from: date | None = None
    valid_until: date | None = None
    proposal_id: int | None = None

    def holds_on(self, day: date) -> bool:
        after = self.valid_from is None or self.valid_from <= day
        return after and (self.valid_until is None or day <= self.valid_until)


def to_json(entry: Entry) -> dict[str, Any]:
    kept: dict[str, Any] = _ENTRY.dump_python(entry, mode="json")
    return kept


def from_json(body: dict[str, Any]) -> Entry:
    return _ENTRY.validate_python(body)


def with_answer(entry: Entry, text: str) -> Entry:
    return replace(entry, answer=text, source=replace(entry.source, text=text))


async def add_version(
    session: AsyncSession,
    entry: Entry,
    *,
    valid_from: date | None,
    valid_until: date | None,
    proposal: int | None = None,
    made_by: int | None,
    now: datetime,
) -> int:
    """The entry reads so from now on."""
    same = Row.entry_id == entry.id
    latest = await session.scalar(select(func.max(Row.version)).where(same))
    await session.execute(update(Row).where(same, Row.state == CURRENT).values(state=PAST))
    row = Row(
        entry_id=entry.id,
        version=(latest or 0) + 1,
        body=to_json(entry),
        valid_from=valid_from,
        valid_until=valid_until,
        proposal_id=proposal,
        made_by=made_by,
        made_at=now,
    )
    session.add(row)
    await session.flush()
    return row.id


async def anew(session: AsyncSession) -> None:
    """What was just stored is to be known."""
    await remembered.put(session, STAMP, token_hex(8))


async def undo(session: AsyncSession, id: int) -> bool:
    """The version before holds again, or there is no such entry any more. False: it was not the
    current one."""
    gone = await session.scalar(
        update(Row)
        .where(Row.id == id, Row.state == CURRENT)
        .values(state=UNDONE)
        .returning(Row.entry_id)
    )
    if gone is None:
        return False
    before = select(func.max(Row.version)).where(Row.entry_id == gone, Row.state == PAST)
    await session.execute(
        update(Row)
        .where(Row.entry_id == gone, Row.version == await session.scalar(before))
        .values(state=CURRENT)
    )
    return True


async def find(session: AsyncSession, id: int) -> Learned | None:
    row = await session.get(Row, id)
    return _value(row) if row and row.state == CURRENT else None


async def entries(session: AsyncSession) -> list[Learned]:
    """The current version of each, whether or not it holds today, the oldest first."""
    chosen = select(Row).where(Row.state == CURRENT).order_by(Row.id)
    return [_value(row) for row in await session.scalars(chosen)]


async def add_phrasing(
    session: AsyncSession,
    entry_id: str,
    text: str,
    *,
    negative: bool = False,
    made_by: int | None,
    now: datetime,
) -> int:
    row = Phrasing(entry_id=entry_id, text=text, negative=negative, made_by=made_by, made_at=now)
    session.add(row)
    await session.flush()
    return row.id


async def undo_phrasing(session: AsyncSession, id: int, *, now: datetime) -> bool:
    undone = (
        update(Phrasing)
        .where(Phrasing.id == id, Phrasing.undone_at.is_(None))
        .values(undone_at=now)
        .returning(Phrasing.id)
    )
    return (await session.execute(undone)).first() is not None


async def phrasings(session: AsyncSession) -> list[LearnedPhrasing]:
    """In the order in which they were learnt: of two words on a text the last holds."""
    rows = await session.scalars(
        select(Phrasing).where(Phrasing.undone_at.is_(None)).order_by(Phrasing.id)
    )
    return [LearnedPhrasing(row.entry_id, row.text, row.negative) for row in rows]


async def document(session: AsyncSession, today: date) -> list[Document]:
    """What holds today, as a document like any other; none where nothing was learnt."""
    held = [each.entry for each in await entries(session) if each.holds_on(today)]
    return [Document(NAME, entries=tuple(held))] if held else []


def _value(row: Row) -> Learned:
    return Learned(
        id=row.id,
        entry=from_json(row.body),
        version=row.version,
        made_at=row.made_at,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        proposal_id=row.proposal_id,
    )
