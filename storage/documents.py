"""Imported documents: saved once, replaced by newer versions, withdrawn, never deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.documents import Document
from storage import questions
from storage.document_json import from_json, to_json
from storage.models import StoredDocument


@dataclass(frozen=True, slots=True)
class New:
    id: int


@dataclass(frozen=True, slots=True)
class Same:
    """This very file is stored already; nothing changed."""

    id: int


@dataclass(frozen=True, slots=True)
class Replaced:
    id: int
    old_ids: tuple[int, ...]


Saved = New | Same | Replaced


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored document as a value."""

    id: int
    document: Document
    region: str
    imported_at: datetime
    withdrawn_at: datetime | None = None
    replaced_by: int | None = None


async def save(
    session: AsyncSession, document: Document, *, digest: str, region: str, now: datetime
) -> Saved:
    """`digest` is that of the file's bytes. Needs a writing session."""
    await _one_import_at_a_time(session)
    known = await session.scalar(select(StoredDocument).where(StoredDocument.digest == digest))
    if known and known.withdrawn_at is None:
        return Same(known.id)
    row = known or StoredDocument(digest=digest)
    row.name, row.region, row.imported_at = document.name, region, now
    row.body, row.identities = to_json(document), _identities(document)
    row.withdrawn_at = row.replaced_by = None
    session.add(row)
    await session.flush()
    for question in document.open_questions:
        await questions.add_open(
            session, question.text, detail=question.detail, document_id=row.id, now=now
        )
    old = await _replace_older(session, row)
    return Replaced(row.id, old) if old else New(row.id)


async def current(session: AsyncSession) -> list[Kept]:
    """What holds now, oldest first."""
    return [_value(row) for row in await _current_rows(session)]


async def withdrawn(session: AsyncSession) -> list[Kept]:
    chosen = select(StoredDocument).where(StoredDocument.withdrawn_at.is_not(None))
    return [_value(row) for row in await session.scalars(chosen.order_by(StoredDocument.id))]


async def show(session: AsyncSession, id: int) -> Kept | None:
    row = await session.get(StoredDocument, id)
    return _value(row) if row else None


async def withdraw(session: AsyncSession, id: int, now: datetime) -> bool:
    """Takes a document back; what it had replaced holds again. False: there was none to take."""
    gone = await session.scalar(
        update(StoredDocument)
        .where(StoredDocument.id == id, StoredDocument.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
        .returning(StoredDocument.id)
    )
    if gone is None:
        return False
    await session.execute(
        update(StoredDocument).where(StoredDocument.replaced_by == id).values(replaced_by=None)
    )
    return True


async def _current_rows(session: AsyncSession) -> Sequence[StoredDocument]:
    chosen = (
        select(StoredDocument)
        .where(StoredDocument.withdrawn_at.is_(None), StoredDocument.replaced_by.is_(None))
        .order_by(StoredDocument.imported_at, StoredDocument.id)
    )
    return (await session.scalars(chosen)).all()


async def _replace_older(session: AsyncSession, new: StoredDocument) -> tuple[int, ...]:
    old = [
        row
        for row in await _current_rows(session)
        if row.id != new.id and _replaces(new.identities, row.identities)
    ]
    for row in old:
        row.replaced_by = new.id
    await session.flush()
    return tuple(row.id for row in old)


def _identities(document: Document) -> list[str]:
    """The file under its title first, then everything in it that a newer version would repeat."""
    titles = [notice.title for notice in document.notices]
    titles += [programme.title for programme in document.programmes]
    return [
        f"file:{document.name}|{titles[0] if titles else ''}",
        *(f"notice:{notice.number}|{notice.title}" for notice in document.notices),
        *(f"programme:{programme.code}" for programme in document.programmes),
        *(f"entry:{entry.id}" for entry in document.entries),
    ]


def _replaces(new: Sequence[str], old: Sequence[str]) -> bool:
    """The same file again, or everything the old one held: a page of answers that also quotes a
    notice must not vanish when that notice is imported by itself."""
    same_file = new[0] == old[0]
    return same_file or (len(old) > 1 and set(old[1:]) <= set(new[1:]))


async def _one_import_at_a_time(session: AsyncSession) -> None:
    if session.get_bind().dialect.name == "postgresql":  # on SQLite there is one writer anyway
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtext('document'))"))


def _value(row: StoredDocument) -> Kept:
    return Kept(
        id=row.id,
        document=from_json(row.body),
        region=row.region,
        imported_at=row.imported_at,
        withdrawn_at=row.withdrawn_at,
        replaced_by=row.replaced_by,
    )
