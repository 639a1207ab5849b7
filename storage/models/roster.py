"""Who takes part: people, the chats they write from, groups, roles, invitations, and the audit."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import LONG_ID, Base


class Person(Base):
    """Somebody on the roster. `surface` and `chat_id` are where they wrote last and are written to;
    `chat_since` is when that chat became usable, also after a block."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("surface", "chat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    surface: Mapped[str] = mapped_column(String(10), default="telegram")
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    chat_since: Mapped[datetime | None]
    reachable: Mapped[bool] = mapped_column(default=True)
    active: Mapped[bool] = mapped_column(default=True)
    coordinator: Mapped[bool] = mapped_column(default=False)
    came_by_link: Mapped[bool] = mapped_column(default=False)  # and not from any roster
    province: Mapped[str] = mapped_column(String(20), default="")
    area: Mapped[str] = mapped_column(String(60), default="")  # city or county, as on the roster
    subject: Mapped[str] = mapped_column(String(40), default="")
    school: Mapped[str] = mapped_column(String(100), default="")
    phone_cipher: Mapped[str | None] = mapped_column(Text)
    phone_hash: Mapped[str | None] = mapped_column(String(64), index=True)  # keyed
    remind_at: Mapped[time | None]
    quiet_from: Mapped[time | None]
    quiet_to: Mapped[time | None]
    script: Mapped[str] = mapped_column(String(4), default="")  # "hans", "hant", "": as they write


class Account(Base):
    """A user of one surface (telegram, page) who proved to be a person of the roster."""

    __tablename__ = "account"

    surface: Mapped[str] = mapped_column(String(10), primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime]


class TrainingGroup(Base):
    """A study group; `chat_id` once a group chat is bound, `thread_id` for one topic of it."""

    __tablename__ = "training_group"
    __table_args__ = (
        UniqueConstraint("programme_code", "province", "area", "name"),
        UniqueConstraint("surface", "chat_id", "thread_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    programme_code: Mapped[str] = mapped_column(String(100), default="")
    province: Mapped[str] = mapped_column(String(20), default="")
    area: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[str] = mapped_column(String(40), default="")
    surface: Mapped[str] = mapped_column(String(10), default="telegram")
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
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
    muted: Mapped[bool] = mapped_column(default=False)  # no reminders of this programme


class Guidance(Base):
    """A tutor's groups, where there is more than the one they are a member of."""

    __tablename__ = "guidance"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("training_group.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Invitation(Base):
    """A way in. The token is known to nobody but who holds the link; here is its hash."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(40))
    programme_code: Mapped[str] = mapped_column(String(100), default="")
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("training_group.id", ondelete="CASCADE")
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    uses_left: Mapped[int]
    expires_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]


class JoinRequest(Base):
    """Somebody with a valid invitation who waits for a coordinator's word."""

    __tablename__ = "join_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int] = mapped_column(ForeignKey("invitation.id", ondelete="CASCADE"))
    surface: Mapped[str] = mapped_column(String(10))
    user_id: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(100))
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    asked_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]


class AuditEntry(Base):
    """Who did what to whom when. Names no phone numbers and quotes no questions."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_at", "at"),)

    id: Mapped[int] = mapped_column(LONG_ID, primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    action: Mapped[str] = mapped_column(String(40))  # invite, bind_group, approve_entry, …
    subject: Mapped[str] = mapped_column(String(100), default="")  # person:7, group:3, entry:abc
    detail: Mapped[dict[str, Any]]
