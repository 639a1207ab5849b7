"""Rows given to a statement as a table: one parameter of JSON instead of thousands of values.

SQLAlchemy spells out every value of a long INSERT, which takes longer than the database does."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from json import dumps
from typing import Any

from sqlalchemy import JSON, FromClause, Integer, bindparam, cast, column, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Base

PLACE = "place"  # of a row among those given


def given(
    session: AsyncSession, table: type[Base], names: Iterable[str], rows: Sequence[dict[str, Any]]
) -> FromClause:
    """The columns `names` of `rows`, with the types they have in `table`, and their `place`."""
    types = {name: table.__table__.c[name].type for name in names} | {PLACE: Integer()}
    placed = [row | {PLACE: number} for number, row in enumerate(rows)]
    if session.get_bind().dialect.name == "postgresql":
        text = dumps(placed, default=_moment_with_zone, ensure_ascii=False)
        columns = [column(name, kind) for name, kind in types.items()]
        rows_of = func.json_to_recordset(cast(bindparam("given", text), JSON))
        return rows_of.table_valued(*columns).render_derived("given", with_types=True)
    text = dumps(placed, default=_moment, ensure_ascii=False)
    each = func.json_each(bindparam("given", text)).table_valued("value", name="each")
    values = [
        func.json_extract(each.c.value, f"$.{name}", type_=kind).label(name)
        for name, kind in types.items()
    ]
    return select(*values).subquery("given")


@lru_cache(maxsize=1_000)
def _moment(value: object) -> str:
    """As SQLAlchemy writes it into SQLite, which has no type for it."""
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} cannot be given")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _moment_with_zone(value: object) -> str:
    return _moment(value) + "+00"
