"""Rows given to a statement as a table: one parameter of JSON instead of thousands of values.

SQLAlchemy spells out every value of a long INSERT, which takes longer than the database does."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from json import dumps
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, String, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

GIVEN = "given"  # the parameter: what `as_given` makes of the rows

Types = Mapping[str, TypeEngine[Any]]  # of the columns, by name


def given(dialect: str, types: Types, parameter: str = GIVEN) -> Select[Any]:
    """The rows with these columns, and their `place`."""
    text: ColumnElement[str] = bindparam(parameter, type_=String())
    if dialect == "postgresql":
        array = func.jsonb_array_elements(cast(text, JSONB))
        each = array.table_valued(column("row", JSONB), with_ordinality="place").render_derived()
        values = [_from_jsonb(each.c.row[n], kind) for n, kind in enumerate(types.values())]
        place = each.c.place
    else:
        each = func.json_each(text).table_valued("key", "value")
        values = [
            func.json_extract(each.c.value, f"$[{n}]", type_=kind)
            for n, kind in enumerate(types.values())
        ]
        place = each.c.key
    named = [value.label(name) for value, name in zip(values, types, strict=True)]
    return select(*named, place.label("place"))


def as_given(dialect: str, rows: Iterable[Sequence[Any]]) -> str:
    write = _with_zone if dialect == "postgresql" else _as_stored
    return dumps(list(rows), default=write, ensure_ascii=False, check_circular=False)


def _from_jsonb(value: Any, kind: TypeEngine[Any]) -> ColumnElement[Any]:
    return cast(value if isinstance(kind, JSON) else value.astext, kind)


@lru_cache(maxsize=1_000)
def _as_stored(value: object) -> str:
    """As SQLAlchemy writes it into SQLite, which has no types for these."""
    match value:
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("microseconds")
        case _:
            raise TypeError(f"{type(value).__name__} cannot be given")


@lru_cache(maxsize=1_000)
def _with_zone(value: object) -> str:
    return _as_stored(value) + ("+00" if isinstance(value, datetime) else "")
