"""The demonstration's clock outlives the process and never goes back."""

from datetime import date, datetime, timedelta

import pytest

from bot.clock import DemoClock
from bot.demo_time import KEPT, START, kept_clock, next_deadline
from bot.refusal import Refused
from storage import remembered
from storage.database import Sessions
from tests.cast import PROGRAMME
from tests.databases import Database

STOOD = START + timedelta(days=3)


@pytest.fixture
async def sessions(sqlite: Database) -> Sessions:
    async with sqlite.sessions.begin() as session:
        await remembered.put(session, KEPT, STOOD.isoformat())
    return sqlite.sessions


def is_at(clock: DemoClock, moment: datetime) -> bool:
    """It flows: a little later than the moment is right."""
    return timedelta(0) <= clock.now() - moment < timedelta(minutes=1)


async def test_first_start_is_the_agreed_morning(sqlite: Database) -> None:
    assert START.isoformat() == "2015-09-17T08:00:00+08:00"
    assert is_at(await kept_clock(sqlite.sessions, None), START)


async def test_first_start_may_be_another_moment(sqlite: Database) -> None:
    wanted = START + timedelta(days=30)

    assert is_at(await kept_clock(sqlite.sessions, wanted), wanted)


async def test_later_start_goes_on_from_where_it_stood(sessions: Sessions) -> None:
    assert is_at(await kept_clock(sessions, None), STOOD)


async def test_wish_to_go_back_is_refused(sessions: Sessions) -> None:
    with pytest.raises(Refused, match="make fresh"):
        await kept_clock(sessions, START)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2015, 9, 17), date(2015, 9, 18)),
        (date(2015, 9, 18), date(2015, 9, 20)),
        (date(2015, 9, 24), date(2015, 9, 30)),
        (date(2015, 10, 31), None),
    ],
)
def test_next_deadline_is_that_of_any_role(today: date, expected: date | None) -> None:
    assert next_deadline([PROGRAMME], today) == expected
