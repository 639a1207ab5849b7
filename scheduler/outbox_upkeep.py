"""The outbox as a whole: what dead senders left, what came too late, how things stand."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler.letters import LEASE, OutboxStatus, Recovered, State, Trouble
from scheduler.outbox import FREE
from storage.models import OutgoingMessage as Row

# A private message whose fate is unknown is sent again, but not for ever: after these, a human.
PAUSES_WHEN_UNSURE = (timedelta(0), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
TROUBLES_SHOWN = 200


async def recover(session: AsyncSession, *, now: datetime) -> Recovered:
    """Takes over what a sender that died, or hangs, had claimed."""
    # A lease too far ahead was taken before the clock went back.
    left_behind = (Row.lease_until <= now) | (Row.lease_until > now + 2 * LEASE)
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


async def _count(session: AsyncSession, which: ColumnElement[bool], values: dict[str, Any]) -> int:
    changed = update(Row).where(which).values(values).returning(Row.id)
    quiet = changed.execution_options(synchronize_session=False)
    return len((await session.execute(quiet)).all())
