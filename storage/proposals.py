"""Answers on their way to become entries, until a coordinator has decided."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.entries import Entry
from storage.learned import from_json, to_json
from storage.models import Proposal
from storage.upserts import insert_into

PROPOSED, APPROVED, MERGED, DECLINED = "proposed", "approved", "merged", "declined"


@dataclass(frozen=True, slots=True)
class Proposed:
    """`entry` as it would be."""

    id: int
    answer_id: int
    question_id: int
    entry: Entry
    state: str
    valid_from: date | None = None
    valid_until: date | None = None
    reason: str = ""


async def add(
    session: AsyncSession,
    answer: int,
    question: int,
    entry: Entry,
    *,
    valid_from: date | None = None,
    now: datetime,
) -> bool:
    """Once per answer."""
    row = insert_into(session, Proposal).values(
        answer_id=answer,
        question_id=question,
        body=to_json(entry),
        valid_from=valid_from,
        state=PROPOSED,
        proposed_at=now,
        reason="",
    )
    new = row.on_conflict_do_nothing(index_elements=["answer_id"]).returning(Proposal.id)
    return await session.scalar(new) is not None


async def find(session: AsyncSession, proposal: int) -> Proposed | None:
    found = await _proposals(session, select(Proposal).where(Proposal.id == proposal))
    return found[0] if found else None


async def of_answer(session: AsyncSession, answer: int) -> Proposed | None:
    found = await _proposals(session, select(Proposal).where(Proposal.answer_id == answer))
    return found[0] if found else None


async def undecided(session: AsyncSession, *, after: int = 0, limit: int = 1) -> list[Proposed]:
    """The oldest first; `after` the one of this id."""
    chosen = select(Proposal).where(Proposal.state == PROPOSED, Proposal.id > after)
    return await _proposals(session, chosen.order_by(Proposal.id).limit(limit))


async def count(session: AsyncSession) -> int:
    chosen = select(func.count()).select_from(Proposal).where(Proposal.state == PROPOSED)
    return await session.scalar(chosen) or 0


async def change(
    session: AsyncSession,
    proposal: int,
    entry: Entry,
    *,
    valid_from: date | None,
    valid_until: date | None,
) -> bool:
    """False: it was decided meanwhile."""
    changed = (
        update(Proposal)
        .where(Proposal.id == proposal, Proposal.state == PROPOSED)
        .values(body=to_json(entry), valid_from=valid_from, valid_until=valid_until)
        .returning(Proposal.id)
    )
    return (await session.execute(changed)).first() is not None


async def decide(
    session: AsyncSession,
    proposal: int,
    state: str,
    *,
    by: int,
    reason: str = "",
    now: datetime,
) -> bool:
    """False: somebody else was quicker."""
    decided = (
        update(Proposal)
        .where(Proposal.id == proposal, Proposal.state == PROPOSED)
        .values(state=state, decided_by=by, decided_at=now, reason=reason)
        .returning(Proposal.id)
    )
    return (await session.execute(decided)).first() is not None


async def reopen(session: AsyncSession, proposal: int) -> None:
    """Its approval was undone: it waits for another decision."""
    await session.execute(
        update(Proposal)
        .where(Proposal.id == proposal)
        .values(state=PROPOSED, decided_by=None, decided_at=None)
    )


async def _proposals(session: AsyncSession, chosen: Select[Proposal]) -> list[Proposed]:
    return [
        Proposed(
            id=row.id,
            answer_id=row.answer_id,
            question_id=row.question_id,
            entry=from_json(row.body),
            state=row.state,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            reason=row.reason,
        )
        for row in await session.scalars(chosen)
    ]
