"""Who may answer a question: the leader of the group, its tutors, the experts of the province."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from storage import people, questions
from storage.models import Guidance, Membership, Person
from storage.questions import Waiting
from storage.roster import EXPERT, LEADER, TUTOR, Recipient


@dataclass(frozen=True, slots=True)
class Answerer:
    person: Recipient
    role: str


async def answerers(session: AsyncSession, question: Waiting) -> list[Answerer]:
    """On every rung, reachable or not; nobody who wants to know it themselves."""
    mine = or_(*_rungs(question))
    chosen = (
        select(Membership.person_id, Membership.role)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.programme_code == question.programme, Person.active, mine)
        .order_by(Membership.person_id)
    )
    roles = {row.person_id: row.role for row in await session.execute(chosen)}
    wanting = {each.person_id for each in await questions.askers(session, question.id)}
    found = await people.of_ids(session, list(roles.keys() - wanting))
    return [Answerer(each, roles[each.id]) for each in found]


async def may_answer(session: AsyncSession, person: Recipient, question: Waiting) -> bool:
    if person.coordinator:
        return True
    return any(each.person.id == person.id for each in await answerers(session, question))


def _rungs(question: Waiting) -> Sequence[ColumnElement[bool]]:
    guided = select(Guidance.person_id)
    free = and_(Membership.group_id.is_(None), Person.id.not_in(guided))
    tutors: list[ColumnElement[bool]] = [free & _fits(Person.province, question.province)]
    leaders: list[ColumnElement[bool]] = []
    if question.group_id is not None:
        of_group = guided.where(Guidance.group_id == question.group_id)
        here = Membership.group_id == question.group_id
        leaders.append(and_(Membership.role == LEADER, here))
        tutors += [here, Person.id.in_(of_group)]
    experts = _fits(Person.province, question.province), _fits(Person.subject, question.subject)
    return [
        *leaders,
        and_(Membership.role == TUTOR, or_(*tutors)),
        and_(Membership.role == EXPERT, *experts),
    ]


def _fits(column: InstrumentedAttribute[str], value: str) -> ColumnElement[bool]:
    """An empty field fits everything, on either side."""
    return column.in_(["", value]) if value else true()
