"""What experts, tutors and leaders answered."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import questions
from storage.models import ExpertAnswer, Person


@dataclass(frozen=True, slots=True)
class Answered:
    id: int
    question_id: int
    person_id: int | None
    name: str
    role: str
    text: str
    at: datetime


async def record(
    session: AsyncSession, question: int, person_id: int, role: str, text: str, *, now: datetime
) -> int | None:
    """None: the question is not open any more."""
    if not await questions.change_state(
        session, question, before=questions.OPEN, after=questions.ANSWERED
    ):
        return None
    row = ExpertAnswer(question_id=question, person_id=person_id, role=role, text=text, at=now)
    session.add(row)
    await session.flush()
    return row.id


async def latest(session: AsyncSession, question: int) -> Answered | None:
    return await _answer(session, ExpertAnswer.question_id == question)


async def show(session: AsyncSession, answer: int) -> Answered | None:
    return await _answer(session, ExpertAnswer.id == answer)


async def change(session: AsyncSession, answer: int, text: str) -> None:
    row = await session.get(ExpertAnswer, answer)
    if row:
        row.text = text
        await session.flush()


async def _answer(session: AsyncSession, which: ColumnElement[bool]) -> Answered | None:
    chosen = (
        select(ExpertAnswer, Person.name)
        .outerjoin(Person, Person.id == ExpertAnswer.person_id)
        .where(which)
        .order_by(ExpertAnswer.id.desc())
        .limit(1)
    )
    for row, name in await session.execute(chosen):
        return Answered(
            row.id, row.question_id, row.person_id, name or "", row.role, row.text, row.at
        )
    return None
