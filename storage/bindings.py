"""Which chat belongs to which study group: bound, let go, and who has to hear of it."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import groups
from storage.models import Membership, Person, TrainingGroup
from storage.roster import LEADER, Group, Recipient


async def in_chat(session: AsyncSession, surface: str, chat_id: int) -> list[Group]:
    """In all of its topics."""
    here = TrainingGroup.surface == surface, TrainingGroup.chat_id == chat_id
    ids = await session.scalars(select(TrainingGroup.id).where(*here).order_by(TrainingGroup.id))
    found = [await groups.group(session, id) for id in ids]
    return [one for one in found if one]


async def at(
    session: AsyncSession, surface: str, chat_id: int, thread_id: int | None
) -> Group | None:
    """In this very place, not in the chat around it."""
    there = await in_chat(session, surface, chat_id)
    return next((one for one in there if one.thread_id == thread_id), None)


async def let_go(session: AsyncSession, surface: str, chat_id: int) -> list[Group]:
    """We are not in that chat any more."""
    gone = await in_chat(session, surface, chat_id)
    ids = [one.id for one in gone]
    await session.execute(
        update(TrainingGroup).where(TrainingGroup.id.in_(ids)).values(chat_id=None, thread_id=None)
    )
    return gone


async def leaders(session: AsyncSession, group_id: int) -> list[int]:
    leading = select(Membership.person_id).where(
        Membership.group_id == group_id, Membership.role == LEADER
    )
    active = select(Person.id).where(Person.active, Person.id.in_(leading))
    return list(await session.scalars(active.order_by(Person.id)))


async def may_be_bound_by(
    session: AsyncSession, person: Recipient | None, programmes: list[str]
) -> list[Group]:
    """A leader their own groups, a coordinator all of them."""
    if person is None:
        return []
    if person.coordinator:
        return [one for code in programmes for one in await groups.groups_of(session, code)]
    ids = [one.group_id for one in person.roles if one.role == LEADER and one.group_id]
    found = [await groups.group(session, id) for id in ids]
    return [one for one in found if one]
