"""What goes out: the outbox, and who sends."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import LONG_ID, Base

KEY = String(200).with_variant(String(200, collation="C"), "postgresql")  # ordered by bytes


def _of_some(name: str, *columns: str, where: str) -> Index:
    """An index of few rows: of a million letters hardly any is on its way or in trouble."""
    some = text(where)
    return Index(f"ix_outbox_{name}", *columns, sqlite_where=some, postgresql_where=some)


class OutgoingMessage(Base):
    """A message to somebody, from the plan to its end. States and rules: scheduler/outbox."""

    __tablename__ = "outbox"
    __table_args__ = (
        _of_some("due", "surface", "priority", "not_before", "id", where="state = 'planned'"),
        _of_some("expiry", "expires_at", where="state = 'planned'"),
        _of_some("lease", "state", "lease_until", where="lease_until IS NOT NULL"),
        _of_some("group_id", "group_id", where="group_id IS NOT NULL"),
        _of_some("trouble", "id", where="state IN ('failed', 'held', 'expired', 'unreachable')"),
        _of_some("unsure", "id", where="unsure > 0"),
    )

    id: Mapped[int] = mapped_column(LONG_ID, primary_key=True)
    key: Mapped[str] = mapped_column(KEY, unique=True)  # why it exists: digest:7:2015-09-18
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("training_group.id", ondelete="CASCADE")
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
