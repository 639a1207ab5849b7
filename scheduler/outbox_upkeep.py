"""The outbox as a whole: what dead senders left, what came too late, how things stand."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, case, delete, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.letters import LEASE, Held, OutboxStatus, Recovered, State, Trouble
from scheduler.outbox import FREE, PLANNED, later, latest
from storage.models import OutgoingMessage as Row

# A private message whose fate is unknown is sent again, but not for ever: after these, a human.
PAUSES_WHEN_UNSURE = (timedelta(0), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
TROUBLES_SHOWN = 200
A_DAY = timedelta(days=1)  # that long a letter stays useful which somebody wants sent after all
DROPPED, CANCELLED = "已由人决定不再发送", "已取消"
ENDS = (State.SENT, State.FAILED, State.EXPIRED, State.UNREACHABLE, State.SUPERSEDED)
FORGOTTEN_AT_ONCE = 5_000
# As the indexes say it.
IN_TROUBLE = [State.FAILED, State.HELD, State.EXPIRED, State.UNREACHABLE]
TROUBLE = Row.state.in_(
    bindparam("in_trouble", IN_TROUBLE, String(), expanding=True, literal_execute=True)
)
UNSURE = Row.unsure > literal(0, literal_execute=True)


async def recover(session: AsyncSession, *, now: datetime) -> Recovered:
    """Takes over what a sender that died, or hangs, had claimed."""
    # A lease too far ahead was taken before the clock went back.
    left_behind = Row.lease_until.is_not(None) & (
        (Row.lease_until <= now) | (Row.lease_until > now + 2 * LEASE)
    )
    again = FREE | {"state": State.PLANNED}
    held = FREE | {"state": State.HELD, "unsure": Row.unsure + 1}
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
            again | {"unsure": Row.unsure + 1, "not_before": later(now + pause)},
        )
    given_up = await _count(session, unsure, held | {"error": "多次发送都没有回音"})
    return Recovered(never_sent=never_sent, possibly_doubled=doubled, held=groups + given_up)


async def expire(session: AsyncSession, *, now: datetime) -> int:
    """What is no longer worth sending is reported, never silently dropped."""
    late = PLANNED & (Row.expires_at <= now)
    expired = {"state": State.EXPIRED}
    unknown = await _count(
        session, late & (Row.unsure > 0), expired | {"error": "可能已送达，重发前已过期"}
    )
    return unknown + await _count(session, late, expired | {"error": "来不及发送，已过期"})


async def status(session: AsyncSession) -> OutboxStatus:
    states = await session.execute(select(Row.state, func.count()).group_by(Row.state))
    return OutboxStatus(
        counts={State(state): count for state, count in states},
        possibly_doubled=await session.scalar(select(func.count()).where(UNSURE)) or 0,
        troubles=await _newest(session, TROUBLE),
        next_due=await session.scalar(select(func.min(Row.not_before)).where(PLANNED)),
        doubtful=await _newest(session, UNSURE),
    )


async def _newest(session: AsyncSession, which: ColumnElement[bool]) -> tuple[Trouble, ...]:
    rows = select(Row.key, Row.state, Row.error).where(which).order_by(Row.id.desc())
    return tuple(
        Trouble(key, State(state), error or "")
        for key, state, error in await session.execute(rows.limit(TROUBLES_SHOWN))
    )


async def _count(session: AsyncSession, which: ColumnElement[bool], values: dict[str, Any]) -> int:
    changed = update(Row).where(which).values(values).returning(Row.id)
    quiet = changed.execution_options(synchronize_session=False)
    return len((await session.execute(quiet)).all())


async def held(session: AsyncSession) -> list[Held]:
    """What waits for a human, oldest first."""
    rows = await session.scalars(
        select(Row).where(TROUBLE, Row.state == State.HELD).order_by(Row.id)
    )
    return [
        Held(
            id=row.id,
            key=row.key,
            kind=row.kind,
            surface=row.surface,
            chat_id=row.chat_id,
            person_id=row.person_id,
            group_id=row.group_id,
            text=row.text or "",
            reason=row.error or "",
        )
        for row in rows
    ]


async def release(session: AsyncSession, id: int, *, now: datetime) -> bool:
    """Send it: somebody has looked. A group post is not there, so it goes out unmarked; what a
    private chat holds nobody can see, so that one stays marked. False: it was not held."""
    unmarked = case((Row.chat_id < 0, 0), else_=Row.unsure)
    changes = _again_from(now) | {"unsure": unmarked}
    return bool(await _count(session, (Row.id == id) & (Row.state == State.HELD), changes))


async def drop(session: AsyncSession, id: int) -> bool:
    """Do not send it: it arrived, or is no longer wanted. False: it was not held."""
    dropped = {"state": State.FAILED, "error": DROPPED}
    return bool(await _count(session, (Row.id == id) & (Row.state == State.HELD), dropped))


async def counts(session: AsyncSession, key_prefix: str) -> dict[State, int]:
    """How the letters stand whose keys begin so, e.g. those of one broadcast."""
    states = select(Row.state, func.count()).where(_begins(key_prefix)).group_by(Row.state)
    return {State(state): count for state, count in await session.execute(states)}


async def cancel(session: AsyncSession, key_prefix: str) -> int:
    """Takes back what has not left yet, also from a sender that has claimed it."""
    waiting = _begins(key_prefix) & Row.state.in_([State.PLANNED, State.LEASED])
    return await _count(session, waiting, FREE | {"state": State.SUPERSEDED, "error": CANCELLED})


async def take_back(session: AsyncSession, kind: str) -> list[dict[str, Any]]:
    """Those that wait leave no trace, besides the data that is returned; one that may have arrived
    is not among them."""
    waiting = (Row.kind == kind) & PLANNED & (Row.unsure == 0)
    gone = delete(Row).where(waiting).execution_options(synchronize_session=False)
    return list(await session.scalars(gone.returning(Row.data)))


async def retry_failed(session: AsyncSession, key_prefix: str, *, now: datetime) -> int:
    """Once more for those that were refused; not for what a human has dropped."""
    failed = _begins(key_prefix) & (Row.state == State.FAILED) & (Row.error != DROPPED)
    return await _count(session, failed, _again_from(now))


async def over_before(
    session: AsyncSession, moment: datetime, *, limit: int = FORGOTTEN_AT_ONCE
) -> list[int]:
    """The oldest letters that came to their end before. Those that wait, or wait for a human, are
    not among them."""
    over = Row.state.in_(ENDS) & (func.coalesce(Row.sent_at, Row.expires_at) < moment)
    return list(await session.scalars(select(Row.id).where(over).order_by(Row.id).limit(limit)))


async def forget(session: AsyncSession, ids: Sequence[int]) -> int:
    gone = delete(Row).where(Row.id.in_(ids)).execution_options(synchronize_session=False)
    return len((await session.execute(gone.returning(Row.id))).all())


def _again_from(now: datetime) -> dict[str, Any]:
    still_useful = latest(Row.expires_at, now + A_DAY)
    return {"state": State.PLANNED, "not_before": now, "expires_at": still_useful, "error": None}


def _begins(prefix: str) -> ColumnElement[bool]:
    """A range instead of LIKE: both databases have an index for it."""
    return (Row.key >= prefix) & (Row.key < prefix[:-1] + chr(ord(prefix[-1]) + 1))
