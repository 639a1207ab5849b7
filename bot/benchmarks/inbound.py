"""`yanxiu bench inbound`: updates a second, and what is lost of those that were acknowledged."""

import asyncio
import json
import multiprocessing
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.benchmarks.inbound_servers import SECRET, SERVERS, run
from storage import remembered
from storage.database import make_engine, make_sessions, upgrade
from web.webhook import PATH

AT_ONCE = 16
WARM_UP = 50
HEAD = f"{'':46}{'updates/s':>10}{'p99 ms':>8}{'acknowledged':>14}{'kept':>7}{'lost':>6}"


@dataclass
class Load:
    acknowledged: set[int] = field(default_factory=set)
    took: list[float] = field(default_factory=list)
    seconds: float = 0.0


def measured(updates: int) -> Iterator[str]:
    """Each server twice: how fast it is, and what a kill -9 in the middle leaves."""
    for name in SERVERS:
        with server(name) as (_, port, url):
            asyncio.run(loaded(port, range(1, WARM_UP + 1)))
            fast = asyncio.run(loaded(port, range(WARM_UP + 1, WARM_UP + updates + 1)))
        with server(name) as (process, port, url):
            asyncio.run(loaded(port, range(1, WARM_UP + 1)))
            many = range(WARM_UP + 1, WARM_UP + updates + 1)
            killed = asyncio.run(loaded(port, many, kill=process, after=updates // 2))
            kept = asyncio.run(kept_of(url, killed.acknowledged))
        p99 = 1000 * sorted(fast.took)[int(len(fast.took) * 0.99)]
        rate = len(fast.acknowledged) / fast.seconds
        said = len(killed.acknowledged)
        yield f"{name:46}{rate:10.0f}{p99:8.0f}{said:14}{kept:7}{said - kept:6}"


@contextmanager
def server(name: str) -> Iterator[tuple[BaseProcess, int, str]]:
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as bound:
        url = f"sqlite+aiosqlite:///{Path(folder)}/inbound.db"
        asyncio.run(prepared(url))
        spawn = multiprocessing.get_context("spawn")
        process = spawn.Process(target=run, args=(name, url, bound), daemon=True)
        process.start()
        try:
            yield process, bound.getsockname()[1], url
        finally:
            process.kill()
            process.join()


async def prepared(url: str) -> None:
    engine = make_engine(url)
    await upgrade(engine)
    await engine.dispose()


async def loaded(
    port: int, numbers: range, *, kill: BaseProcess | None = None, after: int = 0
) -> Load:
    """Sixteen connections, an update at a time each. `kill`: once so many are acknowledged."""
    load, left, start = Load(), iter(numbers), time.perf_counter()

    async def bring() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            for number in left:
                asked = time.perf_counter()
                writer.write(request(number))
                head = await reader.readuntil(b"\r\n\r\n")
                await reader.readexactly(_length(head))
                if b" 200 " in head.split(b"\r\n")[0]:
                    load.acknowledged.add(number)
                load.took.append(time.perf_counter() - asked)
                if kill and len(load.acknowledged) >= after:
                    kill.kill()
        finally:
            writer.close()

    with suppress(OSError, asyncio.IncompleteReadError):
        await asyncio.gather(*(bring() for _ in range(AT_ONCE)), return_exceptions=bool(kill))
    load.seconds = time.perf_counter() - start
    return load


def request(number: int) -> bytes:
    sender = {"id": number % 500 + 1, "is_bot": False, "first_name": "老师"}
    message = {
        "message_id": number,
        "date": 1_442_448_000,
        "chat": {"id": sender["id"], "type": "private"},
        "from": sender,
        "text": "报到是几号？",
    }
    body = json.dumps({"update_id": number, "message": message}).encode()
    head = (
        f"POST {PATH} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
        f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


async def kept_of(url: str, numbers: set[int]) -> int:
    engine = make_engine(url)
    async with make_sessions(engine)() as session:
        kept = [await remembered.get(session, f"update:{number}") for number in numbers]
    await engine.dispose()
    return sum(one is not None for one in kept)
