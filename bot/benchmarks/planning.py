"""`yanxiu bench mailing`: planning for a whole roster, then sending it all to a wire that is a stub."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from knowledge.programme.values import Programme, Stage, Task
from knowledge.sources import Source
from scheduler.hours import SHANGHAI

NOW = datetime(2015, 9, 17, 8, 0, tzinfo=SHANGHAI)
CODE = "bench"
PROGRAMME = Programme(
    code=CODE,
    title="一次大规模研修",
    source=Source(title="安排"),
    stages=(
        Stage(
            name="第一阶段",
            starts=date(2015, 9, 1),
            ends=date(2015, 9, 30),
            when="9月1日-9月30日",
            tasks=(
                Task(
                    code="note",
                    role="学员",
                    position=1,
                    title="读书笔记",
                    detail="写一篇读书笔记。",
                    due=NOW.date() + timedelta(days=1),
                ),
            ),
        ),
    ),
)
EVERY = 0.005  # seconds between two looks at the event loop


@dataclass
class Lag:
    """How much later than asked the event loop came round."""

    late: list[float] = field(default_factory=list)

    def share(self, part: float) -> float:
        return sorted(self.late)[int(len(self.late) * part)] if self.late else 0.0

    @asynccontextmanager
    async def watched(self) -> AsyncIterator[None]:
        watching = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        while True:
            asked = time.perf_counter()
            await asyncio.sleep(EVERY)
            self.late.append(time.perf_counter() - asked - EVERY)
