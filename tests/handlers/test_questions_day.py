"""A day of questions in small; tests/soak/questions_day.py replays a thousand."""

import random
from datetime import timedelta

from tests.databases import Database
from tests.soak.questions_day import a_day


async def test_no_question_is_lost_and_none_is_held_by_two(sqlite: Database) -> None:
    outcome = await a_day(sqlite.sessions, 14, 3, 10, random.Random(5), step=timedelta(hours=3))

    assert outcome.is_sound, outcome.report
    assert outcome.answered + outcome.escalated > 0
