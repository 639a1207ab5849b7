"""The switchboard: what the bot's side and the page's side of the gateway share."""

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from gateway.errors import ApiError
from gateway.faults import Faults
from gateway.store import Store

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bot:
    id: int
    token: str
    name: str
    username: str

    def as_user(self) -> Json:
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.name,
            "username": self.username,
        }


class Bell:
    """Wakes everybody who waits; whoever wakes looks into the store for what is new."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def heard(self, seconds: float) -> None:
        """Returns at the next ring, or when the time is over."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await asyncio.wait([waiter], timeout=seconds)
        finally:
            self._waiting.discard(waiter)


@dataclass(slots=True)
class Poll:
    """The getUpdates call that is waiting: there is one per bot, a second one ends the first."""

    refusal: ApiError | None = None


@dataclass(frozen=True, slots=True)
class Hint:
    """Something the page shows and forgets, such as «is typing»."""

    number: int
    bot_id: int
    chat_id: int
    body: Json


@dataclass(slots=True)
class Exchange:
    """What several requests share; everything that must survive stands in the store."""

    store: Store
    now: Callable[[], datetime]
    bots: dict[str, Bot] = field(default_factory=dict)
    updates: Bell = field(default_factory=Bell)
    answers: Bell = field(default_factory=Bell)
    page: Bell = field(default_factory=Bell)
    polls: dict[int, Poll] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    hints: deque[Hint] = field(default_factory=lambda: deque(maxlen=100))
    hints_given: int = 0
    arrivals: deque[float] = field(default_factory=lambda: deque(maxlen=1000))
    closing: bool = False

    def date(self) -> int:
        return int(self.now().timestamp())

    def bot_of(self, bot_id: int) -> Bot | None:
        return next((bot for bot in self.bots.values() if bot.id == bot_id), None)

    def hint(self, bot_id: int, chat_id: int, body: Json) -> None:
        self.hints_given += 1
        self.hints.append(Hint(self.hints_given, bot_id, chat_id, body))
        self.page.ring()

    def hang_up(self) -> None:
        """End every stream and long poll, so that a server can stop at once."""
        self.closing = True
        for bell in (self.updates, self.answers, self.page):
            bell.ring()


async def awaited(
    exchange: Exchange, seconds: float, look: Callable[[], Json | None]
) -> Json | None:
    """What the bot answers to a press or a query; None if nothing comes in time."""
    deadline = time.monotonic() + seconds
    while (answer := look()) is None and not exchange.closing:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        await exchange.answers.heard(left)
    return answer
