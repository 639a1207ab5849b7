"""The demo clock flows and goes forward only."""

from datetime import UTC, datetime, timedelta

from bot.clock import DemoClock, SystemClock

START = datetime(2015, 9, 17, tzinfo=UTC)


class Stopwatch:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_demo_clock_flows_with_real_time() -> None:
    watch = Stopwatch()
    clock = DemoClock(START, watch)

    watch.seconds += 90

    assert clock.now() == START + timedelta(seconds=90)


def test_demo_clock_is_moved_forward_and_flows_on() -> None:
    watch = Stopwatch()
    clock = DemoClock(START, watch)

    watch.seconds += 60
    clock.move_to(START + timedelta(days=1))
    watch.seconds += 5

    assert clock.now() == START + timedelta(days=1, seconds=5)


def test_demo_clock_is_never_moved_back() -> None:
    clock = DemoClock(START, Stopwatch())

    clock.move_to(START - timedelta(days=1))

    assert clock.now() == START


def test_every_clock_knows_its_time_zone() -> None:
    assert SystemClock().now().tzinfo is UTC
    assert DemoClock(START).now().tzinfo is UTC


def test_what_is_paced_by_a_clock_that_was_moved_need_not_wait_for_what_was_skipped() -> None:
    watch = Stopwatch()
    clock = DemoClock(START, watch)
    before = clock.monotonic()

    watch.seconds += 0.5
    assert clock.monotonic() - before == 0.5
    clock.move_to(START + timedelta(days=1))
    assert clock.monotonic() - before == timedelta(days=1).total_seconds()
