"""Which letter became this message of ours: for those who reply to it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OutgoingMessage


async def key_of(
    session: AsyncSession, person_id: int, surface: str, chat_id: int, message_id: int
) -> str:
    """Why we wrote this message to them; "" where no letter of ours became it."""
    chosen = select(OutgoingMessage.key).where(
        OutgoingMessage.person_id == person_id,
        OutgoingMessage.surface == surface,
        OutgoingMessage.chat_id == chat_id,
        OutgoingMessage.message_id == message_id,
    )
    return await session.scalar(chosen) or ""
