"""From a question that nobody could answer to an entry that answers it; and what was told."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import LONG_ID, Base

RUNNING = text("ended_at IS NULL")


class OpenQuestion(Base):
    """A question without an answer, from a file or from somebody who asked; once per programme and
    text. State: open, answered, closed."""

    __tablename__ = "open_question"
    __table_args__ = (Index("ix_open_question_state_programme_code", "state", "programme_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)  # texts are too long to be indexed
    text: Mapped[str] = mapped_column(Text)
    detail: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", ondelete="SET NULL"))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default="open")
    programme_code: Mapped[str] = mapped_column(String(100), default="")
    group_id: Mapped[int | None] = mapped_column(
        ForeignKey("training_group.id", ondelete="SET NULL")
    )
    province: Mapped[str] = mapped_column(String(20), default="")
    area: Mapped[str] = mapped_column(String(60), default="")
    subject: Mapped[str] = mapped_column(String(40), default="")
    asker_role: Mapped[str] = mapped_column(String(40), default="")  # who answers stands above it


class QuestionAsker(Base):
    """Everybody who wants this answer; verdict: solved, unsolved or "" after it came."""

    __tablename__ = "question_asker"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("open_question.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    asked_at: Mapped[datetime]
    wording: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(10), default="")


class QuestionAssignment(Base):
    """Whose turn it is, or was; the index lets nobody have a question that somebody else has.
    Outcome: answered, late, unreachable, passed, taken or "" while it runs."""

    __tablename__ = "question_assignment"
    __table_args__ = (
        Index(
            "uq_question_assignment_running",
            "question_id",
            unique=True,
            sqlite_where=RUNNING,
            postgresql_where=RUNNING,
        ),
        Index("ix_question_assignment_ended_at_until", "ended_at", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("open_question.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(40))
    assigned_at: Mapped[datetime]
    until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(12), default="")


class ExpertAnswer(Base):
    __tablename__ = "expert_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("open_question.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    role: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Gap(Base):
    """One time that somebody was not helped. Kind: unknown, down; cluster: the first like it."""

    __tablename__ = "gap"

    id: Mapped[int] = mapped_column(LONG_ID, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(10), default="")
    question: Mapped[str] = mapped_column(Text)
    cluster: Mapped[int] = mapped_column(BigInteger, index=True)
    province: Mapped[str] = mapped_column(String(20), default="")
    role: Mapped[str] = mapped_column(String(40), default="")
    surface: Mapped[str] = mapped_column(String(10))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    question_id: Mapped[int | None] = mapped_column(
        ForeignKey("open_question.id", ondelete="SET NULL"), index=True
    )
    settled_at: Mapped[datetime | None]


class GivenAnswer(Base):
    """What somebody was told, so that it can be corrected. Origin: "" from what is known, else
    answer:<id> of an expert."""

    __tablename__ = "given_answer"

    id: Mapped[int] = mapped_column(LONG_ID, primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    asked_on: Mapped[date]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    surface: Mapped[str] = mapped_column(String(10))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    thread_id: Mapped[int | None]
    question: Mapped[str] = mapped_column(Text)
    context: Mapped[dict[str, Any]]  # province, role, year, memory: as it was asked
    text: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    sources: Mapped[list[Any]]
    origin: Mapped[str] = mapped_column(String(40), default="", index=True)
    thumb: Mapped[str] = mapped_column(String(4), default="")
    corrected_at: Mapped[datetime | None]


class Proposal(Base):
    """An expert's answer on its way to an entry. State: proposed, approved, merged, declined."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(
        ForeignKey("expert_answer.id", ondelete="CASCADE"), unique=True
    )
    question_id: Mapped[int] = mapped_column(ForeignKey("open_question.id", ondelete="CASCADE"))
    body: Mapped[dict[str, Any]]  # the entry as it would be, see storage/learned
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="proposed", index=True)
    proposed_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")


class LearnedEntry(Base):
    """One version of an approved entry. State: current, past, undone."""

    __tablename__ = "learned_entry"
    __table_args__ = (UniqueConstraint("entry_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(80))
    version: Mapped[int]
    body: Mapped[dict[str, Any]]
    valid_from: Mapped[date | None]
    valid_until: Mapped[date | None]
    state: Mapped[str] = mapped_column(String(10), default="current", index=True)
    proposal_id: Mapped[int | None] = mapped_column(ForeignKey("proposal.id", ondelete="SET NULL"))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]


class LearnedPhrasing(Base):
    """What was found to mean an entry, or (negative) not to mean it; undone ones do not count."""

    __tablename__ = "learned_phrasing"

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    negative: Mapped[bool] = mapped_column(default=False)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
