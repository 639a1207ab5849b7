"""Broadcasts: what a coordinator says to many, to whom, and how far its planning is."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import Broadcast as Row
from storage.models import Membership, Person, TrainingGroup

DRAFT, SENDING, CANCELLED, DONE = "draft", "sending", "cancelled", "done"


@dataclass(frozen=True, slots=True)
class Audience:
    """Everybody on the roster, narrowed by what is not empty."""

    programme: str = ""
    role: str = ""
    group_id: int | None = None
    area: str = ""  # of the person or of their group


@dataclass(frozen=True, slots=True)
class Reach:
    people: int
    reachable: int  # with a chat that takes our messages


@dataclass(frozen=True, slots=True)
class Place:
    """The message that shows the progress: one of ours that was pressed."""

    surface: str
    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Broadcast:
    id: int
    author_id: int
    text: str
    audience: Audience
    state: str
    all_planned: bool
    round: int
    surface: str
    chat_id: int | None
    message_id: int | None
    shown: int
    shown_at: datetime | None


async def draft(
    session: AsyncSession, author_id: int, text: str, audience: Audience, *, now: datetime
) -> int:
    row = Row(author_id=author_id, text=text, audience=asdict(audience), state=DRAFT, made_at=now)
    session.add(row)
    await session.flush()
    return row.id


async def find(session: AsyncSession, id: int) -> Broadcast | None:
    row = await session.get(Row, id, populate_existing=True)
    return _value(row) if row else None


async def sending(session: AsyncSession) -> list[int]:
    return list(await session.scalars(select(Row.id).where(Row.state == SENDING).order_by(Row.id)))


async def reach(session: AsyncSession, audience: Audience) -> Reach:
    reachable = Person.chat_id.is_not(None) & Person.reachable
    counted = select(func.count(), func.count().filter(reachable)).where(*_in(audience))
    people, able = (await session.execute(counted)).one()
    return Reach(people, able)


async def confirm(session: AsyncSession, id: int, place: Place, *, now: datetime) -> bool:
    """False: it was sent, or thrown away, already."""
    begun = {"state": SENDING, "confirmed_at": now, "rounds": 1, "shown_at": now}
    return await _change(session, id, DRAFT, **begun, **asdict(place))


async def send_again(session: AsyncSession, id: int, place: Place, *, now: datetime) -> bool:
    """One more round; who gets it is for the outbox to say."""
    begun = {"state": SENDING, "rounds": Row.rounds + 1, "shown_at": now}
    return await _change(session, id, DONE, **begun, **asdict(place))


async def cancel(session: AsyncSession, id: int) -> bool:
    return await _change(session, id, SENDING, state=CANCELLED)


async def finish(session: AsyncSession, id: int) -> bool:
    return await _change(session, id, SENDING, state=DONE, shown=Row.shown + 1)


async def show(session: AsyncSession, id: int, *, now: datetime) -> None:
    """Its progress is shown once more."""
    await _change(session, id, SENDING, shown=Row.shown + 1, shown_at=now)


async def throw_away(session: AsyncSession, id: int) -> bool:
    gone = delete(Row).where(Row.id == id, Row.state == DRAFT).returning(Row.id)
    return (await session.execute(gone)).first() is not None


async def next_people(session: AsyncSession, id: int, limit: int) -> list[int]:
    """Those who have no letter yet, as many as `limit`; from here on they count as planned. In the
    transaction that plans them: who cancels meanwhile waits for it."""
    locked = select(Row).where(Row.id == id, Row.state == SENDING).with_for_update()
    row = await session.scalar(locked.execution_options(populate_existing=True))
    if row is None or row.all_planned:
        return []
    audience = Audience(**row.audience)
    chosen = select(Person.id).where(*_in(audience), Person.id > row.planned_to)
    found = list(await session.scalars(chosen.order_by(Person.id).limit(limit)))
    row.planned_to = found[-1] if found else row.planned_to
    row.all_planned = len(found) < limit
    await session.flush()
    return found


async def areas(session: AsyncSession) -> Sequence[str]:
    of_groups = select(TrainingGroup.area).where(TrainingGroup.area != "")
    of_people = select(Person.area).where(Person.area != "", Person.active)
    return sorted(set(await session.scalars(of_groups.union(of_people))))


def _in(audience: Audience) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Person.active.is_(True)]
    mine: list[ColumnElement[bool]] = []
    if audience.programme:
        mine.append(Membership.programme_code == audience.programme)
    if audience.role:
        mine.append(Membership.role == audience.role)
    if audience.group_id is not None:
        mine.append(Membership.group_id == audience.group_id)
    if mine:
        conditions.append(exists().where(Membership.person_id == Person.id, *mine))
    if audience.area:
        in_area = select(TrainingGroup.id).where(TrainingGroup.area == audience.area)
        of_group = Membership.group_id.in_(in_area)
        by_group = exists().where(Membership.person_id == Person.id, of_group, *mine)
        conditions.append((Person.area == audience.area) | by_group)
    return conditions


async def _change(session: AsyncSession, id: int, before: str, **values: Any) -> bool:
    changed = update(Row).where(Row.id == id, Row.state == before).values(**values)
    quiet = changed.returning(Row.id).execution_options(synchronize_session=False)
    return (await session.execute(quiet)).first() is not None


def _value(row: Row) -> Broadcast:
    return Broadcast(
        id=row.id,
        author_id=row.author_id,
        text=row.text,
        audience=Audience(**row.audience),
        state=row.state,
        all_planned=row.all_planned,
        round=row.rounds,
        surface=row.surface,
        chat_id=row.chat_id,
        message_id=row.message_id,
        shown=row.shown,
        shown_at=row.shown_at,
    )
