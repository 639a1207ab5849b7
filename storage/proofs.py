"""Proving to be somebody on the roster by the telephone number that stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage import remembered
from storage.joining import one_at_a_time
from storage.models import Person

TRIED = "tries:"
TRIES = 3  # a day for each person of the roster, whoever tries


@dataclass(frozen=True, slots=True)
class Proved:
    person_id: int


@dataclass(frozen=True, slots=True)
class Wrong:
    tries_left: int


async def try_phone(
    session: AsyncSession, people: Sequence[int], phone_hash: str, today: date
) -> Proved | Wrong:
    """Counted for the person whose number is tried: new accounts bring no new tries."""
    await one_at_a_time(session)
    left = min([await _left(session, id, today) for id in people], default=0)
    if left <= 0:
        return Wrong(0)
    owner = select(Person.id).where(
        Person.id.in_(people), Person.active, Person.phone_hash == phone_hash
    )
    person_id = await session.scalar(owner.limit(1))
    if person_id is not None:
        return Proved(person_id)
    for id in people:
        used = TRIES - await _left(session, id, today) + 1
        await remembered.put(session, _name(id), f"{today.isoformat()} {used}")
    return Wrong(left - 1)


async def _left(session: AsyncSession, person_id: int, today: date) -> int:
    kept = await remembered.get(session, _name(person_id)) or ""
    day, _, used = kept.partition(" ")
    return TRIES - int(used) if day == today.isoformat() and used.isdecimal() else TRIES


def _name(person_id: int) -> str:
    return f"{TRIED}{person_id}"
