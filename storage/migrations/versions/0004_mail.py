"""Broadcasts, and keys that are ordered by bytes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    compare_keys_by_bytes()
    index_what_is_looked_for()
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT),
        sa.Column("planned_to", sa.Integer(), nullable=False),
        sa.Column("all_planned", sa.Boolean(), nullable=False),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("surface", sa.String(10), nullable=False),
        sa.Column("chat_id", sa.BigInteger()),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("shown_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
            name="fk_broadcast_author_id_person",
            ondelete="CASCADE",
        ),
    )
    for column in ("author_id", "state"):
        op.create_index(f"ix_broadcast_{column}", "broadcast", [column])


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")


def compare_keys_by_bytes() -> None:
    """As SQLite does: keys that begin alike stand together in the index."""
    if op.get_context().dialect.name == "postgresql":
        op.execute('ALTER TABLE outbox ALTER COLUMN key TYPE VARCHAR(200) COLLATE "C"')


def index_what_is_looked_for() -> None:
    """Of a million letters few wait, fewer are on their way, and hardly any is in trouble."""
    for name in ("due", "lease", "group_id"):
        op.drop_index(f"ix_outbox_{name}", "outbox")
    for name, columns, condition in (
        ("due", ["surface", "priority", "not_before", "id"], "state = 'planned'"),
        ("expiry", ["expires_at"], "state = 'planned'"),
        ("lease", ["state", "lease_until"], "lease_until IS NOT NULL"),
        ("group_id", ["group_id"], "group_id IS NOT NULL"),
        ("trouble", ["id"], "state IN ('failed', 'held', 'expired', 'unreachable')"),
        ("unsure", ["id"], "unsure > 0"),
    ):
        where = sa.text(condition)
        op.create_index(
            f"ix_outbox_{name}", "outbox", columns, sqlite_where=where, postgresql_where=where
        )
