"""Who of a name stands on the roster where an invitation leads, and how much they may do."""

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.chinese.normal import simplified, traditional
from storage.invitations import Invited
from storage.models import Account, Membership, Person
from storage.roster import COORDINATOR, EXPERT, LEADER, PARTICIPANT, TUTOR

RANKS = {PARTICIPANT: 0, LEADER: 1, TUTOR: 2, EXPERT: 3, COORDINATOR: 4}


@dataclass(frozen=True, slots=True)
class Namesake:
    """`beyond`: has more rights somewhere than the invitation gives. Whoever holds a link for
    participants and knows a leader's number is not that leader."""

    person_id: int
    joined: bool
    has_phone: bool
    beyond: bool


async def namesakes(session: AsyncSession, name: str, invited: Invited) -> list[Namesake]:
    """In the group of the invitation, or in its programme, or among the coordinators."""
    joined = exists().where(Account.person_id == Person.id)
    chosen = select(Person.id, joined, Person.phone_hash, Person.coordinator).where(
        Person.active, Person.name.in_({name, simplified(name), traditional(name)})
    )
    if invited.role == COORDINATOR:
        chosen = chosen.where(Person.coordinator)
    else:
        here = Membership.programme_code == invited.programme
        if invited.group_id and invited.role in (PARTICIPANT, LEADER):
            here &= Membership.group_id == invited.group_id
        chosen = chosen.where(Person.id.in_(select(Membership.person_id).where(here)))
    found = (await session.execute(chosen.order_by(Person.id))).all()
    roles = await _roles(session, [row[0] for row in found])
    given = rank(invited.role)
    return [
        Namesake(
            id,
            bool(is_in),
            bool(phone),
            beyond=max([rank(COORDINATOR) * coordinates, *map(rank, roles[id])]) > given,
        )
        for id, is_in, phone, coordinates in found
    ]


def rank(role: str) -> int:
    return RANKS.get(role, RANKS[LEADER])


async def _roles(session: AsyncSession, ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {id: [] for id in ids}
    rows = select(Membership.person_id, Membership.role).where(Membership.person_id.in_(ids))
    for id, role in await session.execute(rows):
        found[id].append(role)
    return found
