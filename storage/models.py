"""The tables. The same schema on SQLite and PostgreSQL; migrations/ builds it, a test compares."""

from datetime import UTC, datetime, time
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
)
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment, stored in UTC. SQLite drops time zones, so we put UTC back on reading."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON,
        list[str]: JSON,
    }
    # Named constraints, or later migrations could not drop them on SQLite.
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Person(Base):
    """Somebody on the roster. `chat_since` is when the chat became usable, also after a block."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    chat_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    chat_since: Mapped[datetime | None]
    reachable: Mapped[bool] = mapped_column(default=True)
    province: Mapped[str] = mapped_column(String(20), default="")
    remind_at: Mapped[time | None]
    active: Mapped[bool] = mapped_column(default=True)


class TrainingGroup(Base):
    """A study group; `chat_id` once a Telegram group is bound, `thread_id` for one topic."""

    __tablename__ = "training_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    chat_id: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    thread_id: Mapped[int | None]


class Membership(Base):
    """Who is what in which programme: one role per programme, other programmes may differ."""

    __tablename__ = "membership"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    programme_code: Mapped[str] = mapped_column(String(100), primary_key=True, index=True)
    role: Mapped[str] = mapped_column(String(40))
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("training_group.id", ondelete="SET NULL"), index=True
    )


class StoredDocument(Base):
    """One imported file as it was understood. Current = neither withdrawn nor replaced."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(255))
    region: Mapped[str] = mapped_column(String(20), default="")
    body: Mapped[dict[str, Any]]  # see document_json
    identities: Mapped[list[str]]  # what a newer version is known by, see documents
    imported_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)


class OpenQuestion(Base):
    """A question without an answer, from a file or from somebody who asked; once per text."""

    __tablename__ = "open_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # texts are too long to be indexed
    text: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="open")


class OutgoingMessage(Base):
    """A message to somebody, from the plan to its end. States and rules: scheduler/outbox."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "state", "priority", "not_before", "id"),
        Index("ix_outbox_lease", "state", "lease_until"),
    )

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)  # why it exists: digest:7:2015-09-18
    kind: Mapped[str] = mapped_column(String(20))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("training_group.id", ondelete="CASCADE"), index=True
    )
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
