"""Who stands on the roster and has not come in yet; a link for each of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.invitations import hashed, new_token
from storage.models import Account, Invitation, Membership, Person, TrainingGroup
from storage.roster import COORDINATOR

CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class NotJoined:
    id: int
    name: str
    role: str
    group: str
    school: str
    phone_cipher: str | None


async def people(session: AsyncSession, programme: str = "") -> list[NotJoined]:
    """Once each, by group and name; of one programme, or of all."""
    here = Membership.person_id == Person.id
    if programme:
        here &= Membership.programme_code == programme
    chosen = (
        select(Person, Membership.role, TrainingGroup.name)
        .outerjoin(Membership, here)
        .outerjoin(TrainingGroup, TrainingGroup.id == Membership.group_id)
        .where(Person.active, ~exists().where(Account.person_id == Person.id))
        .where(or_(Membership.role.is_not(None), Person.coordinator))
        .order_by(TrainingGroup.name, Person.name, Person.id)
    )
    found: dict[int, NotJoined] = {}
    for row, role, group in await session.execute(chosen):
        one = NotJoined(
            row.id, row.name, role or COORDINATOR, group or "", row.school, row.phone_cipher
        )
        found.setdefault(row.id, one)
    return list(found.values())


async def invite(
    session: AsyncSession, ids: Sequence[int], *, days: float, now: datetime
) -> dict[int, str]:
    """A token for each; what they were given before is worth nothing any more."""
    tokens = {id: new_token() for id in ids}
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        theirs = update(Invitation).where(Invitation.person_id.in_(some))
        await session.execute(
            theirs.values(uses_left=0).execution_options(synchronize_session=False)
        )
        ends = now + timedelta(days=days)
        rows = [
            {
                "token_hash": hashed(tokens[id]),
                "role": "",
                "programme_code": "",
                "person_id": id,
                "uses_left": 1,
                "expires_at": ends,
                "made_at": now,
            }
            for id in some
        ]
        await session.execute(insert(Invitation), rows)
    return tokens
