"""Rows given to a statement as a table: one parameter of JSON instead of thousands of values.

SQLAlchemy spells out every value of a long INSERT, which takes longer than the database does."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from json import dumps
from typing import Any

from sqlalchemy import JSON, ColumnElement, FromClause, String, cast, column, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from storage.models import Base


def given(
    session: AsyncSession, table: type[Base], names: Iterable[str], rows: Iterable[Sequence[Any]]
) -> FromClause:
    """`rows` with the types that the columns `names` have in `table`, and their `place`."""
    types = [(name, table.__table__.c[name].type) for name in names]
    on_postgres = session.get_bind().dialect.name == "postgresql"
    write = _moment_with_zone if on_postgres else _moment
    text = literal(dumps(list(rows), default=write, ensure_ascii=False), String())
    if on_postgres:
        array = func.jsonb_array_elements(cast(text, JSONB))
        each = array.table_valued(column("row", JSONB), with_ordinality="place").render_derived()
        values = [
            _from_jsonb(each.c.row[n], kind).label(name) for n, (name, kind) in enumerate(types)
        ]
        return select(*values, each.c.place).subquery("given")
    each = func.json_each(text).table_valued("key", "value")
    values = [
        func.json_extract(each.c.value, f"$[{n}]", type_=kind).label(name)
        for n, (name, kind) in enumerate(types)
    ]
    return select(*values, each.c.key.label("place")).subquery("given")


def _from_jsonb(value: Any, kind: TypeEngine[Any]) -> ColumnElement[Any]:
    return cast(value if isinstance(kind, JSON) else value.astext, kind)


@lru_cache(maxsize=1_000)
def _moment(value: object) -> str:
    """As SQLAlchemy writes it into SQLite, which has no type for it."""
    if not isinstance(value, datetime):
        raise TypeError(f"{type(value).__name__} cannot be given")
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=1_000)
def _moment_with_zone(value: object) -> str:
    return _moment(value) + "+00"
