"""One of two senders in a process of its own, where time runs faster: leases end in seconds."""

import asyncio
import logging
import time
from datetime import datetime, timedelta
from multiprocessing.context import ForkServerProcess

import structlog

from scheduler.courier import Courier
from scheduler.delivery import PacedLimiter, make_bot
from scheduler.hours import SHANGHAI, Hours
from scheduler.jobs import Jobs
from scheduler.leadership import Leadership
from scheduler.pacing import Pacer
from scheduler.rendering import Renderer
from scheduler.tick import Tick
from tests.databases import opened
from tests.forks import forks
from tests.soak.processes import TOKEN

SPEED = 4  # a lease of a minute lasts 15 seconds: more than a busy machine ever stands still
MORNING = datetime(2015, 9, 23, 8, 0, tzinfo=SHANGHAI)


class Lapse:
    """The same fast clock in all processes. Sleeping is as much shorter."""

    def __init__(self, start: float) -> None:
        self._start = start

    def __call__(self) -> datetime:
        return MORNING + timedelta(seconds=(time.time() - self._start) * SPEED)

    def monotonic(self) -> float:
        return time.monotonic() * SPEED

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / SPEED)


def started(database_url: str, gateway_url: str, owner: str, start: float) -> ForkServerProcess:
    process = forks().Process(target=run, args=(database_url, gateway_url, owner, start))
    process.start()
    return process


def run(database_url: str, gateway_url: str, owner: str, start: float) -> None:
    logging.disable(logging.WARNING)  # ticks that were skipped while one lasted
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(send_for_ever(database_url, gateway_url, owner, Lapse(start)))


async def send_for_ever(database_url: str, gateway_url: str, owner: str, clock: Lapse) -> None:
    sessions = opened(database_url).sessions
    pacer = Pacer(clock.monotonic, clock.sleep)
    courier = Courier(
        sessions,
        make_bot(TOKEN, gateway_url, limiter=PacedLimiter(pacer)),
        pacer=pacer,
        render=Renderer(sessions, no_programmes, hours=Hours()),
        clock=clock,
        leadership=Leadership(sessions, owner, clock=clock, monotonic=clock.monotonic),
        owner=owner,
    )
    tick = Tick(sessions, courier, no_programmes, hours=Hours())
    Jobs(tick, clock, every=timedelta(seconds=5 / SPEED)).start()
    await asyncio.Event().wait()


async def no_programmes() -> tuple[()]:
    return ()
