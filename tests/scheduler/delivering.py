"""A whole sender for tests: real outbox, real ExtBot, a faked wire, and time moved by hand."""

from dataclasses import dataclass
from math import ceil

from knowledge.programme.values import Programme
from scheduler.courier import Courier, Render
from scheduler.crash_points import At, nowhere
from scheduler.delivery import Bot, PacedLimiter, close, make_bot
from scheduler.hours import Hours
from scheduler.leadership import Leadership
from scheduler.outbox import OnSent
from scheduler.pacing import Pacer
from scheduler.rendering import LoadProgrammes, Renderer
from scheduler.tick import Tick
from storage.database import Sessions
from tests.cast import PROGRAMME, Clock
from tests.wire import RecordingRequest

TOKEN = "1:test"


class Seconds:
    """The monotonic side of a clock; sleeping moves both."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self) -> float:
        return 1_000 + self._clock.elapsed

    async def sleep(self, seconds: float) -> None:
        """Never shorter than asked, as a real one: the clock counts whole microseconds."""
        self._clock.advance(microseconds=ceil(seconds * 1e6))


@dataclass
class Sender:
    tick: Tick
    courier: Courier
    pacer: Pacer
    wire: RecordingRequest
    leadership: Leadership
    bot: Bot

    async def close(self) -> None:
        await close(self.bot)


def make_sender(
    sessions: Sessions,
    clock: Clock,
    wire: RecordingRequest | None = None,
    *,
    owner: str = "first",
    programmes: tuple[Programme, ...] = (PROGRAMME,),
    load: LoadProgrammes | None = None,
    in_flight: int = 1,
    at: At = nowhere,
    on_sent: OnSent | None = None,
    render: Render | None = None,
    base_url: str = "",
) -> Sender:
    """With `base_url` a real HTTP client instead of the faked wire."""
    seconds = Seconds(clock)
    pacer = Pacer(seconds, seconds.sleep)
    wire = wire or RecordingRequest()
    request = None if base_url else wire
    bot = make_bot(TOKEN, base_url, limiter=PacedLimiter(pacer), request=request)
    leadership = Leadership(sessions, owner, clock=clock, monotonic=seconds, at=at)

    async def load_programmes() -> tuple[Programme, ...]:
        return programmes

    load = load or load_programmes
    courier = Courier(
        sessions,
        bot,
        pacer=pacer,
        render=render or Renderer(sessions, load, hours=Hours()),
        clock=clock,
        leadership=leadership,
        owner=owner,
        in_flight=in_flight,
        at=at,
        on_sent=on_sent,
    )
    tick = Tick(sessions, courier, load, hours=Hours(), at=at)
    return Sender(tick, courier, pacer, wire, leadership, bot)
