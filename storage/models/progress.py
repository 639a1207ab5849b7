"""How far people are, and what they were told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base


class Progress(Base):
    """One person's state in one task: how many by their own press, and since when it is done."""

    __tablename__ = "progress"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    programme_code: Mapped[str] = mapped_column(String(100), primary_key=True)
    task_code: Mapped[str] = mapped_column(String(100), primary_key=True)
    count: Mapped[int] = mapped_column(Integer, default=0)
    done_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class Credit(Base):
    """Something that counts by itself towards a task: an answer given, a bulletin posted. Once per
    `origin`, e.g. bulletin:12; taken away when that is withdrawn."""

    __tablename__ = "credit"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    origin: Mapped[str] = mapped_column(String(80), primary_key=True)
    programme_code: Mapped[str] = mapped_column(String(100), index=True)
    task_code: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]


class ToldDeadline(Base):
    """A day that this person was told for a task; several where a task has several.

    `replaced_by` while it waits to be announced that the day has moved."""

    __tablename__ = "told_deadline"
    __table_args__ = (
        Index("ix_told_deadline_task", "programme_code", "task_code", "due"),
        Index(
            "ix_told_deadline_replaced_by",
            "replaced_by",
            sqlite_where=text("replaced_by IS NOT NULL"),
            postgresql_where=text("replaced_by IS NOT NULL"),
        ),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    programme_code: Mapped[str] = mapped_column(String(100), primary_key=True)
    task_code: Mapped[str] = mapped_column(String(100), primary_key=True)
    due: Mapped[date] = mapped_column(primary_key=True)
    told_at: Mapped[datetime]
    replaced_by: Mapped[date | None]


class CalendarFeed(Base):
    """A person's secret calendar address. The token is known to nobody but who holds the address;
    here is its hash. One per person: a new one takes the place of the old."""

    __tablename__ = "calendar_feed"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]


class CalendarEvent(Base):
    """What a feed last said of a task's deadline: phones take over what has a higher sequence."""

    __tablename__ = "calendar_event"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    uid: Mapped[str] = mapped_column(String(100), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    sequence: Mapped[int] = mapped_column(default=0)
    said: Mapped[dict[str, Any]]  # day and words, for when it has to be called off
    changed_at: Mapped[datetime]
