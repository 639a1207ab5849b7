"""A taste of the soaks: what `make soak` does for minutes, for a second or two."""

from tests.databases import NewDatabase
from tests.soak.hostile import try_updates
from tests.soak.replay import try_replays


def test_hostile_updates_find_nothing(new_sqlite: NewDatabase) -> None:
    outcome = try_updates(new_sqlite, 200, 7)

    assert (outcome.updates, outcome.first) == (200, {})
    assert outcome.is_sound


def test_what_comes_again_has_no_second_effect(new_sqlite: NewDatabase) -> None:
    outcome = try_replays(new_sqlite, updates=300, presses=60, number=7)

    assert (outcome.updates, outcome.presses, outcome.doubled) == (300, 60, [])
