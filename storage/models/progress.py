"""How far people are, and what they were told."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Integer, String
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
    """Which deadline of a task this person has last been told."""

    __tablename__ = "told_deadline"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    programme_code: Mapped[str] = mapped_column(String(100), primary_key=True)
    task_code: Mapped[str] = mapped_column(String(100), primary_key=True)
    due: Mapped[date]
    told_at: Mapped[datetime]
