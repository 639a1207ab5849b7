"""A sender in a process of its own, to be killed. Started by `doomed`, which forks cheaply."""

import asyncio
import os
from datetime import datetime
from itertools import count
from multiprocessing.context import ForkServerProcess

from sqlalchemy import event

from storage.database import upgrade
from tests.cast import Clock
from tests.databases import opened
from tests.forks import forks
from tests.scheduler.delivering import make_sender

EXIT = 137
NEVER = "never"


def doomed(
    database_url: str, witness_url: str, now: datetime, *, place: str = NEVER, in_flight: int = 1
) -> ForkServerProcess:
    """Runs one tick at `now`, and dies without a word when it first comes to `place`."""
    process = forks().Process(target=run, args=(database_url, witness_url, now, place, in_flight))
    process.start()
    return process


def doomed_migration(database_url: str, statement: int) -> ForkServerProcess:
    """Dies before this statement of an upgrade."""
    process = forks().Process(target=migrate, args=(database_url, statement))
    process.start()
    return process


def migrate(database_url: str, statement: int) -> None:
    database, numbers = opened(database_url), count(1)

    def die(*_: object) -> None:
        if next(numbers) == statement:
            os._exit(EXIT)

    event.listen(database.engine.sync_engine, "before_cursor_execute", die)
    asyncio.run(upgrade(database.engine))


def run(database_url: str, witness_url: str, now: datetime, place: str, in_flight: int) -> None:
    asyncio.run(tick_once(database_url, witness_url, now, place, in_flight))


async def tick_once(
    database_url: str, witness_url: str, now: datetime, place: str, in_flight: int
) -> None:
    def at(where: str) -> None:
        if where == place:
            os._exit(EXIT)

    database, clock = opened(database_url), Clock(now)
    sender = make_sender(
        database.sessions,
        clock,
        owner=f"pid-{os.getpid()}",
        in_flight=in_flight,
        at=at,
        base_url=witness_url,
    )
    await sender.tick.run(now)
    await sender.close()
    await database.engine.dispose()
