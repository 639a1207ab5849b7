"""The roster: people, their chats, their roles per programme, their groups."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Account, Membership, OutgoingMessage, Person
from storage.roster import TELEGRAM, Recipient, RoleIn
from storage.upserts import insert_into

A_FEW = 500  # above that, memberships are read by a range of people: no long list of parameters
OF_A_RECIPIENT = (  # as its fields, besides the roles; `quiet` is two columns
    *(Person.id, Person.name, Person.chat_id, Person.chat_since, Person.reachable),
    *(Person.province, Person.remind_at, Person.surface, Person.coordinator, Person.area),
    *(Person.subject, Person.quiet_from, Person.quiet_to, Person.script),
)


async def add_person(
    session: AsyncSession,
    name: str,
    *,
    chat_id: int | None = None,
    surface: str = TELEGRAM,
    province: str = "",
    remind_at: time | None = None,
    coordinator: bool = False,
    now: datetime,
) -> int:
    person = Person(name=name, province=province, remind_at=remind_at, coordinator=coordinator)
    session.add(person)
    await session.flush()
    if chat_id is not None:
        await bind_chat(session, person.id, chat_id, surface=surface, now=now)
    return person.id


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


async def bind_chat(
    session: AsyncSession, person_id: int, chat_id: int, *, surface: str = TELEGRAM, now: datetime
) -> None:
    """This user of the surface is this person, and from now on they are written to there.

    `chat_id` is that of the private chat, which is the user's own id. Nobody else is written to
    there any more."""
    here = {"surface": surface, "chat_id": chat_id}
    await session.execute(
        update(Person)
        .where(Person.surface == surface, Person.chat_id == chat_id, Person.id != person_id)
        .values(chat_id=None, chat_since=None)
    )
    account = insert_into(session, Account).values(
        surface=surface, user_id=chat_id, person_id=person_id, since=now
    )
    await session.execute(
        account.on_conflict_do_update(
            index_elements=["surface", "user_id"], set_={"person_id": person_id, "since": now}
        )
    )
    await session.execute(
        update(Person).where(Person.id == person_id).values(chat_since=now, reachable=True, **here)
    )
    await session.execute(
        update(OutgoingMessage)
        .where(OutgoingMessage.person_id == person_id)
        .where(OutgoingMessage.state.in_(("planned", "unreachable")))
        .values(surface=surface)
    )
    await _try_again(session, person_id, now)


async def person_of_account(session: AsyncSession, surface: str, user_id: int) -> Recipient | None:
    """Who this user of Telegram or of the page is; None: a stranger."""
    owner = select(Account.person_id).where(Account.surface == surface, Account.user_id == user_id)
    people = await _people(session, select(Person).where(Person.id.in_(owner), Person.active))
    return people[0] if people else None


async def person(session: AsyncSession, person_id: int) -> Recipient | None:
    people = await _people(session, select(Person).where(Person.id == person_id, Person.active))
    return people[0] if people else None


async def of_ids(session: AsyncSession, ids: Sequence[int]) -> list[Recipient]:
    """Those who are active, in the order of the roster; a few."""
    chosen = select(Person).where(Person.active, Person.id.in_(ids)).order_by(Person.id)
    return await _people(session, chosen)


async def coordinators(session: AsyncSession) -> list[Recipient]:
    return await _people(session, select(Person).where(Person.active, Person.coordinator))


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


async def set_muted(session: AsyncSession, person_id: int, programme: str, *, muted: bool) -> None:
    """Whether they want no reminders of this programme."""
    mine = Membership.person_id == person_id, Membership.programme_code == programme
    await session.execute(update(Membership).where(*mine).values(muted=muted))


async def deactivate(session: AsyncSession, person_id: int) -> None:
    """They left: nothing is sent any more, nothing is deleted. Their accounts are strangers'."""
    await session.execute(
        update(Person).where(Person.id == person_id).values(active=False, chat_id=None)
    )
    await session.execute(delete(Account).where(Account.person_id == person_id))


async def _try_again(session: AsyncSession, person_id: int, now: datetime) -> None:
    waiting = OutgoingMessage.person_id == person_id, OutgoingMessage.state == "unreachable"
    await session.execute(
        update(OutgoingMessage)
        .where(*waiting, OutgoingMessage.expires_at > now)
        .values(state="planned", error=None)
    )


async def _people(session: AsyncSession, chosen: Select[Person]) -> list[Recipient]:
    """By columns, in their order: a fifth of the time of objects with attributes."""
    rows = (await session.execute(chosen.with_only_columns(*OF_A_RECIPIENT))).all()
    roles = await _roles(session, [row[0] for row in rows])
    return [_value(row, roles[row[0]]) for row in rows]


async def _roles(session: AsyncSession, ids: Sequence[int]) -> defaultdict[int, list[RoleIn]]:
    table = Membership
    some = table.person_id.in_(ids)
    if len(ids) > A_FEW:
        some = table.person_id.between(min(ids), max(ids))
    columns = table.person_id, table.programme_code, table.role, table.group_id, table.muted
    wanted = select(*columns).where(some).order_by(table.person_id, table.programme_code)
    found: defaultdict[int, list[RoleIn]] = defaultdict(list)
    for row in await session.execute(wanted):
        found[row[0]].append(_role(tuple(row[1:])))
    return found


@lru_cache(maxsize=10_000)
def _role(values: tuple[Any, ...]) -> RoleIn:
    """Many people have the same."""
    return RoleIn(*values)


def _value(row: Sequence[Any], roles: Iterable[RoleIn]) -> Recipient:
    id, name, *others, quiet_from, quiet_to, script = row
    quiet = (quiet_from, quiet_to) if quiet_from and quiet_to else None
    values: list[Any] = [id, name, tuple(roles), *others, quiet, script]
    return Recipient(*values)
