"""Once a day what is no longer needed goes."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime

import structlog

from storage.database import Sessions
from storage.retention import tidy_daily

log = structlog.get_logger(__name__)


class Tidying:
    def __init__(self, sessions: Sessions, clock: Callable[[], datetime]) -> None:
        self._sessions, self._clock = sessions, clock
        self._day: date | None = None

    async def __call__(self) -> None:
        """As often as one likes; costs nothing but once a day."""
        now = self._clock()
        if now.date() == self._day:
            return
        async with self._sessions.begin() as session:
            gone = await tidy_daily(session, now)
        self._day = now.date()
        if gone:
            log.info("tidied", **asdict(gone))
