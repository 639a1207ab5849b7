"""The one clock: everything below bot/ gets the time as an argument."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, aware."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class DemoClock:
    """Starts at a given moment and flows; can be moved forward, never back."""

    def __init__(self, start: datetime, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._elapsed = elapsed
        self._moment = start.astimezone(UTC)
        self._since = elapsed()

    def now(self) -> datetime:
        return self._moment + timedelta(seconds=self._elapsed() - self._since)

    def move_to(self, moment: datetime) -> None:
        """A moment that has passed already changes nothing."""
        self._moment, self._since = max(self.now(), moment.astimezone(UTC)), self._elapsed()
