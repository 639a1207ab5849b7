"""What is kept no longer than it is needed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from storage import audit, invitations, remembered
from storage.made_once import MADE
from storage.models import ConversationState, Remembered
from storage.proofs import TRIED

AUDIT = timedelta(days=2 * 365)
CONVERSATIONS = timedelta(days=90)
INVITATIONS = timedelta(days=30)  # after they have expired, with who asked to come in by them
DONE = "tidied"


@dataclass(frozen=True, slots=True)
class Tidied:
    audit: int
    conversations: int
    invitations: int


async def tidy_daily(session: AsyncSession, now: datetime) -> Tidied | None:
    """None: done today already, by this process or another one."""
    today = now.date().isoformat()
    if await remembered.get(session, DONE) == today:
        return None
    await remembered.put(session, DONE, today)
    return await tidy(session, now)


async def tidy(session: AsyncSession, now: datetime) -> Tidied:
    old = delete(ConversationState).where(ConversationState.updated_at < now - CONVERSATIONS)
    talks = (await session.scalars(old.returning(ConversationState.key))).all()
    today = now.date().isoformat()
    tries = Remembered.name.startswith(TRIED), ~Remembered.value.startswith(today)
    await session.execute(delete(Remembered).where(*tries))
    yesterday = (now - timedelta(days=1)).date().isoformat()
    made = Remembered.name.startswith(MADE), Remembered.value < yesterday
    await session.execute(delete(Remembered).where(*made))
    return Tidied(
        audit=await audit.forget_before(session, now - AUDIT),
        conversations=len(talks),
        invitations=await invitations.forget_expired(session, now - INVITATIONS),
    )
