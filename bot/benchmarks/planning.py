"""`yanxiu bench mailing`: planning for a large roster, then writing to all of it."""

import asyncio
import gc
import json
import resource
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from telegram.request import BaseRequest, RequestData

from bot.refusal import Refused
from knowledge.programme.values import Programme, Stage, Task
from knowledge.sources import Source
from scheduler.courier import Courier
from scheduler.delivery import PacedLimiter, make_bot
from scheduler.hours import SHANGHAI, Hours
from scheduler.leadership import Leadership
from scheduler.letters import State
from scheduler.pacing import Pacer
from scheduler.rendering import Renderer
from scheduler.tick import Tick
from storage import crowds
from storage.database import Sessions, make_engine, make_sessions, upgrade

NOW = datetime(2015, 9, 17, 8, 0, tzinfo=SHANGHAI)
ROLE = "学员"
TOMORROW = NOW.date() + timedelta(days=1)
STAGE = Stage(
    name="第一阶段",
    starts=date(2015, 9, 1),
    ends=date(2015, 9, 30),
    when="9月1日-9月30日",
    tasks=(Task("note", ROLE, 1, "读书笔记", "写一篇读书笔记。", due=TOMORROW),),
)
PROGRAMME = Programme("bench", "一次大规模研修", Source(title="安排"), (STAGE,))
DIGESTS_EACH = 3  # three days before, the day before, on the day
EVERY = 0.005  # seconds between two looks at the event loop
AS_FAST_AS_IT_GOES = 5_000.0


@dataclass
class Watch:
    """Time and memory of a piece of work, and how late the event loop came round meanwhile."""

    seconds: float = 0.0
    grown_mb: float = 0.0  # of the largest size the process ever had
    late: list[float] = field(default_factory=list)

    @property
    def p99_ms(self) -> float:
        return 1000 * sorted(self.late)[int(len(self.late) * 0.99)] if self.late else 0.0

    @property
    def loop(self) -> str:
        return f"event loop late by p99 {self.p99_ms:.0f} ms, memory +{self.grown_mb:.0f} MB"


@asynccontextmanager
async def watched() -> AsyncIterator[Watch]:
    watch, before, start = Watch(), _size_mb(), time.perf_counter()
    looking = asyncio.create_task(_look(watch.late))
    try:
        yield watch
    finally:
        looking.cancel()
        watch.seconds, watch.grown_mb = time.perf_counter() - start, _size_mb() - before


async def _look(late: list[float]) -> None:
    while True:
        asked = time.perf_counter()
        await asyncio.sleep(EVERY)
        late.append(time.perf_counter() - asked - EVERY)


def _size_mb() -> float:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


class Accepts(BaseRequest):
    """Delivery stubbed at the wire: everything is accepted at once."""

    read_timeout = 20.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        chat = {"id": 1, "type": "private"}
        message = {"message_id": 1, "date": 0, "text": "x", "chat": chat}
        return 200, json.dumps({"ok": True, "result": message}).encode()


async def measured(url: str, digests: int, *, deliver: bool) -> AsyncIterator[str]:
    """Line by line, in the empty database at `url`."""
    engine = make_engine(url)
    try:
        await upgrade(engine)
        sessions = make_sessions(engine)
        people = -(-digests // DIGESTS_EACH)
        await _enroll(sessions, people)
        gc.collect()
        gc.freeze()  # as `yanxiu run` does when it is ready
        for what in ("plan", "plan again"):
            async with watched() as watch:
                planned = await _tick(sessions, []).plan(NOW)
            took = f"{planned} digests of {people} people, {watch.seconds:.1f} s"
            yield f"{what}: {took}; {watch.loop}"
        if deliver:
            async with watched() as watch:
                sent = await _deliver_all(sessions)
            rate = sent / watch.seconds
            yield f"write to all: {sent} sent, {rate:.0f} per second; {watch.loop}"
    finally:
        await engine.dispose()


def told(url: str, digests: int, *, deliver: bool) -> Iterator[str]:
    """Each line as soon as it is known."""
    with asyncio.Runner() as runner:
        lines = aiter(measured(url, digests, deliver=deliver))
        while line := runner.run(_next(lines)):
            yield line


async def _next(lines: AsyncIterator[str]) -> str:
    return await anext(lines, "")


async def _enroll(sessions: Sessions, people: int) -> None:
    async with sessions.begin() as session:
        if not await crowds.is_empty(session):
            raise Refused("这个数据库里已经有人员或消息，请给一个空的")
        await crowds.enroll_many(session, people, PROGRAMME.code, ROLE)


async def _deliver_all(sessions: Sessions) -> int:
    """All that is due in the course of the three days."""
    sent, now = 0, NOW
    for _ in range(DIGESTS_EACH + 1):
        courier = _courier(sessions, now)
        done = await _tick(sessions, [courier]).deliver()
        sent += done[State.SENT]
        await courier.stop()
        now += timedelta(days=1)
    return sent


def _courier(sessions: Sessions, now: datetime) -> Courier:
    pacer = Pacer(time.monotonic, asyncio.sleep, rate=AS_FAST_AS_IT_GOES)
    return Courier(
        sessions,
        make_bot("1:bench", limiter=PacedLimiter(pacer), request=Accepts()),
        pacer=pacer,
        render=Renderer(sessions, _programmes, hours=Hours()),
        clock=lambda: now,
        leadership=Leadership(sessions, "bench", clock=lambda: now, monotonic=time.monotonic),
        owner="bench",
    )


def _tick(sessions: Sessions, couriers: list[Courier]) -> Tick:
    return Tick(sessions, couriers, _programmes, hours=Hours())


async def _programmes() -> tuple[Programme, ...]:
    return ALL


ALL = (PROGRAMME,)
