"""How fast we may write: absolute slots, and a last gate that keeps any second within the limit."""

from collections import deque
from collections.abc import Awaitable, Callable

LIMIT = 30  # what Telegram takes in any one second
PER_SECOND = 28.0  # LIMIT in 1.07 seconds: jitter of 70 ms cannot put one more into a second
SLOWEST = 1.0
CHAT_GAP = 1.0
GROUP_GAP = 60 / 18
AFTER_A_START = 1.1  # whoever sent before us may have filled the second that runs
AFTER_A_HALT = 0.1
MAY_CATCH_UP = 0.1  # seconds of slots that went by while all of us were busy
SLOWER, FASTER = 0.7, 0.5  # times at a 429; plus per minute without one
MANY = 2_000

Monotonic = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]


class Pacer:
    """Slots on one monotonic clock for everything that one token sends."""

    def __init__(
        self,
        monotonic: Monotonic,
        sleep: Sleep,
        *,
        rate: float = PER_SECOND,
        longest_gap: float = GROUP_GAP,
    ) -> None:
        """`longest_gap`: between messages to one chat, where Telegram's own need not be kept."""
        self._monotonic, self._sleep = monotonic, sleep
        self._longest_gap = longest_gap
        self._fastest = self._rate = rate
        self._rate_since = monotonic()
        self._next = monotonic() + AFTER_A_START
        self._next_in: dict[int | str, float] = {}
        self._halted_until = 0.0
        self._released: deque[float] = deque(maxlen=_burst(rate))

    @property
    def rate(self) -> float:
        """Messages per second at present: falls with every 429, recovers by the minute."""
        minutes = max(0, int((self._monotonic() - self._rate_since) // 60))
        return min(self._fastest, self._rate + FASTER * minutes)

    @property
    def halted_for(self) -> float:
        """Seconds during which nothing may be sent at all; 0 when we may."""
        return max(0.0, self._halted_until - self._monotonic())

    def halt(self, seconds: float) -> None:
        """Telegram said 429: everything stops, and goes on more slowly."""
        slower = max(SLOWEST, self.rate * SLOWER)
        if not self.halted_for:  # those on the wire together are one lesson, not eight
            self._rate, self._rate_since = slower, self._monotonic() + seconds
        self._halted_until = max(self._halted_until, self._monotonic() + seconds + AFTER_A_HALT)
        self._next = max(self._next, self._halted_until)

    def start_over(self) -> None:
        """Another process may have been sending until just now."""
        self._next = max(self._next, self._monotonic() + AFTER_A_START)

    async def reply(self, chat: int | str) -> None:
        """An answer to somebody who waits: it goes first, in no slot, but never during a halt; mail
        to others makes room for it."""
        while halted := self.halted_for:
            await self._sleep(halted)
        now = self._monotonic()
        free_again = max(now, self._next_in.get(chat, 0.0))
        self._book(chat, now)
        self._next_in[chat] = free_again + self._gap(chat)
        self._released.append(now)

    async def wait(self, chat: int | str) -> None:
        """Returns in this chat's next slot, never during a halt."""
        while not await self.slot(chat):
            await self._sleep(self.halted_for)

    async def slot(self, chat: int | str) -> bool:
        """Waits for this chat's next slot; False as soon as a halt is in the way."""
        while not self.halted_for:
            now = self._monotonic()
            free_at = self._next_in.get(chat, 0.0)
            if free_at > now:
                await self._sleep(free_at - now)
                continue
            slot = self._book(chat, now)
            if slot > now:
                await self._sleep(slot - now)
            return not self.halted_for
        return False

    async def admit(self) -> None:
        """The last gate before the wire: slots that were used late must not bunch up."""
        while wait := max(self.halted_for, self._window_full_for()):
            await self._sleep(wait)
        self._released.append(self._monotonic())

    def _book(self, chat: int | str, now: float) -> float:
        slot = max(now - MAY_CATCH_UP, self._next)
        self._next = slot + 1 / self.rate
        if len(self._next_in) > MANY:
            self._next_in = {c: at for c, at in self._next_in.items() if at > now}
        self._next_in[chat] = max(now, slot) + self._gap(chat)
        return slot

    def _gap(self, chat: int | str) -> float:
        is_private = isinstance(chat, int) and chat > 0
        return min(self._longest_gap, CHAT_GAP if is_private else GROUP_GAP)

    def _window_full_for(self) -> float:
        rate = self.rate
        burst = _burst(rate)
        if len(self._released) < burst:
            return 0.0
        return max(0.0, self._released[-burst] + burst / rate - self._monotonic())


def _burst(rate: float) -> int:
    """How many may leave within burst / rate seconds: LIMIT at full speed, fewer at less."""
    return max(1, round(rate * LIMIT / PER_SECOND))
