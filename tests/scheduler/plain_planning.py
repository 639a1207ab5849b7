"""Which digests there should be, person by person, to compare the planner's statements with."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.programme.values import Programme
from scheduler.hours import Hours
from scheduler.items import NOTHING_DONE, Done, items_for
from storage.roster import Recipient

A_DAY = timedelta(days=1)
NO_DEADLINE = 10


@dataclass(frozen=True, order=True)
class Planned:
    key: str
    priority: int
    not_before: datetime
    expires_at: datetime


def planned_digests(
    programmes: Sequence[Programme],
    people: Iterable[Recipient],
    now: datetime,
    *,
    hours: Hours | None = None,
    done: Done = NOTHING_DONE,
    besides: Collection[int] = (),
) -> list[Planned]:
    """`besides`: who hears of something today that is no deadline."""
    hours = hours or Hours()
    today = hours.day_of(now)
    found = []
    for person in people:
        for day in (today + n * A_DAY for n in range(-2, 4)):
            items = items_for(programmes, person, day, done=done)
            opens, closes = hours.of(person).window(day)
            near = now - A_DAY <= opens <= now + 2 * A_DAY
            owed = person.chat_since is None or person.chat_since < closes
            speaks = items or (day == today and person.id in besides)
            if person.can_be_written_to and near and owed and speaks:
                urgency = min([NO_DEADLINE, *(item.urgency(day) for item in items)])
                key = f"digest:{person.id}:{day}"
                found.append(Planned(key, 100 + urgency, opens, closes))
    return sorted(found)
