"""Messages as rows. A row is taken by a conditional update, and written only by who holds it."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Executable,
    Select,
    Update,
    bindparam,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from scheduler.letters import LEASE, Letter, NewLetter, State
from storage import people
from storage.given import GIVEN, as_given, given
from storage.models import OutgoingMessage as Row
from storage.models import Person, TrainingGroup
from storage.models.base import UtcDateTime
from storage.roster import TELEGRAM
from storage.upserts import dialect_of, insert_for

OnSent = Callable[[AsyncSession, Letter], Awaitable[None]]

BATCH = 16
SILENT_FOR = timedelta(minutes=15)  # before what had nothing to say is asked again
CHUNK = 1_000  # rows per statement: others want to write, too
TIMES = ("not_before", "expires_at", "priority")
OF_A_LETTER = tuple(field.name for field in fields(NewLetter))
KEY_AND_TIMES = ("key", *TIMES)
PLANNED = Row.state == literal(State.PLANNED, literal_execute=True)  # as its indexes say it
NOW, SOON = bindparam("now", type_=UtcDateTime()), bindparam("soon", type_=UtcDateTime())
_of_a_letter, _key_and_times = attrgetter(*OF_A_LETTER), attrgetter(*KEY_AND_TIMES)


async def add(session: AsyncSession, letters: Sequence[NewLetter], *, now: datetime) -> int:
    """How many were new or had moved. One that is planned already takes the new times; one that
    had nothing to say gets another chance; everything else stays as it is."""
    changed, dialect = 0, dialect_of(session)
    plain = await session.connection()  # the session would take the parameters for rows
    for start in range(0, len(letters), CHUNK):
        rows = as_given(dialect, map(_of_a_letter, letters[start : start + CHUNK]))
        changed += (await plain.execute(_adding(dialect), {GIVEN: rows} | _moments(now))).rowcount
    return changed


async def not_planned_yet(
    session: AsyncSession, letters: Sequence[NewLetter], *, now: datetime
) -> list[NewLetter]:
    """Those that `add` would write. At most CHUNK of them; needs no write lock."""
    dialect = dialect_of(session)
    rows = as_given(dialect, map(_key_and_times, letters))
    settled = set(await session.scalars(_settled(dialect), {GIVEN: rows} | _moments(now)))
    return [one for one in letters if one.key not in settled] if settled else list(letters)


@lru_cache
def _adding(dialect: str) -> Executable:
    """People and groups are written to where they are at present."""
    letter = given(dialect, Row, OF_A_LETTER).c
    at_present = func.coalesce(
        func.nullif(letter.surface, ""), Person.surface, TrainingGroup.surface, TELEGRAM
    )
    values = [at_present if name == "surface" else letter[name] for name in OF_A_LETTER]
    nowhere_yet = Person.id.is_not(None) & Person.chat_id.is_(None)  # until they come in
    state = case((nowhere_yet, literal(State.UNREACHABLE)), else_=literal(State.PLANNED))
    rows = (
        select(*values, NOW, state, literal(0), literal(0))
        .outerjoin(Person, Person.id == letter.person_id)
        .outerjoin(TrainingGroup, TrainingGroup.id == letter.group_id)
        .where(true())  # or SQLite takes ON CONFLICT for the ON of a join
        .order_by(letter.place)
    )
    insert = insert_for(dialect, Row).from_select(
        [*OF_A_LETTER, "planned_at", "state", "attempt", "unsure"], rows
    )
    upsert = insert.on_conflict_do_update(
        index_elements=["key"],
        set_={name: insert.excluded[name] for name in TIMES} | {"state": State.PLANNED},
        where=_takes_new_times(insert.excluded),
    )
    return upsert.execution_options(preserve_rowcount=True)


@lru_cache
def _settled(dialect: str) -> Select[str]:
    letter = given(dialect, Row, KEY_AND_TIMES).c
    return select(Row.key).where(letter.key == Row.key, not_(_takes_new_times(letter)))


def _takes_new_times(letter: ReadOnlyColumnCollection[str, Any]) -> ColumnElement[bool]:
    untouched = (Row.state == State.PLANNED) & (Row.attempt == 0)
    moved = or_(*(getattr(Row, name) != letter[name] for name in TIMES))
    # A moment too far ahead was written before the clock went back.
    silence_is_over = (Row.not_before <= NOW) | (Row.not_before > SOON)
    return (untouched & moved) | ((Row.state == State.SUPERSEDED) & silence_is_over)


def _moments(now: datetime) -> dict[str, datetime]:
    return {"now": now, "soon": now + SILENT_FOR}


async def claim(
    session: AsyncSession,
    owner: str,
    *,
    surface: str = TELEGRAM,
    now: datetime,
    limit: int = BATCH,
) -> list[Letter]:
    """Takes what is due on this surface, most urgent first; nobody else gets these rows while
    the lease lasts."""
    due = (
        select(Row, Person, TrainingGroup)
        .outerjoin(Person, Person.id == Row.person_id)
        .outerjoin(TrainingGroup, TrainingGroup.id == Row.group_id)
        .where(Row.surface == surface, PLANNED)
        .where(Row.not_before <= now, Row.expires_at > now)
        .order_by(Row.priority, Row.not_before, Row.id)
        .limit(limit)
        .with_for_update(of=Row, skip_locked=True)  # on SQLite we hold the write lock anyway
    )
    letters = [
        _letter(row, person, group, owner) for row, person, group in await _rows(session, due)
    ]
    await session.execute(
        update(Row)
        .where(Row.id.in_([letter.id for letter in letters]))
        .values(state=State.LEASED, owner=owner, lease_until=now + LEASE, attempt=Row.attempt + 1)
        .execution_options(synchronize_session=False)
    )
    return letters


async def _rows(
    session: AsyncSession, chosen: Any
) -> Sequence[tuple[Row, Person | None, TrainingGroup | None]]:
    return [tuple(found) for found in await session.execute(chosen)]


def _letter(row: Row, person: Person | None, group: TrainingGroup | None, owner: str) -> Letter:
    """Chats are looked up now: people change them, and groups move."""
    return Letter(
        id=row.id,
        key=row.key,
        kind=row.kind,
        owner=owner,
        attempt=row.attempt + 1,
        surface=row.surface,
        chat_id=person.chat_id if person else group.chat_id if group else row.chat_id,
        thread_id=group.thread_id if group else row.thread_id,
        person_id=row.person_id,
        group_id=row.group_id,
        reachable=(person.reachable and person.active) if person else True,
        data=row.data,
        possibly_doubled=row.unsure > 0,
        expires_at=row.expires_at,
    )


async def begin_sending(session: AsyncSession, letter: Letter, text: str, *, now: datetime) -> bool:
    """The intent. Commit it before the wire; False: the row is no longer ours, send nothing."""
    return await _write(
        session,
        _mine(letter, State.LEASED).values(
            state=State.SENDING,
            text=text,
            data=letter.data,
            chat_id=letter.chat_id,
            lease_until=now + LEASE,
        ),
    )


async def mark_sent(
    session: AsyncSession, letter: Letter, message_id: int, *, now: datetime
) -> bool:
    done = {"state": State.SENT, "message_id": message_id, "sent_at": now, "error": None}
    return await _write(session, _mine(letter, State.SENDING).values(done | FREE))


async def message_id(session: AsyncSession, key: str) -> int | None:
    """Of the receipt: what an Edit may change."""
    found: int | None = await session.scalar(select(Row.message_id).where(Row.key == key))
    return found


async def mark_failed(session: AsyncSession, letter: Letter, reason: str) -> bool:
    """Sending it again would not help."""
    failed = {"state": State.FAILED, "error": reason}
    return await _write(session, _mine(letter, State.LEASED, State.SENDING).values(failed | FREE))


async def mark_superseded(session: AsyncSession, letter: Letter, *, now: datetime) -> bool:
    """Nothing is left to say. Whoever plans it again is heard after a while only, or it would be
    planned, claimed and found empty at every tick."""
    silent = {"state": State.SUPERSEDED, "not_before": now + SILENT_FOR} | FREE
    return await _write(session, _mine(letter, State.LEASED).values(silent))


async def mark_unreachable(session: AsyncSession, letter: Letter, reason: str) -> bool:
    """The person is left alone until they write again (people.set_reachable)."""
    blocked = {"state": State.UNREACHABLE, "error": reason}
    ours = await _write(session, _mine(letter, State.LEASED, State.SENDING).values(blocked | FREE))
    if ours and letter.person_id is not None and letter.chat_id is not None:
        await people.set_unreachable(session, letter.person_id)
    return ours


async def postpone(
    session: AsyncSession, letter: Letter, *, not_before: datetime, reason: str = ""
) -> bool:
    """Before the intent. A row that is `sending` already is left to `recover`."""
    again = {"state": State.PLANNED, "not_before": later(not_before), "error": reason or None}
    return await _write(session, _mine(letter, State.LEASED).values(again | FREE))


async def put_back(
    session: AsyncSession, letter: Letter, *, not_before: datetime, reason: str
) -> bool:
    """After the intent, and only if the message certainly was not accepted."""
    again = {"state": State.PLANNED, "not_before": later(not_before), "error": reason}
    return await _write(session, _mine(letter, State.SENDING).values(again | FREE))


async def move_chat(session: AsyncSession, surface: str, old: int, new: int) -> None:
    """A group became a supergroup: the same messages, a new address."""
    for table in (TrainingGroup, Row):
        here = table.surface == surface, table.chat_id == old
        await session.execute(update(table).where(*here).values(chat_id=new))


def later(moment: datetime) -> ColumnElement[datetime]:
    """Never earlier than it was planned, whatever the clock says now: it may have gone back."""
    return latest(Row.not_before, moment)


def latest(column: InstrumentedAttribute[datetime], moment: datetime) -> ColumnElement[datetime]:
    return case((column > moment, column), else_=literal(moment, UtcDateTime()))


FREE: dict[str, Any] = {"owner": None, "lease_until": None}


def _mine(letter: Letter, *states: State) -> Update:
    """The fence: no write after somebody else took the row over."""
    return update(Row).where(
        Row.id == letter.id,
        Row.owner == letter.owner,
        Row.attempt == letter.attempt,
        Row.state.in_(states),
    )


async def _write(session: AsyncSession, statement: Update) -> bool:
    quiet = statement.returning(Row.id).execution_options(synchronize_session=False)
    return (await session.execute(quiet)).first() is not None
