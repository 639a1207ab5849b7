"""Broadcasts by coordinators."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Broadcast(Base):
    """One text to many. `planned_to` is the last person who has a letter in the outbox, so that
    planning goes on where a dead process left it; the letters themselves say what became of them.

    `chat_id` and `message_id`: where its progress is shown."""

    __tablename__ = "broadcast"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(Text)
    audience: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10), index=True)
    made_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    planned_to: Mapped[int] = mapped_column(default=0)
    all_planned: Mapped[bool] = mapped_column(default=False)
    rounds: Mapped[int] = mapped_column(default=0)  # how often it was sent, resending included
    surface: Mapped[str] = mapped_column(String(10), default="")
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    shown: Mapped[int] = mapped_column(default=0)  # how often its progress was shown
    shown_at: Mapped[datetime | None]
