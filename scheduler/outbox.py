"""Messages as rows. A row is taken by a conditional update, and written only by who holds it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Executable, Update, case, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from scheduler import outbox_upserts as upserts
from scheduler.letters import LEASE, Letter, NewLetter, State
from scheduler.outbox_upserts import KEY_AND_TIMES, OF_A_LETTER
from storage import people, spreading
from storage.given import GIVEN, as_given
from storage.models import OutgoingMessage as Row
from storage.models import Person, TrainingGroup
from storage.models.base import UtcDateTime
from storage.occasions import Page, Spread
from storage.roster import TELEGRAM
from storage.upserts import dialect_of

OnSent = Callable[[AsyncSession, Letter], Awaitable[None]]

BATCH = 16
CHUNK = 1_000  # rows per statement: others want to write, too
PLANNED = Row.state == literal(State.PLANNED, literal_execute=True)  # as its indexes say it
_of_a_letter, _key_and_times = attrgetter(*OF_A_LETTER), attrgetter(*KEY_AND_TIMES)


async def add(session: AsyncSession, letters: Sequence[NewLetter], *, now: datetime) -> int:
    """How many were new or had moved. One that is planned already takes the new times; one that
    had nothing to say gets another chance; everything else stays as it is."""
    changed, dialect = 0, dialect_of(session)
    for start in range(0, len(letters), CHUNK):
        rows = as_given(dialect, map(_of_a_letter, letters[start : start + CHUNK]))
        values = {GIVEN: rows} | upserts.moments(now)
        changed += await _write_all(session, upserts.adding(dialect), values)
    return changed


async def not_planned_yet(
    session: AsyncSession, letters: Sequence[NewLetter], *, now: datetime
) -> list[NewLetter]:
    """Those that `add` would write. At most CHUNK of them; needs no write lock."""
    dialect = dialect_of(session)
    rows = as_given(dialect, map(_key_and_times, letters))
    values = {GIVEN: rows} | upserts.moments(now)
    settled = set(await session.scalars(upserts.settled(dialect), values))
    return [one for one in letters if one.key not in settled] if settled else list(letters)


async def add_page(session: AsyncSession, spread: Spread, page: Page, *, now: datetime) -> int:
    """`add`, for everybody of this page in one statement."""
    dialect = dialect_of(session)
    values = spreading.values(dialect, spread, page) | upserts.moments(now)
    return await _write_all(session, upserts.adding_a_page(dialect), values)


async def has_new(session: AsyncSession, spread: Spread, page: Page, *, now: datetime) -> bool:
    """Whether `add_page` would write anything; needs no write lock."""
    dialect = dialect_of(session)
    values = spreading.values(dialect, spread, page) | upserts.moments(now)
    return await session.scalar(upserts.anything_new(dialect), values) is not None


async def _write_all(session: AsyncSession, statement: Executable, values: dict[str, Any]) -> int:
    plain = await session.connection()  # the session would take the parameters for rows
    return (await plain.execute(statement, values)).rowcount


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
    silent = {"state": State.SUPERSEDED, "not_before": now + upserts.SILENT_FOR} | FREE
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
