"""Questions waiting for an answer, and what was learnt."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LONG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    widen_questions()
    create_turns()
    create_logs()
    create_learned()


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")


def widen_questions() -> None:
    with op.batch_alter_table("open_question") as table:
        for name, length in (
            ("programme_code", 100),
            ("province", 20),
            ("area", 60),
            ("subject", 40),
            ("asker_role", 40),
        ):
            table.add_column(
                sa.Column(name, sa.String(length), nullable=False, server_default="")
            )
        table.add_column(sa.Column("group_id", sa.Integer()))
        table.create_foreign_key(
            "fk_open_question_group_id_training_group",
            "training_group",
            ["group_id"],
            ["id"],
            ondelete="SET NULL",
        )
        table.create_index("ix_open_question_state_programme_code", ["state", "programme_code"])


def create_turns() -> None:
    """Who waits for an answer, whose turn it is to give it, and what they said."""
    op.create_table(
        "question_asker",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("verdict", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("question_id", "person_id", name="pk_question_asker"),
        foreign_key("question_asker", "question_id", "open_question", "CASCADE"),
        foreign_key("question_asker", "person_id", "person", "CASCADE"),
    )
    op.create_index("ix_question_asker_person_id", "question_asker", ["person_id"])
    op.create_table(
        "question_assignment",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("assigned_at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("outcome", sa.String(12), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_question_assignment"),
        foreign_key("question_assignment", "question_id", "open_question", "CASCADE"),
        foreign_key("question_assignment", "person_id", "person", "CASCADE"),
    )
    index("question_assignment", "ended_at", "until")
    index("question_assignment", "question_id")
    index("question_assignment", "person_id")
    create_answers()


def create_answers() -> None:
    running = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_question_assignment_running",
        "question_assignment",
        ["question_id"],
        unique=True,
        sqlite_where=running,
        postgresql_where=running,
    )
    op.create_table(
        "expert_answer",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_expert_answer"),
        foreign_key("expert_answer", "question_id", "open_question", "CASCADE"),
        foreign_key("expert_answer", "person_id", "person", "SET NULL"),
    )
    index("expert_answer", "question_id")


def create_logs() -> None:
    op.create_table(
        "gap",
        sa.Column("id", LONG_ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(10), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("cluster", sa.BigInteger(), nullable=False),
        sa.Column("province", sa.String(20), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        *where_it_was(),
        sa.Column("question_id", sa.Integer()),
        sa.Column("settled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_gap"),
        foreign_key("gap", "question_id", "open_question", "SET NULL"),
    )
    for column in ("at", "cluster", "question_id"):
        index("gap", column)
    create_given_answers()


def create_given_answers() -> None:
    op.create_table(
        "given_answer",
        sa.Column("id", LONG_ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Integer()),
        *where_it_was(),
        sa.Column("thread_id", sa.Integer()),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("context", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("origin", sa.String(40), nullable=False),
        sa.Column("thumb", sa.String(4), nullable=False),
        sa.Column("corrected_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_given_answer"),
        foreign_key("given_answer", "person_id", "person", "CASCADE"),
    )
    index("given_answer", "at")
    index("given_answer", "origin")


def create_learned() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        *validity(),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposed_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
        sa.UniqueConstraint("answer_id", name="uq_proposal_answer_id"),
        foreign_key("proposal", "answer_id", "expert_answer", "CASCADE"),
        foreign_key("proposal", "question_id", "open_question", "CASCADE"),
        foreign_key("proposal", "decided_by", "person", "SET NULL"),
    )
    index("proposal", "state")
    create_entries()


def create_entries() -> None:
    op.create_table(
        "learned_entry",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("entry_id", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        *validity(),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("proposal_id", sa.Integer()),
        *made(),
        sa.PrimaryKeyConstraint("id", name="pk_learned_entry"),
        sa.UniqueConstraint("entry_id", "version", name="uq_learned_entry_entry_id_version"),
        foreign_key("learned_entry", "proposal_id", "proposal", "SET NULL"),
        foreign_key("learned_entry", "made_by", "person", "SET NULL"),
    )
    index("learned_entry", "state")
    op.create_table(
        "learned_phrasing",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("entry_id", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("negative", sa.Boolean(), nullable=False),
        *made(),
        sa.Column("undone_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_learned_phrasing"),
        foreign_key("learned_phrasing", "made_by", "person", "SET NULL"),
    )


def where_it_was() -> "list[sa.Column[Any]]":
    return [
        sa.Column("surface", sa.String(10), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
    ]


def validity() -> "list[sa.Column[Any]]":
    return [sa.Column("valid_from", sa.Date()), sa.Column("valid_until", sa.Date())]


def made() -> "list[sa.Column[Any]]":
    return [sa.Column("made_by", sa.Integer()), sa.Column("made_at", MOMENT, nullable=False)]


def index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def foreign_key(
    table: str, column: str, other: str, ondelete: str | None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
