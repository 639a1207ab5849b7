"""Invented people by the thousand, for measurements; never into a database that has any."""

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Membership, OutgoingMessage, Person
from storage.roster import TELEGRAM

FIRST_CHAT = 5_000_000_000
CHUNK = 5_000


async def is_empty(session: AsyncSession) -> bool:
    """Nobody on the roster, nothing in the outbox."""
    somebody = await session.scalar(select(Person.id).limit(1))
    something = await session.scalar(select(OutgoingMessage.id).limit(1))
    return somebody is None and something is None


async def enroll_many(session: AsyncSession, count: int, programme: str, role: str) -> None:
    """Ids from 1 to `count`, all with a chat."""
    for start in range(1, count + 1, CHUNK):
        ids = range(start, min(start + CHUNK, count + 1))
        people = [
            {"id": n, "name": f"学员{n}", "surface": TELEGRAM, "chat_id": FIRST_CHAT + n}
            for n in ids
        ]
        await session.execute(insert(Person), people)
        roles = [{"person_id": n, "programme_code": programme, "role": role} for n in ids]
        await session.execute(insert(Membership), roles)
