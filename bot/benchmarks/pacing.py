"""The limiters alone, ours and the stock one, where waiting costs no time."""

import asyncio
import json
import logging
import random
import selectors
from collections.abc import Coroutine, Iterator
from typing import Any, TypeVar

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.benchmarks.strict_api import Judge, Traffic
from scheduler.delivery import IN_FLIGHT, PacedLimiter, SlowDown, make_bot, send
from scheduler.letters import Text
from scheduler.pacing import Pacer

TOKEN = "1:bench"
WRITING = (0.001, 0.010)  # seconds for an intent or a receipt on disk
A_MOMENT = 1e-6  # even for those who do not wait, or rounding could hold the clock still
HELLO = "今天有一项任务截止。"


class FastForward(asyncio.SelectorEventLoop):
    """Its clock jumps to the next one who wakes: nothing here waits for anything real."""

    def __init__(self) -> None:
        super().__init__(_Jumping(self))
        self.now = 1_000.0

    def time(self) -> float:
        return self.now


class _Jumping(selectors.SelectSelector):
    def __init__(self, loop: FastForward) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        self._loop.now += max(timeout or 0.0, A_MOMENT)
        return super().select(0)


class Wire(BaseRequest):
    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    @property
    def read_timeout(self) -> float | None:
        return 20

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
        status, answer = await self._judge.take()
        return status, json.dumps(answer).encode()


T = TypeVar("T")


def fast(work: Coroutine[Any, Any, T]) -> T:
    with asyncio.Runner(loop_factory=FastForward) as runner:
        return runner.run(work)


async def ours(sends: int, *, senders: int = 1, halt_at: int = 0) -> Traffic:
    """As the courier does: a slot, the intent, the wire, the receipt; eight in flight. Several
    senders follow each other at once, each with a pacer that knows nothing of the one before."""
    clock = asyncio.get_running_loop().time
    judge = Judge(clock, halt_at)
    for _ in range(senders):
        pacer = Pacer(clock, asyncio.sleep)
        bot = make_bot(TOKEN, limiter=PacedLimiter(pacer), request=Wire(judge))
        left = iter(range(1, sends // senders + 1))
        await asyncio.gather(*(_worker(bot, pacer, left) for _ in range(IN_FLIGHT)))
    return judge.traffic


async def _worker(bot: Any, pacer: Pacer, left: Iterator[int]) -> None:
    for chat in left:
        while True:
            await pacer.wait(chat)
            await asyncio.sleep(random.uniform(*WRITING))
            outcome = await send(bot, chat, Text(HELLO))
            await asyncio.sleep(random.uniform(*WRITING))
            if not isinstance(outcome, SlowDown):
                break


async def stock(sends: int, retries: int) -> tuple[Traffic, int]:
    """python-telegram-bot's own limiter, told to write to everybody at once, as its users do."""
    logging.getLogger("telegram.ext").setLevel(logging.CRITICAL)  # a page for every refusal
    judge = Judge(asyncio.get_running_loop().time)
    wire = Wire(judge)
    limiter = AIORateLimiter(max_retries=retries)
    bot = ExtBot(TOKEN, request=wire, get_updates_request=wire, rate_limiter=limiter)
    sent = [bot.send_message(chat, HELLO) for chat in range(1, sends + 1)]
    ends = await asyncio.gather(*sent, return_exceptions=True)
    return judge.traffic, sum(isinstance(end, RetryAfter) for end in ends)
