"""What tells people of one name apart: their group in each programme, and their school."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Membership, Person, TrainingGroup

Member = tuple[int, str]  # person, programme


@dataclass(frozen=True, slots=True)
class Byname:
    group: str = ""
    school: str = ""


async def bynames(session: AsyncSession) -> dict[Member, Byname]:
    chosen = (
        select(Membership.person_id, Membership.programme_code, TrainingGroup.name, Person.school)
        .join(Person, Person.id == Membership.person_id)
        .outerjoin(TrainingGroup, TrainingGroup.id == Membership.group_id)
        .where(Person.active)
    )
    found = await session.execute(chosen)
    return {(id, code): Byname(group or "", school) for id, code, group, school in found}
