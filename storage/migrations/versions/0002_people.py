"""People on two surfaces, group leaders' groups, invitations, the audit."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
LONG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
BEFORE = "page"  # until now only the demonstration had people, on the page


def upgrade() -> None:
    widen_person()
    widen_groups()
    with op.batch_alter_table("membership") as table:
        table.add_column(
            sa.Column("muted", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("outbox") as table:
        table.add_column(surface())
        table.drop_index("ix_outbox_due")
        table.create_index("ix_outbox_due", ["surface", "state", "priority", "not_before", "id"])
    create_accounts()
    create_invitations()
    create_audit()


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")


def surface() -> "sa.Column[Any]":
    return sa.Column("surface", sa.String(10), nullable=False, server_default=BEFORE)


def words(name: str, length: int) -> "sa.Column[Any]":
    return sa.Column(name, sa.String(length), nullable=False, server_default="")


def widen_person() -> None:
    with op.batch_alter_table("person") as table:
        table.add_column(surface())
        for name in ("coordinator", "came_by_link"):
            table.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
            )
        for name, length in (("area", 60), ("subject", 40), ("school", 100), ("script", 4)):
            table.add_column(words(name, length))
        table.add_column(sa.Column("phone_cipher", sa.Text()))
        table.add_column(sa.Column("phone_hash", sa.String(64)))
        table.add_column(sa.Column("quiet_from", sa.Time()))
        table.add_column(sa.Column("quiet_to", sa.Time()))
        table.drop_constraint("uq_person_chat_id", type_="unique")
        table.create_unique_constraint("uq_person_surface_chat_id", ["surface", "chat_id"])
        table.create_index("ix_person_phone_hash", ["phone_hash"])


def widen_groups() -> None:
    with op.batch_alter_table("training_group") as table:
        table.add_column(surface())
        for name, length in (
            ("programme_code", 100),
            ("province", 20),
            ("area", 60),
            ("subject", 40),
        ):
            table.add_column(words(name, length))
        table.drop_constraint("uq_training_group_name", type_="unique")
        table.drop_constraint("uq_training_group_chat_id", type_="unique")
        table.create_unique_constraint(
            "uq_training_group_programme_code_province_area_name",
            ["programme_code", "province", "area", "name"],
        )
        table.create_unique_constraint(
            "uq_training_group_surface_chat_id_thread_id", ["surface", "chat_id", "thread_id"]
        )


def create_accounts() -> None:
    op.create_table(
        "account",
        sa.Column("surface", sa.String(10), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("surface", "user_id", name="pk_account"),
        foreign_key("account", "person_id", "person", "CASCADE"),
    )
    op.create_index("ix_account_person_id", "account", ["person_id"])
    op.execute(
        "INSERT INTO account (surface, user_id, person_id, since)"
        " SELECT surface, chat_id, id, COALESCE(chat_since, CURRENT_TIMESTAMP) FROM person"
        " WHERE chat_id IS NOT NULL"
    )
    op.create_table(
        "guidance",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "group_id", name="pk_guidance"),
        foreign_key("guidance", "person_id", "person", "CASCADE"),
        foreign_key("guidance", "group_id", "training_group", "CASCADE"),
    )
    op.create_index("ix_guidance_group_id", "guidance", ["group_id"])


def create_invitations() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("programme_code", sa.String(100), nullable=False),
        sa.Column("group_id", sa.Integer()),
        sa.Column("person_id", sa.Integer()),
        sa.Column("uses_left", sa.Integer(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Integer()),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        foreign_key("invitation", "group_id", "training_group", "CASCADE"),
        foreign_key("invitation", "person_id", "person", "CASCADE"),
        foreign_key("invitation", "made_by", "person", "SET NULL"),
    )
    op.create_table(
        "join_request",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("surface", sa.String(10), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Integer()),
        sa.Column("decided_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_join_request"),
        foreign_key("join_request", "invitation_id", "invitation", "CASCADE"),
        foreign_key("join_request", "decided_by", "person", "SET NULL"),
    )


def create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", LONG_ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.Integer()),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        foreign_key("audit", "actor_id", "person", "SET NULL"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def foreign_key(
    table: str, column: str, other: str, ondelete: str | None
) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=ondelete)
