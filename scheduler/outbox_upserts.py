"""The statements by which letters get into the outbox, from values or spread over the roster."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Select,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from scheduler.letters import NewLetter, State
from storage.given import GIVEN, given
from storage.models import OutgoingMessage as Row
from storage.models import Person, TrainingGroup
from storage.models.base import UtcDateTime
from storage.roster import TELEGRAM
from storage.spreading import letters as letters_of_a_page
from storage.upserts import insert_for

SILENT_FOR = timedelta(minutes=15)  # before what had nothing to say is asked again
TIMES = ("not_before", "expires_at", "priority")
OF_A_LETTER = tuple(field.name for field in fields(NewLetter))
KEY_AND_TIMES = ("key", *TIMES)
NOW, SOON = bindparam("now", type_=UtcDateTime()), bindparam("soon", type_=UtcDateTime())


def moments(now: datetime) -> dict[str, datetime]:
    return {"now": now, "soon": now + SILENT_FOR}


@lru_cache
def adding(dialect: str) -> Executable:
    """People and groups are written to where they are at present."""
    letter = _given(dialect, OF_A_LETTER).c
    at_present = func.coalesce(
        func.nullif(letter.surface, ""), Person.surface, TrainingGroup.surface, TELEGRAM
    )
    values = [at_present if name == "surface" else letter[name] for name in OF_A_LETTER]
    nowhere_yet = Person.id.is_not(None) & Person.chat_id.is_(None)  # until they come in
    state = case((nowhere_yet, literal(State.UNREACHABLE)), else_=literal(State.PLANNED))
    rows = (
        select(*values, state)
        .outerjoin(Person, Person.id == letter.person_id)
        .outerjoin(TrainingGroup, TrainingGroup.id == letter.group_id)
        .order_by(letter.place)
    )
    return _upsert(dialect, rows)


@lru_cache
def adding_a_page(dialect: str) -> Executable:
    letter = letters_of_a_page(dialect).subquery("letter").c
    values = [letter[name] for name in OF_A_LETTER]
    rows = select(*values, literal(State.PLANNED)).order_by(letter.place, letter.key)
    return _upsert(dialect, rows)


@lru_cache
def settled(dialect: str) -> Select[str]:
    letter = _given(dialect, KEY_AND_TIMES).c
    return select(Row.key).where(letter.key == Row.key, not_(_takes_new_times(letter)))


@lru_cache
def anything_new(dialect: str) -> Select[int]:
    letter = letters_of_a_page(dialect).subquery("letter")
    planned = letter.outerjoin(Row, Row.key == letter.c.key)
    new = or_(Row.id.is_(None), _takes_new_times(letter.c))
    return select(literal(1)).select_from(planned).where(new).limit(1)


def _given(dialect: str, names: Sequence[str]) -> FromClause:
    return given(dialect, {name: Row.__table__.c[name].type for name in names}).subquery(GIVEN)


def _upsert(dialect: str, rows: Select[*tuple[Any, ...]]) -> Executable:
    """`rows`: letters, and the state of each."""
    new = rows.add_columns(NOW, literal(0), literal(0))
    insert = insert_for(dialect, Row).from_select(
        [*OF_A_LETTER, "state", "planned_at", "attempt", "unsure"],
        new.where(true()),  # or SQLite takes ON CONFLICT for the ON of a join
    )
    upsert = insert.on_conflict_do_update(
        index_elements=["key"],
        set_={name: insert.excluded[name] for name in TIMES} | {"state": State.PLANNED},
        where=_takes_new_times(insert.excluded),
    )
    return upsert.execution_options(preserve_rowcount=True)


def _takes_new_times(letter: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[bool]:
    untouched = (Row.state == State.PLANNED) & (Row.attempt == 0)
    moved = or_(*(getattr(Row, name) != letter[name] for name in TIMES))
    # A moment too far ahead was written before the clock went back.
    silence_is_over = (Row.not_before <= NOW) | (Row.not_before > SOON)
    return (untouched & moved) | ((Row.state == State.SUPERSEDED) & silence_is_over)
