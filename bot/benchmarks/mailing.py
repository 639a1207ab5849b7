"""`yanxiu bench mailing`: how much of 30 messages a second goes out, beside the stock limiter."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.benchmarks.strict_api import LIMIT, Traffic, strict_api
from scheduler import outbox, outbox_upkeep
from scheduler.courier import Courier
from scheduler.delivery import Bot, PacedLimiter, close, make_bot
from scheduler.leadership import Leadership
from scheduler.letters import WAITING, Letter, NewLetter, Text
from scheduler.pacing import Pacer
from storage.database import Sessions, make_engine, make_sessions, upgrade

TOKEN = "1:bench"
RIVAL_SENDS = 300  # ten seconds, with the start that matters
HANDED_OVER = 120
HALTED = 90


@dataclass(frozen=True, slots=True)
class Row:
    who: str
    wanted: int
    traffic: Traffic
    lost: int = 0

    def __str__(self) -> str:
        got = self.traffic
        return (
            f"{self.who:34}{self.wanted:8}{got.rate:8.2f}{got.rate / LIMIT:8.3f}"
            f"{got.refused:7}{got.most_in_a_second:9}{got.during_halts:9}{self.lost:7}"
        )


HEAD = f"{'':34}{'sends':>8}{'per s':>8}{'of 30':>8}{'429s':>7}{'most/1 s':>9}{'in halt':>9}{'lost':>7}"


def measured(sends: int) -> Iterator[Row | str]:
    yield asyncio.run(ours("yanxiu", sends))
    yield asyncio.run(ours("yanxiu, handed over halfway", HANDED_OVER, senders=2))
    yield asyncio.run(ours("yanxiu, a 429 halfway", HALTED, halt_at=HALTED // 2))
    if find_spec("aiolimiter") is None:
        yield "python-telegram-bot AIORateLimiter: not installed (aiolimiter)"
        return
    for retries in (0, 5):
        yield asyncio.run(stock(f"AIORateLimiter(max_retries={retries})", retries))


async def ours(who: str, sends: int, *, senders: int = 1, halt_at: int = 0) -> Row:
    """The whole way: rows on disk, leases, intents, python-telegram-bot, real HTTP."""
    with tempfile.TemporaryDirectory() as folder, strict_api(halt_at) as api:
        async with opened(Path(folder)) as sessions:
            await fill(sessions, sends)
            for number in range(senders):
                bot, courier = make_courier(sessions, api.url, f"sender-{number}")
                last = number == senders - 1
                await deliver(courier, sessions, until=0 if last else sends - sends // senders)
                await close(bot)
            left = await waiting(sessions)
        return Row(who, sends, api.stop(), left)


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Sessions]:
    engine = make_engine(f"sqlite+aiosqlite:///{folder}/bench.db")
    await upgrade(engine)
    try:
        yield make_sessions(engine)
    finally:
        await engine.dispose()


async def fill(sessions: Sessions, sends: int) -> None:
    now = clock()
    for start in range(0, sends, outbox.CHUNK):
        letters = [
            NewLetter(
                key=f"bench:{number}",
                kind="note",
                not_before=now,
                expires_at=now + timedelta(days=1),
                chat_id=number,
            )
            for number in range(start + 1, min(start + outbox.CHUNK, sends) + 1)
        ]
        async with sessions.begin() as session:
            await outbox.add(session, letters, now=now)


def make_courier(sessions: Sessions, url: str, owner: str) -> tuple[Bot, Courier]:
    pacer = Pacer(time.monotonic, asyncio.sleep)
    bot = make_bot(TOKEN, url, limiter=PacedLimiter(pacer))
    leadership = Leadership(sessions, owner, clock=clock, monotonic=time.monotonic)
    courier = Courier(
        sessions,
        bot,
        pacer=pacer,
        render=hello,
        clock=clock,
        leadership=leadership,
        owner=owner,
    )
    return bot, courier


async def hello(_letter: Letter, _now: datetime) -> Text:
    return Text("今天有一项任务截止。")


def clock() -> datetime:
    return datetime.now(UTC)


async def deliver(courier: Courier, sessions: Sessions, *, until: int) -> None:
    """As the ticks do, until so many are left; the courier stops and hands over."""
    while await waiting(sessions) > until:
        work = asyncio.create_task(courier.deliver_due())
        while not work.done() and (until == 0 or await waiting(sessions) > until):
            await asyncio.sleep(0.2)
        if not work.done():
            break
        await work
    await courier.stop()


async def waiting(sessions: Sessions) -> int:
    async with sessions() as session:
        counts = await outbox_upkeep.counts(session, "bench:")
    return sum(counts.get(state, 0) for state in WAITING)


async def stock(who: str, retries: int) -> Row:
    """python-telegram-bot's own limiter, told to write to everybody at once, as its users do."""
    with strict_api() as api:
        request = HTTPXRequest(connection_pool_size=64, pool_timeout=120, read_timeout=60)
        limiter = AIORateLimiter(max_retries=retries)
        bot = ExtBot(
            TOKEN,
            base_url=f"{api.url}/bot",
            request=request,
            get_updates_request=request,
            rate_limiter=limiter,
        )
        sent = [
            bot.send_message(chat, "今天有一项任务截止。") for chat in range(1, RIVAL_SENDS + 1)
        ]
        ends = await asyncio.gather(*sent, return_exceptions=True)
        lost = sum(isinstance(end, RetryAfter) for end in ends)
        await request.shutdown()
        return Row(who, RIVAL_SENDS, api.stop(), lost)
