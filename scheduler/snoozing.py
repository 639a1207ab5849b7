"""A digest once more, later: when that can be, and the letter for it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from scheduler import outbox
from scheduler.hours import Hours
from scheduler.letters import NewLetter
from scheduler.rendering import SNOOZED
from storage.database import AnySession
from storage.roster import Recipient

IN_AN_HOUR, TONIGHT, TOMORROW = "h", "t", "m"
EVENING = time(20)
A_MOMENT = timedelta(minutes=30)  # tonight is no choice when it is evening already
PRIORITY = 60  # somebody asked for it, at this hour


def choices(now: datetime, hours: Hours) -> Mapping[str, datetime]:
    """`hours` are the person's own. Never in the night, never past the end of its day."""
    today = hours.day_of(now)
    evening, closes = hours.at(today, EVENING), hours.window(today)[1]
    found = {IN_AN_HOUR: hours.out_of_the_quiet(now + timedelta(hours=1))}
    if now + A_MOMENT < evening < closes and not hours.is_quiet(evening):
        found[TONIGHT] = evening
    found[TOMORROW] = hours.window(today + timedelta(days=1))[0]
    return found


async def snooze(
    session: AnySession,
    person: Recipient,
    day: date,
    choice: str,
    message_id: int,
    *,
    now: datetime,
    hours: Hours,
) -> datetime | None:
    """When it comes; None: there is no such choice now. Per message and choice once."""
    at = choices(now, hours).get(choice)
    if at is None:
        return None
    letter = NewLetter(
        key=f"snooze:{person.id}:{person.surface}:{message_id}:{choice}",
        kind=SNOOZED,
        person_id=person.id,
        not_before=at,
        expires_at=hours.window(hours.day_of(at))[1],
        data={"day": day.isoformat()},
        priority=PRIORITY,
    )
    await outbox.add(session, [letter], now=now)
    return at
