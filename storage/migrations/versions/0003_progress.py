"""How far people are in their tasks, and which deadlines they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    progress()
    told_deadlines()
    calendars()


def progress() -> None:
    op.create_table(
        "progress",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme_code", sa.String(100), nullable=False),
        sa.Column("task_code", sa.String(100), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("done_at", MOMENT),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "programme_code", "task_code", name="pk_progress"),
        of_person("progress"),
    )
    op.create_table(
        "credit",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("origin", sa.String(80), nullable=False),
        sa.Column("programme_code", sa.String(100), nullable=False),
        sa.Column("task_code", sa.String(100), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "origin", name="pk_credit"),
        of_person("credit"),
    )
    op.create_index("ix_credit_programme_code", "credit", ["programme_code"])


def told_deadlines() -> None:
    op.create_table(
        "told_deadline",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme_code", sa.String(100), nullable=False),
        sa.Column("task_code", sa.String(100), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("replaced_by", sa.Date()),
        sa.PrimaryKeyConstraint(
            "person_id", "programme_code", "task_code", "due", name="pk_told_deadline"
        ),
        of_person("told_deadline"),
    )
    op.create_index(
        "ix_told_deadline_task", "told_deadline", ["programme_code", "task_code", "due"]
    )
    op.create_index(
        "ix_told_deadline_replaced_by",
        "told_deadline",
        ["replaced_by"],
        sqlite_where=sa.text("replaced_by IS NOT NULL"),
        postgresql_where=sa.text("replaced_by IS NOT NULL"),
    )


def calendars() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_calendar_feed"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_feed_token_hash"),
        of_person("calendar_feed"),
    )
    op.create_table(
        "calendar_event",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(100), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person_id", "uid", name="pk_calendar_event"),
        of_person("calendar_event"),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")


def of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=f"fk_{table}_person_id_person", ondelete="CASCADE"
    )
