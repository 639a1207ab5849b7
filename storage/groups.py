"""Study groups: their chats, and whose they are."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Guidance, Membership, OutgoingMessage, Person, TrainingGroup
from storage.roster import PARTICIPANT, TELEGRAM, Group, Recipient


async def add_group(
    session: AsyncSession,
    name: str,
    *,
    programme: str = "",
    province: str = "",
    area: str = "",
    subject: str = "",
    surface: str = TELEGRAM,
    chat_id: int | None = None,
    thread_id: int | None = None,
) -> int:
    group = TrainingGroup(
        name=name,
        programme_code=programme,
        province=province,
        area=area,
        subject=subject,
        surface=surface,
        chat_id=chat_id,
        thread_id=thread_id,
    )
    session.add(group)
    await session.flush()
    return group.id


async def group(session: AsyncSession, group_id: int) -> Group | None:
    row = await session.get(TrainingGroup, group_id)
    return _value(row) if row else None


async def group_of_chat(
    session: AsyncSession, surface: str, chat_id: int, thread_id: int | None = None
) -> Group | None:
    """The group bound to this chat, or to this topic of it."""
    bound = select(TrainingGroup).where(
        TrainingGroup.surface == surface,
        TrainingGroup.chat_id == chat_id,
        or_(TrainingGroup.thread_id.is_(None), TrainingGroup.thread_id == thread_id),
    )
    found = await _groups(session, bound.order_by(TrainingGroup.thread_id))
    return next((one for one in found if one.thread_id == thread_id), found[0] if found else None)


async def bind_group(
    session: AsyncSession,
    group_id: int,
    *,
    surface: str,
    chat_id: int,
    thread_id: int | None,
    now: datetime,
) -> None:
    """From now on this group's posts go there; no other group's do."""
    here = {"surface": surface, "chat_id": chat_id, "thread_id": thread_id}
    same_place = (
        TrainingGroup.surface == surface,
        TrainingGroup.chat_id == chat_id,
        TrainingGroup.thread_id.is_not_distinct_from(thread_id),
    )
    await session.execute(
        update(TrainingGroup)
        .where(*same_place, TrainingGroup.id != group_id)
        .values(chat_id=None, thread_id=None)
    )
    await session.execute(update(TrainingGroup).where(TrainingGroup.id == group_id).values(**here))
    await session.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.group_id == group_id, OutgoingMessage.state == "planned")
        .values(surface=surface)
    )


async def unbind_group(session: AsyncSession, group_id: int) -> None:
    await session.execute(
        update(TrainingGroup)
        .where(TrainingGroup.id == group_id)
        .values(chat_id=None, thread_id=None)
    )


async def groups_of(session: AsyncSession, programme: str) -> list[Group]:
    chosen = select(TrainingGroup).where(TrainingGroup.programme_code == programme)
    return await _groups(session, chosen.order_by(TrainingGroup.id))


async def participants_in(session: AsyncSession, group_ids: Collection[int]) -> int:
    """How many active participants these groups have together."""
    there = (
        select(func.count())
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(Person.active, Membership.role == PARTICIPANT, Membership.group_id.in_(group_ids))
    )
    return await session.scalar(there) or 0


async def groups_in_care_of(
    session: AsyncSession, person: Recipient, programme: str
) -> list[Group]:
    """Whose progress this person may see: a leader their own group, a tutor those they guide, an
    expert those of their province (and subject, where both have one), a coordinator all."""
    everywhere = select(TrainingGroup).where(TrainingGroup.programme_code == programme)
    everywhere = everywhere.order_by(TrainingGroup.id)
    if person.coordinator:
        return await _groups(session, everywhere)
    mine = person.role_in(programme)
    match mine.role if mine else "":
        case "组长" if mine and mine.group_id:
            return await _groups(session, everywhere.where(TrainingGroup.id == mine.group_id))
        case "指导教师":
            guided = select(Guidance.group_id).where(Guidance.person_id == person.id)
            own = mine.group_id if mine else None
            return await _groups(
                session,
                everywhere.where(or_(TrainingGroup.id == own, TrainingGroup.id.in_(guided))),
            )
        case "省级专家":
            return await _groups(session, everywhere.where(*_area_of(person)))
        case _:
            return []


def _area_of(person: Recipient) -> list[Any]:
    """An empty field fits everything, on either side."""
    return [
        TrainingGroup.province.in_(["", person.province]) if person.province else true(),
        TrainingGroup.subject.in_(["", person.subject]) if person.subject else true(),
    ]


async def _groups(session: AsyncSession, chosen: Select[TrainingGroup]) -> list[Group]:
    return [_value(row) for row in await session.scalars(chosen)]


def _value(row: TrainingGroup) -> Group:
    return Group(
        id=row.id,
        name=row.name,
        programme=row.programme_code,
        province=row.province,
        area=row.area,
        subject=row.subject,
        surface=row.surface,
        chat_id=row.chat_id,
        thread_id=row.thread_id,
    )
