"""What waits in the outbox, when it will all be sent, and what is in trouble."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler import outbox_upkeep
from scheduler.hours import Hours
from scheduler.letters import Held, OutboxStatus
from scheduler.pacing import PER_SECOND
from storage import standing
from storage.database import AnySession
from storage.standing import LATELY, Reason, Waiting

LONGEST_LOOK = 60  # days
REASONS_OF = timedelta(days=7)
SLOWEST = 0.2  # letters per second; below that we have only just begun


@dataclass(frozen=True, slots=True)
class Outlook:
    status: OutboxStatus
    waiting: Waiting
    rate: float  # letters per second
    end: datetime | None  # None: nothing is due
    reasons: tuple[Reason, ...]
    held: tuple[Held, ...]


async def outlook(session: AnySession, *, now: datetime, hours: Hours) -> Outlook:
    waiting = await standing.waiting(session, now=now)
    measured = waiting.sent_lately / LATELY.total_seconds()
    rate = measured if waiting.due and measured > SLOWEST else PER_SECOND
    left = waiting.due + waiting.under_way
    return Outlook(
        status=await outbox_upkeep.status(session),
        waiting=waiting,
        rate=rate,
        end=expected_end(now, left, rate, hours) if left else None,
        reasons=tuple(await standing.reasons(session, since=now - REASONS_OF)),
        held=tuple(await outbox_upkeep.held(session)),
    )


def expected_end(now: datetime, letters: int, rate: float, hours: Hours) -> datetime:
    """Nights are not sent through."""
    left = timedelta(seconds=letters / rate)
    moment = hours.out_of_the_quiet(now)
    for _ in range(LONGEST_LOOK):
        pause = _next_pause(moment, hours)
        if pause is None or moment + left <= pause:
            break
        left -= pause - moment
        moment = hours.quiet_until(pause)
    return moment + left


def _next_pause(moment: datetime, hours: Hours) -> datetime | None:
    if hours.quiet.starts == hours.quiet.ends:
        return None
    today = hours.day_of(moment)
    at = hours.at(today, hours.quiet.starts)
    return at if at > moment else hours.at(today + timedelta(days=1), hours.quiet.starts)
