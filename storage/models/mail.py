"""What goes out: the outbox, and who sends."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import LONG_ID, Base

KEY = String(200).with_variant(String(200, collation="C"), "postgresql")  # ordered by bytes


class OutgoingMessage(Base):
    """A message to somebody, from the plan to its end. States and rules: scheduler/outbox."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "surface", "state", "priority", "not_before", "id"),
        Index("ix_outbox_lease", "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(LONG_ID, primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True)  # why it exists: digest:7:2015-09-18
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("training_group.id", ondelete="CASCADE"), index=True
    )
    surface: Mapped[str] = mapped_column(String(10), default="telegram")
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    thread_id: Mapped[int | None]
    data: Mapped[dict[str, Any]]  # what the text is made from when it is claimed
    priority: Mapped[int] = mapped_column(default=100)  # smaller goes first
    planned_at: Mapped[datetime]
    not_before: Mapped[datetime]
    expires_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(12), default="planned")
    attempt: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str | None] = mapped_column(String(80))
    lease_until: Mapped[datetime | None]
    text: Mapped[str | None] = mapped_column(Text)  # as it went to the wire
    unsure: Mapped[int] = mapped_column(default=0)  # how often it may have arrived unseen
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    sent_at: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)


class Lease(Base):
    """Who does a job that one process at a time should do; the term grows with every change."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(80))
    term: Mapped[int]
    expires_at: Mapped[datetime]
