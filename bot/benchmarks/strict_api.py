"""A Telegram that takes 30 messages in any one second: the judge, and a server around it."""

import asyncio
import json
import multiprocessing
import random
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

LIMIT = 30
JITTER = 0.060  # seconds: how much later than others a request may arrive
LATENCY = (0.030, 0.090)  # until the reply
GRACE = JITTER + LATENCY[1]  # what is on its way when a 429 is answered
HALT = 5  # seconds


@dataclass
class Traffic:
    """What arrived, by the clock of the server."""

    accepted: int = 0
    first: float = 0.0
    last: float = 0.0
    refused: int = 0
    during_halts: int = 0
    most_in_a_second: int = 0  # refused ones included

    @property
    def rate(self) -> float:
        return (self.accepted - 1) / (self.last - self.first) if self.accepted > 1 else 0.0


@dataclass
class Judge:
    """`halt_at`: this message is answered with 429 although there were not too many."""

    clock: Callable[[], float]
    halt_at: int = 0
    traffic: Traffic = field(default_factory=Traffic)
    _offered: int = 0
    _accepted: deque[float] = field(default_factory=deque)
    _window: deque[float] = field(default_factory=deque)
    _halted: tuple[float, float] = 0.0, 0.0

    async def take(self) -> tuple[int, dict[str, Any]]:
        await asyncio.sleep(random.uniform(0, JITTER))
        pause = self._judge(self.clock())
        await asyncio.sleep(random.uniform(*LATENCY))
        if pause:
            self._halted = self.clock() + GRACE, self.clock() + pause
            text = f"Too Many Requests: retry after {pause}"
            return 429, {"ok": False, "description": text, "parameters": {"retry_after": pause}}
        message = {"message_id": self._offered, "date": 0, "text": "x"}
        return 200, {"ok": True, "result": message | {"chat": {"id": 1, "type": "private"}}}

    def _judge(self, now: float) -> int:
        """0, or for how many seconds to be silent."""
        traffic = self.traffic
        self._offered += 1
        for second in (self._window, self._accepted):
            while second and second[0] <= now - 1:
                second.popleft()
        self._window.append(now)
        traffic.most_in_a_second = max(traffic.most_in_a_second, len(self._window))
        traffic.during_halts += self._halted[0] < now < self._halted[1]
        if self._offered == self.halt_at or len(self._accepted) >= LIMIT:
            traffic.refused += 1
            return HALT if self._offered == self.halt_at else 1
        self._accepted.append(now)
        traffic.accepted += 1
        traffic.first, traffic.last = traffic.first or now, now
        return 0


async def serve(pipe: Connection, judge: Judge) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await reader.readexactly(_length(head))
                status, answer = await judge.take()
                body = json.dumps(answer).encode()
                writer.write(f"HTTP/1.1 {status} -\r\nContent-Length: {len(body)}\r\n\r\n".encode())
                writer.write(body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    await asyncio.to_thread(pipe.recv)
    pipe.send(judge.traffic)


def _length(head: bytes) -> int:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def _run(pipe: Connection, halt_at: int) -> None:
    asyncio.run(serve(pipe, Judge(time.monotonic, halt_at)))


@dataclass
class Running:
    url: str
    _pipe: Connection

    def stop(self) -> Traffic:
        self._pipe.send("stop")
        traffic: Traffic = self._pipe.recv()
        return traffic


@contextmanager
def strict_api(halt_at: int = 0) -> Iterator[Running]:
    """In a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, halt_at), daemon=True)
    process.start()
    try:
        yield Running(f"http://127.0.0.1:{ours.recv()}", ours)
    finally:
        process.terminate()
        process.join()
