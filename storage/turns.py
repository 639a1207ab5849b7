"""Whose turn it is to answer a question: one person at a time, with an end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OpenQuestion, Person
from storage.models import QuestionAssignment as Row
from storage.models.questions import RUNNING
from storage.questions import OPEN
from storage.upserts import insert_into

ANSWERED, LATE, UNREACHABLE = "answered", "late", "unreachable"
PASSED, TAKEN = "passed", "taken"  # by their own word; by a colleague


@dataclass(frozen=True, slots=True)
class Turn:
    id: int
    question_id: int
    person_id: int
    name: str
    role: str
    until: datetime
    assigned_at: datetime
    ended_at: datetime | None = None
    outcome: str = ""


async def begin(
    session: AsyncSession,
    question: int,
    person_id: int,
    role: str,
    *,
    until: datetime,
    now: datetime,
) -> int | None:
    """None: it is somebody's turn already."""
    row = insert_into(session, Row).values(
        question_id=question,
        person_id=person_id,
        role=role,
        assigned_at=now,
        until=until,
        outcome="",
    )
    new = row.on_conflict_do_nothing(index_elements=["question_id"], index_where=RUNNING)
    begun: int | None = await session.scalar(new.returning(Row.id))
    return begun


async def skip(
    session: AsyncSession, question: int, person_id: int, role: str, *, now: datetime
) -> None:
    """Kept to be shown: it would have been their turn, but they cannot be reached."""
    session.add(
        Row(
            question_id=question,
            person_id=person_id,
            role=role,
            assigned_at=now,
            until=now,
            ended_at=now,
            outcome=UNREACHABLE,
        )
    )
    await session.flush()


async def end(session: AsyncSession, turn: int, outcome: str, *, now: datetime) -> bool:
    """False: it had ended."""
    ended = (
        update(Row)
        .where(Row.id == turn, Row.ended_at.is_(None))
        .values(ended_at=now, outcome=outcome)
        .returning(Row.id)
    )
    return (await session.execute(ended)).first() is not None


async def turn(session: AsyncSession, id: int) -> Turn | None:
    found = await _turns(session, _chosen().where(Row.id == id))
    return found[0] if found else None


async def running(session: AsyncSession, questions: Collection[int]) -> dict[int, Turn]:
    """By question."""
    chosen = _chosen().where(Row.ended_at.is_(None))
    if len(questions) < 500:
        chosen = chosen.where(Row.question_id.in_(questions))
    return {each.question_id: each for each in await _turns(session, chosen)}


async def history(session: AsyncSession, question: int) -> list[Turn]:
    return await _turns(session, _chosen().where(Row.question_id == question).order_by(Row.id))


async def unreachable(
    session: AsyncSession, questions: Collection[int] | None = None
) -> dict[int, list[str]]:
    """Who was skipped, by question; of these, or of all."""
    chosen = _chosen().where(Row.outcome == UNREACHABLE).order_by(Row.id)
    if questions is not None:
        chosen = chosen.where(Row.question_id.in_(questions))
    found: dict[int, list[str]] = {}
    for each in await _turns(session, chosen):
        found.setdefault(each.question_id, []).append(each.name)
    return found


async def over(session: AsyncSession, *, now: datetime, limit: int) -> list[Turn]:
    """What has to be handed on: the time is up, or the person is out of reach."""
    gone = or_(Person.active.is_(False), Person.reachable.is_(False), Person.chat_id.is_(None))
    chosen = _chosen().where(Row.ended_at.is_(None), or_(Row.until <= now, gone))
    return await _turns(session, chosen.order_by(Row.until, Row.id).limit(limit))


async def without(session: AsyncSession, *, after: int, limit: int) -> list[int]:
    """Questions that somebody asked and that are nobody's turn: there was nobody to be reached."""
    has_turn = select(Row.question_id).where(Row.ended_at.is_(None))
    chosen = select(OpenQuestion.id).where(
        OpenQuestion.id > after,
        OpenQuestion.state == OPEN,
        OpenQuestion.programme_code != "",
        OpenQuestion.id.not_in(has_turn),
    )
    return list(await session.scalars(chosen.order_by(OpenQuestion.id).limit(limit)))


async def of_person(session: AsyncSession, person_id: int) -> list[Turn]:
    """What waits for them, the first to be due first."""
    mine = Row.ended_at.is_(None), Row.person_id == person_id
    return await _turns(session, _chosen().where(*mine).order_by(Row.until, Row.id))


async def people_asked(session: AsyncSession) -> list[int]:
    """Everybody for whom something waits."""
    chosen = select(Row.person_id).where(Row.ended_at.is_(None)).distinct()
    return list(await session.scalars(chosen))


async def load(session: AsyncSession, people: Collection[int]) -> dict[int, int]:
    """How many questions wait for each of them now."""
    chosen = (
        select(Row.person_id, func.count().label("waiting"))
        .where(Row.ended_at.is_(None), Row.person_id.in_(people))
        .group_by(Row.person_id)
    )
    return {row.person_id: row.waiting for row in await session.execute(chosen)}


def _chosen() -> Select[Row, str]:
    return select(Row, Person.name).join(Person, Person.id == Row.person_id)


async def _turns(session: AsyncSession, chosen: Select[Row, str]) -> list[Turn]:
    return [
        Turn(
            id=row.id,
            question_id=row.question_id,
            person_id=row.person_id,
            name=name,
            role=row.role,
            until=row.until,
            assigned_at=row.assigned_at,
            ended_at=row.ended_at,
            outcome=row.outcome,
        )
        for row, name in await session.execute(chosen)
    ]
