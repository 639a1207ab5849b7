"""Invitations: random tokens of which only the hash is kept, spent by one conditional update."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Invitation

USES, DAYS = 1, 14


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation allows."""

    id: int
    role: str
    programme: str  # code; "" for a coordinator
    group_id: int | None
    person_id: int | None  # theirs alone
    made_by: int | None  # None: by the operator
    uses_left: int
    expires_at: datetime

    @property
    def is_own(self) -> bool:
        """Made by the person themselves, to come in on their other surface."""
        return self.person_id is not None and self.made_by == self.person_id


async def make(
    session: AsyncSession,
    *,
    role: str,
    programme: str = "",
    group_id: int | None = None,
    person_id: int | None = None,
    uses: int = USES,
    days: float = DAYS,
    made_by: int | None = None,
    now: datetime,
) -> str:
    """The token, told only here. One that is a person's own replaces their earlier ones."""
    if person_id is not None:
        await _revoke_all_of(session, person_id)
    token = new_token()
    session.add(
        Invitation(
            token_hash=hashed(token),
            role=role,
            programme_code=programme,
            group_id=group_id,
            person_id=person_id,
            uses_left=uses,
            expires_at=now + timedelta(days=days),
            made_by=made_by,
            made_at=now,
        )
    )
    await session.flush()
    return token


async def renew(session: AsyncSession, id: int) -> str:
    """Another token for the same invitation: the earlier one is worth nothing from now on."""
    token = new_token()
    same = update(Invitation).where(Invitation.id == id)
    await session.execute(same.values(token_hash=hashed(token)))
    return token


async def look(session: AsyncSession, token: str, now: datetime) -> Invited | None:
    """What the token would allow at this moment; nothing is spent."""
    return await _first(session, select(Invitation).where(*_usable(token, now)))


async def by_token(session: AsyncSession, token: str) -> Invited | None:
    """Whatever became of it."""
    return await _first(session, select(Invitation).where(Invitation.token_hash == hashed(token)))


async def by_id(session: AsyncSession, id: int) -> Invited | None:
    return await _first(session, select(Invitation).where(Invitation.id == id))


async def consume(session: AsyncSession, token: str, now: datetime) -> Invited | None:
    """One use, taken by whoever is first; None: not usable, for whatever reason."""
    return await _spend(session, now, Invitation.token_hash == hashed(token))


async def spend(session: AsyncSession, id: int, now: datetime) -> Invited | None:
    """The same for an invitation that was looked at before."""
    return await _spend(session, now, Invitation.id == id)


async def revoke(session: AsyncSession, id: int) -> bool:
    """False: there was nothing left to take back."""
    taken = update(Invitation).where(Invitation.id == id, Invitation.uses_left > 0)
    done = await session.execute(taken.values(uses_left=0).returning(Invitation.id))
    return done.first() is not None


async def forget_expired(session: AsyncSession, before: datetime) -> int:
    gone = delete(Invitation).where(Invitation.expires_at < before).returning(Invitation.id)
    return len((await session.scalars(gone)).all())


def new_token() -> str:
    return secrets.token_urlsafe(24)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _usable(token: str, now: datetime) -> tuple[Any, ...]:
    same = Invitation.token_hash == hashed(token)
    return same, Invitation.uses_left > 0, Invitation.expires_at > now


async def _spend(session: AsyncSession, now: datetime, which: Any) -> Invited | None:
    spent = (
        update(Invitation)
        .where(which, Invitation.uses_left > 0, Invitation.expires_at > now)
        .values(uses_left=Invitation.uses_left - 1)
        .returning(Invitation.id)
        .execution_options(synchronize_session=False)
    )
    id = await session.scalar(spent)
    return None if id is None else await by_id(session, id)


async def _revoke_all_of(session: AsyncSession, person_id: int) -> None:
    theirs = update(Invitation).where(Invitation.person_id == person_id)
    await session.execute(theirs.values(uses_left=0))


async def _first(session: AsyncSession, chosen: Select[Invitation]) -> Invited | None:
    fresh = chosen.execution_options(populate_existing=True)
    row = (await session.scalars(fresh)).one_or_none()
    if row is None:
        return None
    return Invited(
        id=row.id,
        role=row.role,
        programme=row.programme_code,
        group_id=row.group_id,
        person_id=row.person_id,
        made_by=row.made_by,
        uses_left=row.uses_left,
        expires_at=row.expires_at,
    )
