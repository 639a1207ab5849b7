"""The log of what could not be answered, or not well: similar ones together, counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Gap

UNKNOWN, DOWN = "unknown", "down"
A_FEW = 500  # above that all are read: fewer parameters than SQLite allows
MANY = 5_000  # clusters that a new one is held against, the latest first


@dataclass(frozen=True, slots=True)
class Missed:
    """One time; `cluster` is the id of the first like it."""

    id: int
    at: datetime
    kind: str
    reason: str
    question: str
    cluster: int
    surface: str
    chat_id: int
    question_id: int | None = None


@dataclass(frozen=True, slots=True)
class Cluster:
    id: int
    question: str
    times: int
    chats: int  # in how many chats: one who asks ten times is one
    down: int  # of the times, those that were an answer with a thumb down
    first_at: datetime
    last_at: datetime


async def log(
    session: AsyncSession,
    question: str,
    *,
    kind: str,
    surface: str,
    chat_id: int,
    reason: str = "",
    cluster: int | None = None,
    province: str = "",
    role: str = "",
    now: datetime,
) -> int:
    row = Gap(
        at=now,
        kind=kind,
        reason=reason,
        question=question,
        cluster=cluster or 0,
        province=province,
        role=role,
        surface=surface,
        chat_id=chat_id,
    )
    session.add(row)
    await session.flush()
    if cluster is None:
        row.cluster = row.id
        await session.flush()
    return row.id


async def find(session: AsyncSession, gap: int) -> Missed | None:
    row = await session.get(Gap, gap)
    return _value(row) if row else None


async def heads(session: AsyncSession) -> list[tuple[int, str]]:
    """The first question of each cluster that is not settled, the latest first."""
    chosen = select(Gap.id, Gap.question).where(Gap.cluster == Gap.id, Gap.settled_at.is_(None))
    rows = await session.execute(chosen.order_by(Gap.id.desc()).limit(MANY))
    return [(id, question) for id, question in rows]


async def clusters(session: AsyncSession, since: datetime | None = None) -> list[Cluster]:
    """What is not settled, the most frequent first."""
    times = func.count()
    chosen = (
        select(
            Gap.cluster,
            times,
            func.count(func.distinct(Gap.chat_id)),
            func.sum(case((Gap.kind == DOWN, 1), else_=0)),
            func.min(Gap.at),
            func.max(Gap.at),
        )
        .where(Gap.settled_at.is_(None))
        .group_by(Gap.cluster)
        .order_by(times.desc(), func.max(Gap.at).desc())
    )
    if since:
        chosen = chosen.where(Gap.at >= since)
    rows = (await session.execute(chosen)).all()
    names = await _questions(session, [row[0] for row in rows])
    return [
        Cluster(row[0], names[row[0]], row[1], row[2], int(row[3] or 0), row[4], row[5])
        for row in rows
    ]


async def wordings(session: AsyncSession, question_id: int) -> list[str]:
    """How people put it: everything in the clusters that led to this open question."""
    of_question = select(Gap.cluster).where(Gap.question_id == question_id)
    chosen = select(Gap.question).where(Gap.cluster.in_(of_question)).order_by(Gap.id)
    return list(dict.fromkeys(await session.scalars(chosen)))


async def asked(session: AsyncSession, gap: int, question_id: int) -> None:
    """This one was put to the experts."""
    await session.execute(update(Gap).where(Gap.id == gap).values(question_id=question_id))


async def settle(session: AsyncSession, cluster: int, *, now: datetime) -> None:
    await session.execute(
        update(Gap).where(Gap.cluster == cluster, Gap.settled_at.is_(None)).values(settled_at=now)
    )


async def settle_question(session: AsyncSession, question_id: int, *, now: datetime) -> None:
    of_question = select(Gap.cluster).where(Gap.question_id == question_id)
    for cluster in set(await session.scalars(of_question)):
        await settle(session, cluster, now=now)


async def forget_before(session: AsyncSession, day: datetime) -> int:
    gone = delete(Gap).where(Gap.at < day).returning(Gap.id)
    return len((await session.scalars(gone)).all())


async def _questions(session: AsyncSession, ids: Sequence[int]) -> dict[int, str]:
    """The oldest that is left of each cluster."""
    chosen = select(func.min(Gap.id)).group_by(Gap.cluster)
    if len(ids) < A_FEW:
        chosen = chosen.where(Gap.cluster.in_(ids))
    oldest = select(Gap.cluster, Gap.question).where(Gap.id.in_(chosen))
    return {row.cluster: row.question for row in await session.execute(oldest)}


def _value(row: Gap) -> Missed:
    return Missed(
        id=row.id,
        at=row.at,
        kind=row.kind,
        reason=row.reason,
        question=row.question,
        cluster=row.cluster,
        surface=row.surface,
        chat_id=row.chat_id,
        question_id=row.question_id,
    )
