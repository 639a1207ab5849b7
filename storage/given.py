"""Rows given to a statement as a table: one parameter of JSON instead of thousands of values.

SQLAlchemy spells out every value of a long INSERT, which takes longer than the database does."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from json import dumps
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    String,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from storage.models import Base

GIVEN = "given"  # the parameter: what `as_given` makes of the rows


def given(dialect: str, table: type[Base], names: Iterable[str]) -> FromClause:
    """The rows, with the types that the columns `names` have in `table`, and their `place`."""
    types = [(name, table.__table__.c[name].type) for name in names]
    text: ColumnElement[str] = bindparam(GIVEN, type_=String())
    if dialect == "postgresql":
        array = func.jsonb_array_elements(cast(text, JSONB))
        each = array.table_valued(column("row", JSONB), with_ordinality="place").render_derived()
        values = [_from_jsonb(each.c.row[n], kind) for n, (_, kind) in enumerate(types)]
        place = each.c.place
    else:
        each = func.json_each(text).table_valued("key", "value")
        values = [
            func.json_extract(each.c.value, f"$[{n}]", type_=kind)
            for n, (_, kind) in enumerate(types)
        ]
        place = each.c.key
    named = [value.label(name) for value, (name, _) in zip(values, types, strict=True)]
    return select(*named, place.label("place")).subquery(GIVEN)


def as_given(dialect: str, rows: Iterable[Sequence[Any]]) -> str:
    write = _moment_with_zone if dialect == "postgresql" else _moment
    return dumps(list(rows), default=write, ensure_ascii=False, check_circular=False)


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
