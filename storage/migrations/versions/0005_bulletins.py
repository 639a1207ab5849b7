"""Bulletins, the groups they are for, and who has read them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "bulletin",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("draft", sa.String(40), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("programme_code", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("stage", sa.String(60), nullable=False),
        sa.Column("title", sa.String(120), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin"),
        sa.UniqueConstraint("draft", name="uq_bulletin_draft"),
        foreign_key("bulletin", "author_id", "person"),
    )
    op.create_index("ix_bulletin_author_id", "bulletin", ["author_id"])
    op.create_index("ix_bulletin_programme_code", "bulletin", ["programme_code"])
    op.create_table(
        "bulletin_group",
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("bulletin_id", "group_id", name="pk_bulletin_group"),
        foreign_key("bulletin_group", "bulletin_id", "bulletin"),
        foreign_key("bulletin_group", "group_id", "training_group"),
    )
    op.create_index("ix_bulletin_group_group_id", "bulletin_group", ["group_id"])
    op.create_table(
        "bulletin_reader",
        sa.Column("bulletin_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("bulletin_id", "person_id", name="pk_bulletin_reader"),
        foreign_key("bulletin_reader", "bulletin_id", "bulletin"),
        foreign_key("bulletin_reader", "person_id", "person"),
    )
    op.create_index("ix_bulletin_reader_person_id", "bulletin_reader", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")


def foreign_key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete="CASCADE")
