"""Broadcasts and snoozed reminders."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    compare_keys_by_bytes()


def downgrade() -> None:
    raise NotImplementedError("the way back is a backup")


def compare_keys_by_bytes() -> None:
    """As SQLite does: keys that begin alike stand together in the index."""
    if op.get_context().dialect.name == "postgresql":
        op.execute('ALTER TABLE outbox ALTER COLUMN key TYPE VARCHAR(200) COLLATE "C"')
