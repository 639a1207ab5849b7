"""How far many groups are, in numbers: counted by the database, however many people there are."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.programme.values import Programme
from storage.models import Membership, Person
from storage.progress import A_FEW, done_in

TaskOf = tuple[str, str]  # role, task


@dataclass(frozen=True, slots=True)
class GroupCounts:
    members: dict[str, int]  # by role
    done: dict[TaskOf, int]


NOBODY = GroupCounts({}, {})


async def counts_of(
    session: AsyncSession, programme: Programme, group_ids: Collection[int]
) -> dict[int, GroupCounts]:
    """Of the active members; every group asked for is in it."""
    members: defaultdict[int, dict[str, int]] = defaultdict(dict)
    there = (
        select(Membership.group_id, Membership.role, func.count())
        .join(Person, Person.id == Membership.person_id)
        .where(*_members(programme, group_ids))
        .group_by(Membership.group_id, Membership.role)
    )
    for group, role, number in await session.execute(there):
        members[group or 0][role] = number
    finished = done_in([programme])
    done: defaultdict[int, dict[TaskOf, int]] = defaultdict(dict)
    chosen = (
        select(
            Membership.group_id,
            Membership.role,
            finished.c.task_code,
            func.count(finished.c.person_id.distinct()),
        )
        .join(Membership, Membership.person_id == finished.c.person_id)
        .join(Person, Person.id == finished.c.person_id)
        .where(*_members(programme, group_ids))
        .group_by(Membership.group_id, Membership.role, finished.c.task_code)
    )
    for group, role, task, number in await session.execute(chosen):
        done[group or 0][role, task] = number
    return {group: GroupCounts(members[group], done[group]) for group in group_ids}


def _members(programme: Programme, group_ids: Collection[int]) -> list[ColumnElement[bool]]:
    few = len(group_ids) <= A_FEW
    return [
        Membership.programme_code == programme.code,
        Membership.group_id.in_(group_ids) if few else Membership.group_id.is_not(None),
        Person.active.is_(True),
    ]
