"""Who was told what, so that exactly they can be told when it was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.sources import Source
from storage.models import GivenAnswer

UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it was said: a private chat has a person, if they are on the roster."""

    surface: str
    chat_id: int
    thread_id: int | None = None
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    id: int
    at: datetime
    asked_on: date
    place: Place
    question: str
    context: Mapping[str, Any]
    text: str
    digest: str
    sources: tuple[tuple[str, str, str], ...]  # title, number, section
    origin: str = ""
    thumb: str = ""


def from_expert(answer: int) -> str:
    return f"answer:{answer}"


def digest_of(text: str) -> str:
    return sha256("".join(text.split()).encode()).hexdigest()


async def log(
    session: AsyncSession,
    place: Place,
    question: str,
    text: str,
    *,
    sources: Sequence[Source] = (),
    context: Mapping[str, Any] | None = None,
    origin: str = "",
    today: date,
    now: datetime,
) -> int:
    row = GivenAnswer(
        at=now,
        asked_on=today,
        person_id=place.person_id,
        surface=place.surface,
        chat_id=place.chat_id,
        thread_id=place.thread_id,
        question=question,
        context=dict(context or {}),
        text=text,
        digest=digest_of(text),
        sources=[[each.title, each.number, each.section] for each in sources],
        origin=origin,
    )
    session.add(row)
    await session.flush()
    return row.id


async def find(session: AsyncSession, given: int) -> Given | None:
    row = await session.get(GivenAnswer, given)
    return _value(row) if row else None


async def thumb(session: AsyncSession, given: int, sign: str) -> bool:
    """False: that was their sign already."""
    changed = (
        update(GivenAnswer)
        .where(GivenAnswer.id == given, GivenAnswer.thumb != sign)
        .values(thumb=sign)
        .returning(GivenAnswer.id)
    )
    return (await session.execute(changed)).first() is not None


async def standing(session: AsyncSession, *, after: int, limit: int) -> list[Given]:
    """What came from the documents and was not corrected since, by id."""
    chosen = select(GivenAnswer).where(
        GivenAnswer.id > after, GivenAnswer.corrected_at.is_(None), GivenAnswer.origin == ""
    )
    return await _given(session, chosen.order_by(GivenAnswer.id).limit(limit))


async def of_origin(session: AsyncSession, origin: str) -> list[Given]:
    chosen = select(GivenAnswer).where(
        GivenAnswer.origin == origin, GivenAnswer.corrected_at.is_(None)
    )
    return await _given(session, chosen.order_by(GivenAnswer.id))


async def corrected(session: AsyncSession, given: int, *, now: datetime) -> bool:
    """False: somebody else has corrected it."""
    changed = (
        update(GivenAnswer)
        .where(GivenAnswer.id == given, GivenAnswer.corrected_at.is_(None))
        .values(corrected_at=now)
        .returning(GivenAnswer.id)
    )
    return (await session.execute(changed)).first() is not None


async def stand_again(
    session: AsyncSession, ids: Sequence[int], *, instead_of: Sequence[int]
) -> None:
    """Their correction was not said, nor what it put in their place."""
    await session.execute(
        update(GivenAnswer).where(GivenAnswer.id.in_(ids)).values(corrected_at=None)
    )
    await session.execute(delete(GivenAnswer).where(GivenAnswer.id.in_(instead_of)))


async def rests_on(session: AsyncSession, given: int, text: str, sources: Sequence[Source]) -> None:
    """What an expert said is now said by the documents."""
    kept = [[each.title, each.number, each.section] for each in sources]
    await session.execute(
        update(GivenAnswer)
        .where(GivenAnswer.id == given)
        .values(text=text, digest=digest_of(text), sources=kept, origin="")
    )


async def forget_before(session: AsyncSession, day: datetime) -> int:
    gone = delete(GivenAnswer).where(GivenAnswer.at < day).returning(GivenAnswer.id)
    return len((await session.scalars(gone)).all())


async def _given(session: AsyncSession, chosen: Select[GivenAnswer]) -> list[Given]:
    return [_value(row) for row in await session.scalars(chosen)]


def _value(row: GivenAnswer) -> Given:
    return Given(
        id=row.id,
        at=row.at,
        asked_on=row.asked_on,
        place=Place(row.surface, row.chat_id, row.thread_id, row.person_id),
        question=row.question,
        context=row.context,
        text=row.text,
        digest=row.digest,
        sources=tuple((title, number, section) for title, number, section in row.sources),
        origin=row.origin,
        thumb=row.thumb,
    )
