"""The first tables: people, documents, the outbox, and what must survive a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LONG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    create_roster()
    create_documents()
    create_outbox()
    create_small_tables()


def downgrade() -> None:
    for table in (
        "remembered",
        "conversation",
        "lease",
        "outbox",
        "open_question",
        "document",
        "membership",
        "training_group",
        "person",
    ):
        op.drop_table(table)


def create_roster() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("chat_since", MOMENT),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("province", sa.String(20), nullable=False),
        sa.Column("remind_at", sa.Time()),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("chat_id", name="uq_person_chat_id"),
    )
    op.create_table(
        "training_group",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("thread_id", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_training_group"),
        sa.UniqueConstraint("name", name="uq_training_group_name"),
        sa.UniqueConstraint("chat_id", name="uq_training_group_chat_id"),
    )
    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("programme_code", sa.String(100), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("group_id", sa.Integer()),
        sa.PrimaryKeyConstraint("person_id", "programme_code", name="pk_membership"),
        foreign_key("membership", "person_id", "person", "CASCADE"),
        foreign_key("membership", "group_id", "training_group", "SET NULL"),
    )
    op.create_index("ix_membership_programme_code", "membership", ["programme_code"])
    op.create_index("ix_membership_group_id", "membership", ["group_id"])


def create_documents() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(255), nullable=False),
        sa.Column("region", sa.String(20), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("identities", sa.JSON(), nullable=False),
        sa.Column("imported_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("replaced_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_document"),
        sa.UniqueConstraint("digest", name="uq_document_digest"),
        foreign_key("document", "replaced_by", "document", None),
    )
    op.create_index("ix_document_replaced_by", "document", ["replaced_by"])
    op.create_table(
        "open_question",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.Column("asked_by", sa.Integer()),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_open_question"),
        sa.UniqueConstraint("digest", name="uq_open_question_digest"),
        foreign_key("open_question", "document_id", "document", "SET NULL"),
        foreign_key("open_question", "asked_by", "person", "SET NULL"),
    )


def create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", LONG_ID, primary_key=True),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("person_id", sa.Integer()),
        sa.Column("group_id", sa.Integer()),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("thread_id", sa.Integer()),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("planned_at", MOMENT, nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("owner", sa.String(80)),
        sa.Column("lease_until", MOMENT),
        sa.Column("text", sa.Text()),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("sent_at", MOMENT),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
        foreign_key("outbox", "person_id", "person", "CASCADE"),
        foreign_key("outbox", "group_id", "training_group", "CASCADE"),
    )
    op.create_index("ix_outbox_person_id", "outbox", ["person_id"])
    op.create_index("ix_outbox_group_id", "outbox", ["group_id"])
    op.create_index("ix_outbox_due", "outbox", ["state", "priority", "not_before", "id"])
    op.create_index("ix_outbox_lease", "outbox", ["state", "lease_until"])


def create_small_tables() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("holder", sa.String(80), nullable=False),
        sa.Column("term", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "conversation",
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("state", sa.String(200)),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_conversation"),
    )
    op.create_table(
        "remembered",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_remembered"),
    )


def foreign_key(
    table: str, column: str, other: str, ondelete: str | None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
