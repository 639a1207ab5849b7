"""Everything kept on one person, wherever it stands: told to them, or forgotten."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Table, and_, delete, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit
from storage.made_once import MADE
from storage.models import (
    Account,
    AuditEntry,
    Base,
    Invitation,
    JoinRequest,
    Person,
    Remembered,
)
from storage.phones import Phones, masked
from storage.proofs import TRIED

OF_THE_OFFICE = frozenset({"membership", "guidance"})  # the roster itself
WORK = frozenset({"bulletin", "broadcast"})  # what was published stays readable
NEVER_TOLD = ("hash", "cipher", "token")  # in the name of a column
BY_CHAT = ("outbox", "given_answer", "gap")  # may know the chat without the person
UNNAMED: dict[str, Any] = {
    "chat_id": None,
    "chat_since": None,
    "reachable": True,
    "remind_at": None,
    "quiet_from": None,
    "quiet_to": None,
    "script": "",
}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AccountOf:
    """A user of one surface; in private their id is that of the chat."""

    surface: str
    user_id: int


async def accounts(session: AsyncSession, person_id: int) -> list[AccountOf]:
    chosen = select(Account).where(Account.person_id == person_id)
    return [AccountOf(one.surface, one.user_id) for one in await session.scalars(chosen)]


async def told(
    session: AsyncSession, person_id: int, phones: Phones | None
) -> dict[str, list[Record]]:
    """By table, as it stands there; telephone numbers masked, secrets left out."""
    person = await session.get(Person, person_id)
    if person is None:
        return {}
    number = phones.opened(person.phone_cipher) if phones and person.phone_cipher else ""
    about = {one.name: getattr(person, one.name) for one in Person.__table__.columns}
    found = {"person": [_shown(about) | {"phone": masked(number) if number else ""}]}
    for table, column in _references():
        named = await session.execute(select(table).where(column == person_id))
        found.setdefault(table.name, []).extend(_shown(row) for row in named.mappings())
    for name, rows in (await _by_account(session, await accounts(session, person_id))).items():
        known = found.setdefault(name, [])
        known += [one for one in rows if one not in known]
    return {name: rows for name, rows in found.items() if rows}


async def told_stranger(session: AsyncSession, account: AccountOf) -> dict[str, list[Record]]:
    return {name: rows for name, rows in (await _by_account(session, [account])).items() if rows}


async def _by_account(
    session: AsyncSession, theirs: Sequence[AccountOf]
) -> dict[str, list[Record]]:
    chosen = {name: _in_chats(Base.metadata.tables[name], theirs) for name in BY_CHAT}
    chosen["join_request"] = _of_users(theirs)
    found = {}
    for name, which in chosen.items():
        rows = await session.execute(select(Base.metadata.tables[name]).where(which))
        found[name] = [_shown(row) for row in rows.mappings()]
    return found


async def forget(session: AsyncSession, person_id: int, now: datetime) -> list[AccountOf]:
    """What the training office keeps is the line of its roster, without a chat. Somebody who came
    by a link alone is on no roster: nothing of them stays. Returns whose conversations to clear."""
    theirs = await accounts(session, person_id)
    await _forget_accounts(session, theirs)
    await session.execute(
        update(Invitation).where(Invitation.made_by == person_id).values(uses_left=0)
    )
    for table, column in _references():
        if table.name in OF_THE_OFFICE | WORK | {"audit"}:
            continue
        if column.nullable and not _is_theirs(column):
            await session.execute(
                update(table).where(column == person_id).values({column.name: None})
            )
        else:
            await session.execute(delete(table).where(column == person_id))
    own = AuditEntry.actor_id == person_id, AuditEntry.subject == f"person:{person_id}"
    await session.execute(delete(AuditEntry).where(*own))
    await session.execute(delete(Remembered).where(Remembered.name == f"{TRIED}{person_id}"))
    await _forget_person(session, person_id)
    await audit.note(session, "forget", f"person:{person_id}", actor=None, now=now)
    return theirs


async def forget_stranger(session: AsyncSession, account: AccountOf) -> None:
    """Somebody on no roster: what they asked, and that they asked to come in."""
    await _forget_accounts(session, [account])


async def _forget_person(session: AsyncSession, person_id: int) -> None:
    person = await session.get(Person, person_id, populate_existing=True)
    if person is None:
        return
    if person.came_by_link and not (person.phone_hash or person.school or person.area):
        await session.delete(person)
        await session.flush()
        return
    await session.execute(update(Person).where(Person.id == person_id).values(**UNNAMED))
    membership = Base.metadata.tables["membership"]
    mine = update(membership).where(membership.c.person_id == person_id)
    await session.execute(mine.values(muted=False))


async def _forget_accounts(session: AsyncSession, theirs: Sequence[AccountOf]) -> None:
    for name in BY_CHAT:
        table = Base.metadata.tables[name]
        await session.execute(delete(table).where(_in_chats(table, theirs)))
    await session.execute(delete(JoinRequest).where(_of_users(theirs)))
    for one in theirs:
        made = Remembered.name.startswith(f"{MADE}{one.surface}:{one.user_id}:")
        await session.execute(delete(Remembered).where(made))


def _references() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that names a person: a table that comes later is found here, too."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table.name == "person":
                yield table, key.parent


def _is_theirs(column: Column[Any]) -> bool:
    """Rows that go with the person; others only say who it was, and do without."""
    return any(key.ondelete == "CASCADE" for key in column.foreign_keys)


def _in_chats(table: Table, theirs: Sequence[AccountOf]) -> Any:
    return or_(
        false(),
        *(and_(table.c.surface == one.surface, table.c.chat_id == one.user_id) for one in theirs),
    )


def _of_users(theirs: Sequence[AccountOf]) -> Any:
    return or_(
        false(),
        *(
            and_(JoinRequest.surface == one.surface, JoinRequest.user_id == one.user_id)
            for one in theirs
        ),
    )


def _shown(row: Mapping[Any, Any]) -> Record:
    return {
        str(name): value
        for name, value in row.items()
        if not any(word in str(name) for word in NEVER_TOLD)
    }
