"""The one clock: everything below bot/ gets the time as an argument."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware."""

    def monotonic(self) -> float:
        """Seconds that only grow; they leap when the clock is moved."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()


class DemoClock:
    """Starts at a given moment and flows; can be moved forward, never back."""

    def __init__(self, start: datetime, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._moment = start.astimezone(UTC)
        self._since = elapsed()

    def now(self) -> datetime:
        return self._moment + timedelta(seconds=self._elapsed() - self._since)

    def monotonic(self) -> float:
        return self.now().timestamp()

    def move_to(self, moment: datetime) -> None:
        """A moment that has passed already changes nothing."""
        self._moment, self._since = max(self.now(), moment.astimezone(UTC)), self._elapsed()
