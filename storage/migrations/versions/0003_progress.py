"""How far people are in their tasks, and which deadlines they were told."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
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
    op.create_table(
        "told_deadline",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme_code", sa.String(100), nullable=False),
        sa.Column("task_code", sa.String(100), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint(
            "person_id", "programme_code", "task_code", name="pk_told_deadline"
        ),
        of_person("told_deadline"),
    )


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")


def of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["person_id"], ["person.id"], name=f"fk_{table}_person_id_person", ondelete="CASCADE"
    )
