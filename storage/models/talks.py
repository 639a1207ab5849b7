"""What must survive a restart: conversations, and small facts."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class ConversationState(Base):
    """Where a conversation stands, so that a wizard outlives a restart."""

    __tablename__ = "conversation"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    state: Mapped[str | None] = mapped_column(String(200))
    data: Mapped[dict[str, Any]]
    updated_at: Mapped[datetime]


class Remembered(Base):
    """Small facts of the installation, such as where the demo clock stands."""

    __tablename__ = "remembered"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
