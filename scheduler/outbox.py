"""Messages as rows. A row is taken by a conditional update, and written only by who holds it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.letters import (
    LEASE,
    Letter,
    NewLetter,
    OutboxStatus,
    Recovered,
    State,
    Trouble,
)
from storage import people
from storage.models import OutgoingMessage as Row
from storage.models import Person, TrainingGroup
from storage.upserts import insert_into

BATCH = 16
CHUNK = 1_000  # rows per statement: SQLite allows 32,766 parameters
# A private message whose fate is unknown is sent again, but not for ever: after these, a human.
PAUSES_WHEN_UNSURE = (timedelta(0), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
TROUBLES_SHOWN = 200


async def add(session: AsyncSession, letters: Sequence[NewLetter], *, now: datetime) -> int:
    """How many were new or had moved. One that is planned already takes the new times; one that
    had nothing to say gets another chance; everything else stays as it is."""
    changed = 0
    for start in range(0, len(letters), CHUNK):
        insert = insert_into(session, Row).values(
            [_row(letter, now) for letter in letters[start : start + CHUNK]]
        )
        new = insert.excluded
        untouched = (Row.state == State.PLANNED) & (Row.attempt == 0)
        moved = or_(
            Row.not_before != new.not_before,
            Row.expires_at != new.expires_at,
            Row.priority != new.priority,
        )
        upsert = insert.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "not_before": new.not_before,
                "expires_at": new.expires_at,
                "priority": new.priority,
                "state": State.PLANNED,
            },
            where=(untouched & moved) | (Row.state == State.SUPERSEDED),
        )
        changed += len((await session.execute(upsert.returning(Row.id))).all())
    return changed


async def not_planned_yet(session: AsyncSession, letters: Sequence[NewLetter]) -> list[NewLetter]:
    """Those that `add` would write. At most CHUNK of them; needs no write lock."""
    known = select(Row.key, Row.not_before, Row.expires_at, Row.priority).where(
        Row.key.in_([letter.key for letter in letters]), Row.state != State.SUPERSEDED
    )
    settled = {key: rest for key, *rest in await session.execute(known)}
    planned = select(Row.key).where(
        Row.key.in_(list(settled)), Row.state == State.PLANNED, Row.attempt == 0
    )
    may_move = set(await session.scalars(planned))
    return [
        letter
        for letter in letters
        if letter.key not in settled
        or (
            letter.key in may_move
            and settled[letter.key] != [letter.not_before, letter.expires_at, letter.priority]
        )
    ]


def _row(letter: NewLetter, now: datetime) -> dict[str, Any]:
    return {
        "key": letter.key,
        "kind": letter.kind,
        "person_id": letter.person_id,
        "group_id": letter.group_id,
        "chat_id": letter.chat_id,
        "thread_id": letter.thread_id,
        "data": letter.data,
        "priority": letter.priority,
        "planned_at": now,
        "not_before": letter.not_before,
        "expires_at": letter.expires_at,
        "state": State.PLANNED,
        "attempt": 0,
        "unsure": 0,
    }


async def claim(
    session: AsyncSession, owner: str, *, now: datetime, limit: int = BATCH
) -> list[Letter]:
    """Takes what is due, most urgent first. Nobody else gets these rows while the lease lasts."""
    due = (
        select(Row, Person, TrainingGroup)
        .outerjoin(Person, Person.id == Row.person_id)
        .outerjoin(TrainingGroup, TrainingGroup.id == Row.group_id)
        .where(Row.state == State.PLANNED, Row.not_before <= now, Row.expires_at > now)
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
        chat_id=person.chat_id if person else group.chat_id if group else row.chat_id,
        thread_id=group.thread_id if group else row.thread_id,
        person_id=row.person_id,
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
            state=State.SENDING, text=text, chat_id=letter.chat_id, lease_until=now + LEASE
        ),
    )


async def mark_sent(
    session: AsyncSession, letter: Letter, message_id: int, *, now: datetime
) -> bool:
    done = {"state": State.SENT, "message_id": message_id, "sent_at": now, "error": None}
    return await _write(session, _mine(letter, State.SENDING).values(done | _FREE))


async def mark_failed(session: AsyncSession, letter: Letter, reason: str) -> bool:
    """Sending it again would not help."""
    failed = {"state": State.FAILED, "error": reason}
    return await _write(session, _mine(letter, State.LEASED, State.SENDING).values(failed | _FREE))


async def mark_superseded(session: AsyncSession, letter: Letter) -> bool:
    """Nothing is left to say."""
    return await _write(
        session, _mine(letter, State.LEASED).values({"state": State.SUPERSEDED} | _FREE)
    )


async def mark_unreachable(session: AsyncSession, letter: Letter, reason: str) -> bool:
    """The person is left alone until they write again (people.set_reachable)."""
    blocked = {"state": State.UNREACHABLE, "error": reason}
    ours = await _write(session, _mine(letter, State.LEASED, State.SENDING).values(blocked | _FREE))
    if ours and letter.person_id is not None and letter.chat_id is not None:
        await people.set_unreachable(session, letter.person_id)
    return ours


async def postpone(
    session: AsyncSession, letter: Letter, *, not_before: datetime, reason: str = ""
) -> bool:
    """Before the intent. A row that is `sending` already is left to `recover`."""
    again = {"state": State.PLANNED, "not_before": not_before, "error": reason or None}
    return await _write(session, _mine(letter, State.LEASED).values(again | _FREE))


async def put_back(
    session: AsyncSession, letter: Letter, *, not_before: datetime, reason: str
) -> bool:
    """After the intent, and only if the message certainly was not accepted."""
    again = {"state": State.PLANNED, "not_before": not_before, "error": reason}
    return await _write(session, _mine(letter, State.SENDING).values(again | _FREE))


async def move_chat(session: AsyncSession, old: int, new: int) -> None:
    """A group became a supergroup: the same messages, a new address."""
    await session.execute(
        update(TrainingGroup).where(TrainingGroup.chat_id == old).values(chat_id=new)
    )
    await session.execute(update(Row).where(Row.chat_id == old).values(chat_id=new))


async def recover(session: AsyncSession, *, now: datetime) -> Recovered:
    """Takes over what a sender that died, or hangs, had claimed."""
    # A lease too far ahead was taken before the clock went back.
    left_behind = (Row.lease_until <= now) | (Row.lease_until > now + 2 * LEASE)
    again = _FREE | {"state": State.PLANNED}
    held = _FREE | {"state": State.HELD, "unsure": Row.unsure + 1}
    never_sent = await _count(session, (Row.state == State.LEASED) & left_behind, again)
    unsure = (Row.state == State.SENDING) & left_behind
    groups = await _count(
        session, unsure & (Row.chat_id < 0), held | {"error": "发送时中断，不知道群里是否已收到"}
    )
    doubled = 0
    for times, pause in enumerate(PAUSES_WHEN_UNSURE):
        doubled += await _count(
            session,
            unsure & (Row.unsure == times),
            again | {"unsure": Row.unsure + 1, "not_before": now + pause},
        )
    given_up = await _count(session, unsure, held | {"error": "多次发送都没有回音"})
    return Recovered(never_sent=never_sent, possibly_doubled=doubled, held=groups + given_up)


async def expire(session: AsyncSession, *, now: datetime) -> int:
    """What is no longer worth sending is reported, never silently dropped."""
    late = (Row.state == State.PLANNED) & (Row.expires_at <= now)
    expired = {"state": State.EXPIRED}
    unknown = await _count(
        session, late & (Row.unsure > 0), expired | {"error": "可能已送达，重发前已过期"}
    )
    return unknown + await _count(session, late, expired | {"error": "来不及发送，已过期"})


async def status(session: AsyncSession) -> OutboxStatus:
    states = await session.execute(select(Row.state, func.count()).group_by(Row.state))
    troubles = (
        select(Row.key, Row.state, Row.error)
        .where(Row.state.in_([State.FAILED, State.HELD, State.EXPIRED, State.UNREACHABLE]))
        .order_by(Row.id.desc())
        .limit(TROUBLES_SHOWN)
    )
    return OutboxStatus(
        counts={State(state): count for state, count in states},
        possibly_doubled=await session.scalar(select(func.count()).where(Row.unsure > 0)) or 0,
        troubles=tuple(
            Trouble(key, State(state), error or "")
            for key, state, error in await session.execute(troubles)
        ),
        next_due=await session.scalar(
            select(func.min(Row.not_before)).where(Row.state == State.PLANNED)
        ),
    )


_FREE: dict[str, Any] = {"owner": None, "lease_until": None}


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


async def _count(session: AsyncSession, which: ColumnElement[bool], values: dict[str, Any]) -> int:
    changed = update(Row).where(which).values(values).returning(Row.id)
    quiet = changed.execution_options(synchronize_session=False)
    return len((await session.execute(quiet)).all())
