"""The roster: people, their chats, their roles per programme, their groups."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time

from sqlalchemy import Select, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Membership, OutgoingMessage, Person, TrainingGroup
from storage.roster import Recipient, RoleIn

A_FEW = 500  # above that all memberships are read: fewer parameters than SQLite allows


async def add_person(
    session: AsyncSession,
    name: str,
    *,
    chat_id: int | None = None,
    province: str = "",
    remind_at: time | None = None,
    now: datetime,
) -> int:
    person = Person(
        name=name,
        chat_id=chat_id,
        chat_since=now if chat_id is not None else None,
        province=province,
        remind_at=remind_at,
    )
    session.add(person)
    await session.flush()
    return person.id


async def add_group(
    session: AsyncSession, name: str, *, chat_id: int | None = None, thread_id: int | None = None
) -> int:
    group = TrainingGroup(name=name, chat_id=chat_id, thread_id=thread_id)
    session.add(group)
    await session.flush()
    return group.id


async def set_role(
    session: AsyncSession,
    person_id: int,
    programme: str,
    role: str,
    *,
    group_id: int | None = None,
) -> None:
    """Gives the role, or changes the one they have in this programme."""
    membership = Membership(
        person_id=person_id, programme_code=programme, role=role, group_id=group_id
    )
    await session.merge(membership)
    await session.flush()


async def bind_chat(session: AsyncSession, person_id: int, chat_id: int, *, now: datetime) -> None:
    """From now on this person is written to in this chat; nobody else is."""
    await session.execute(
        update(Person)
        .where(Person.chat_id == chat_id, Person.id != person_id)
        .values(chat_id=None, chat_since=None)
    )
    await session.execute(
        update(Person)
        .where(Person.id == person_id)
        .values(chat_id=chat_id, chat_since=now, reachable=True)
    )
    await _try_again(session, person_id, now)


async def person_of_chat(session: AsyncSession, chat_id: int) -> Recipient | None:
    people = await _people(session, select(Person).where(Person.chat_id == chat_id, Person.active))
    return people[0] if people else None


async def person(session: AsyncSession, person_id: int) -> Recipient | None:
    people = await _people(session, select(Person).where(Person.id == person_id, Person.active))
    return people[0] if people else None


async def people_with_roles(session: AsyncSession) -> list[Recipient]:
    """Everybody who is active, with or without a chat, in the order of the roster."""
    return await _people(session, select(Person).where(Person.active).order_by(Person.id))


async def members_of(
    session: AsyncSession, programme: str, *, role: str = "", group_id: int | None = None
) -> list[Recipient]:
    wanted = select(Membership.person_id).where(Membership.programme_code == programme)
    if role:
        wanted = wanted.where(Membership.role == role)
    if group_id is not None:
        wanted = wanted.where(Membership.group_id == group_id)
    chosen = select(Person).where(Person.active, Person.id.in_(wanted)).order_by(Person.id)
    return await _people(session, chosen)


async def set_unreachable(session: AsyncSession, person_id: int) -> None:
    """They blocked us: nothing more is tried until they write."""
    await session.execute(update(Person).where(Person.id == person_id).values(reachable=False))


async def set_reachable(session: AsyncSession, person_id: int, *, now: datetime) -> bool:
    """They wrote again. What could not be delivered and is still useful may go out now."""
    came_back = await session.scalar(
        update(Person)
        .where(Person.id == person_id, Person.reachable.is_(False))
        .values(reachable=True, chat_since=now)
        .returning(Person.id)
    )
    if came_back is None:
        return False
    await _try_again(session, person_id, now)
    return True


async def set_remind_at(session: AsyncSession, person_id: int, at: time | None) -> None:
    await session.execute(update(Person).where(Person.id == person_id).values(remind_at=at))


async def deactivate(session: AsyncSession, person_id: int) -> None:
    await session.execute(
        update(Person).where(Person.id == person_id).values(active=False, chat_id=None)
    )


async def _try_again(session: AsyncSession, person_id: int, now: datetime) -> None:
    waiting = OutgoingMessage.person_id == person_id, OutgoingMessage.state == "unreachable"
    await session.execute(
        update(OutgoingMessage)
        .where(*waiting, OutgoingMessage.expires_at > now)
        .values(state="planned", error=None)
    )


async def _people(session: AsyncSession, chosen: Select[Person]) -> list[Recipient]:
    rows = (await session.scalars(chosen)).all()
    roles = await _roles(session, rows)
    return [_value(row, roles[row.id]) for row in rows]


async def _roles(session: AsyncSession, people: Sequence[Person]) -> defaultdict[int, list[RoleIn]]:
    wanted = select(Membership).order_by(Membership.person_id, Membership.programme_code)
    if len(people) < A_FEW:
        wanted = wanted.where(Membership.person_id.in_([person.id for person in people]))
    found: defaultdict[int, list[RoleIn]] = defaultdict(list)
    for row in await session.scalars(wanted):
        found[row.person_id].append(RoleIn(row.programme_code, row.role, row.group_id))
    return found


def _value(row: Person, roles: Iterable[RoleIn]) -> Recipient:
    return Recipient(
        id=row.id,
        name=row.name,
        roles=tuple(roles),
        chat_id=row.chat_id,
        chat_since=row.chat_since,
        reachable=row.reachable,
        province=row.province,
        remind_at=row.remind_at,
    )
