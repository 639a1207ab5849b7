"""One active sender among replicas: Telegram's limit is per token. Correctness needs none of this;
row leases and unique keys do that."""

from collections.abc import Callable
from datetime import datetime, timedelta

from scheduler.crash_points import At, nowhere
from scheduler.pacing import Monotonic
from storage import leases
from storage.database import Sessions
from storage.roster import TELEGRAM

LASTS = timedelta(seconds=20)
RENEW_AFTER = timedelta(seconds=7)


class Leadership:
    def __init__(
        self,
        sessions: Sessions,
        holder: str,
        *,
        surface: str = TELEGRAM,
        clock: Callable[[], datetime],
        monotonic: Monotonic,
        at: At = nowhere,
    ) -> None:
        self._sessions, self._holder, self._at = sessions, holder, at
        self._name = f"sender:{surface}"
        self._clock, self._monotonic = clock, monotonic
        self.term: int | None = None
        self._renewed = 0.0

    async def is_ours(self) -> bool:
        """Takes or renews the lease when it is time to. Asked before every message, costs nothing
        in between. Trust runs on the monotonic clock from before the renewal was written."""
        if self.term and self._age() < RENEW_AFTER:
            return True
        asked = self._monotonic()
        async with self._sessions.begin() as session:
            self.term = await leases.take_or_renew(
                session, self._name, self._holder, lasts=LASTS, now=self._clock()
            )
            self._at("renewing")
        self._renewed = asked
        return self.term is not None

    def is_trusted(self) -> bool:
        """Whether nobody else can have taken over: the last look before the wire."""
        return self.term is not None and self._age() < LASTS - timedelta(seconds=2)

    async def give_up(self) -> None:
        self.term = None
        async with self._sessions.begin() as session:
            await leases.give_back(session, self._name, self._holder, now=self._clock())

    def _age(self) -> timedelta:
        return timedelta(seconds=self._monotonic() - self._renewed)
