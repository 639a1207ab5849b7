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

from bot.benchmarks import pacing
from bot.benchmarks.pacing import HELLO, fast
from bot.benchmarks.strict_api import LIMIT, Traffic, strict_api
from scheduler import outbox, outbox_upkeep
from scheduler.courier import Courier
from scheduler.delivery import Bot, PacedLimiter, close, make_bot
from scheduler.leadership import Leadership
from scheduler.letters import WAITING, Letter, NewLetter, Text
from scheduler.pacing import Pacer
from storage.database import Sessions, make_engine, make_sessions, upgrade

TOKEN = pacing.TOKEN
RIVAL_SENDS = 300  # ten seconds, with the start that matters
HANDED_OVER, CHANGES = 3_000, 10
HALTED = 900


@dataclass(frozen=True, slots=True)
class Row:
    who: str
    wanted: int
    traffic: Traffic
    lost: int = 0

    def __str__(self) -> str:
        got = self.traffic
        return (
            f"{self.who:44}{self.wanted:7}{got.rate:7.2f}{got.rate / LIMIT:7.3f}"
            f"{got.refused:6}{got.most_in_a_second:9}{got.during_halts:8}{self.lost:6}"
        )


HEAD = (
    f"{'':44}{'sends':>7}{'per s':>7}{'of 30':>7}{'429s':>6}{'most/1s':>9}{'in 429':>8}{'lost':>6}"
)


def measured(sends: int, real: int) -> Iterator[Row | str]:
    """The limiters where waiting costs no time, then `real` sends by disk and HTTP."""
    yield Row("yanxiu", sends, fast(pacing.ours(sends)))
    handed = fast(pacing.ours(HANDED_OVER, senders=CHANGES))
    yield Row(f"yanxiu, {CHANGES} senders in turn", HANDED_OVER, handed)
    yield Row("yanxiu, a 429 halfway", HALTED, fast(pacing.ours(HALTED, halt_at=HALTED // 2)))
    if find_spec("aiolimiter"):
        yield Row("yanxiu", RIVAL_SENDS, fast(pacing.ours(RIVAL_SENDS)))
        for retries in (0, 5):
            traffic, lost = fast(pacing.stock(RIVAL_SENDS, retries))
            yield Row(f"AIORateLimiter(max_retries={retries})", RIVAL_SENDS, traffic, lost)
    else:
        yield "AIORateLimiter, of python-telegram-bot: not measured, aiolimiter is not installed"
    if real:
        yield asyncio.run(by_disk_and_http(real))


async def by_disk_and_http(sends: int) -> Row:
    """The whole way: rows, leases, intents, python-telegram-bot, HTTP. Needs an idle machine."""
    with tempfile.TemporaryDirectory() as folder, strict_api() as api:
        async with opened(Path(folder)) as sessions:
            await fill(sessions, sends)
            bot, courier = make_courier(sessions, api.url, "sender")
            while await waiting(sessions):
                await courier.deliver_due()
            await courier.stop()
            await close(bot)
        return Row("yanxiu, by disk and HTTP", sends, api.stop())


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
    return Text(HELLO)


def clock() -> datetime:
    return datetime.now(UTC)


async def waiting(sessions: Sessions) -> int:
    async with sessions() as session:
        counts = await outbox_upkeep.counts(session, "bench:")
    return sum(counts.get(state, 0) for state in WAITING)
