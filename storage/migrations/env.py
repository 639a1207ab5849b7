"""Run by Alembic with the connection that storage.database.upgrade hands over."""

from typing import Any, Literal

from alembic import context

from storage.models import Base, UtcDateTime


def render_item(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """A migration must not depend on the models of a later day."""
    moment = kind == "type" and isinstance(item, UtcDateTime)
    return "sa.DateTime(timezone=True)" if moment else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
