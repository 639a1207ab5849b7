"""Malformed and hostile updates, thousands of them, through the inbox of the real program."""

import asyncio
import ctypes
import gc
import json
import logging
import random
import resource
from collections import Counter
from collections.abc import Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    EditMessageReplyMarkup,
    EditMessageText,
    GetFile,
    TelegramMethod,
)
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.inbox import Inbox
from storage.roster import TELEGRAM
from tests.cast import CHEN_CHAT, GROUP_CHAT, HE_CHAT, LIN_CHAT, QIAN_CHAT, SHANGHAI, WU_CHAT, Clock
from tests.cast import ZHAO_CHAT as ZHAO
from tests.databases import NewDatabase, opened
from tests.handlers.wire import TOKEN, RecordingSession
from tests.handlers.world import FENG_CHAT, SUN_CHAT, World, lived_in
from tests.soak.updates import WRITERS, Update, mutated, valid

MAY_FAIL = AnswerCallbackQuery, EditMessageText, EditMessageReplyMarkup, DeleteMessage
ROUND = 1000  # updates; Hypothesis keeps a tree of each of its runs, so they have to be alike
WARM = 0.3  # of all updates; caches have filled up by then
FLAT_MB = 40  # more than that is a leak: 20,000 updates of a kilobyte each are 20 MB
OLD = "Bad Request: query is too old and response timeout expired or query id is invalid"
TROUBLES = "message is not modified", "message can't be edited", "message to edit not found"


class Telegram(RecordingSession):
    """Keeps nothing; says no to an edit or an acknowledgement now and then."""

    def __init__(self, dice: random.Random) -> None:
        super().__init__()
        self._dice = dice

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  aiogram's signature
    ) -> Any:
        anything: TelegramMethod[Any] = method
        if isinstance(method, GetFile):
            raise TelegramBadRequest(method=anything, message="Bad Request: invalid file_id")
        if isinstance(method, MAY_FAIL) and self._dice.random() < 0.1:
            trouble = self._dice.choice(TROUBLES)
            if isinstance(method, AnswerCallbackQuery):
                trouble = OLD
            raise TelegramBadRequest(method=anything, message=f"Bad Request: {trouble}")
        self.sent.clear()
        return await super().make_request(bot, method, timeout)


@dataclass
class Outcome:
    updates: int = 0
    not_understood: int = 0  # refused at the door, with a line in the log
    failures: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)  # an update for each failure
    grown_mb: float = 0.0

    @property
    def is_sound(self) -> bool:
        """A witness who never hears of a refusal is deaf."""
        return not self.failures and self.not_understood > 0 and self.grown_mb < FLAT_MB

    @property
    def report(self) -> str:
        return (
            f"{self.updates} hostile updates: {self.failures.total()} unhandled,"
            f" {self.not_understood} refused, memory {self.grown_mb:+.1f} MB after warming up:"
            f" {'sound' if self.is_sound else 'NOT SOUND'}"
        )


class Witness:
    """Hears what is logged: an apology is a failure, too."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome, self.now = outcome, ""

    def __call__(self, _: Any, __: str, event: MutableMapping[str, Any]) -> Any:
        if event["event"] == "update failed":
            self.failed(event["exc_info"])
        self.outcome.not_understood += event["event"] == "update not understood"
        raise structlog.DropEvent

    def failed(self, trouble: BaseException) -> None:
        where = trouble.__traceback__
        while where and where.tb_next:
            where = where.tb_next
        at = f"{where.tb_frame.f_code.co_filename}:{where.tb_lineno}" if where else ""
        name = f"{type(trouble).__name__} at {at}"
        self.outcome.failures[name] += 1
        self.outcome.first.setdefault(name, f"{trouble} <- {self.now[:1500]}")


class Still:
    """A shelf whose library never changes."""

    def __init__(self, world: World) -> None:
        self.library = world.house.library


async def opened_world(new_database: NewDatabase, dice: random.Random) -> tuple[World, Any, Any]:
    clock = Clock()
    database = opened(new_database())
    world = await lived_in(database, clock)
    bot = Bot(TOKEN, session=Telegram(dice))
    inbox = Inbox(
        world.house.dispatcher,
        database.sessions,
        Still(world),  # type: ignore[arg-type]  # all that the inbox asks of a shelf
        clock,
        SHANGHAI,
        surfaces={bot.id: TELEGRAM},
        soon=lambda: None,
    )

    async def close() -> None:
        world.close()
        await database.engine.dispose()

    return world, lambda update: inbox.handle(bot, update), close


def try_updates(new_database: NewDatabase, count: int, number: int) -> Outcome:
    """Half of them mutations of valid ones, half made up by Hypothesis; `number` is the seed."""
    dice, outcome = random.Random(number), Outcome()
    witness = Witness(outcome)
    before = structlog.get_config()
    everything = structlog.make_filtering_bound_logger(logging.NOTSET)
    structlog.configure(processors=[witness], wrapper_class=everything)
    try:
        with asyncio.Runner() as loop:
            world, handle, close = loop.run(opened_world(new_database, dice))
            run = feeder(loop, handle, witness)
            known = valid(world.buttons)
            weights = []
            for start in range(0, count, ROUND):
                feed_all(run, known, dice, min(ROUND, count - start), number + start)
                weights.append(resident_mb())
            outcome.grown_mb = weights[-1] - weights[int(len(weights) * WARM)]
            loop.run(close())
    finally:
        structlog.configure(**before)
    return outcome


def feeder(loop: asyncio.Runner, handle: Any, witness: Witness) -> Callable[[Update], None]:
    async def one(update: Update) -> None:
        witness.outcome.updates += 1
        if type(update.get("update_id")) is int:  # one that was handled before is left alone
            update = update | {"update_id": witness.outcome.updates}
        witness.now = json.dumps(update, ensure_ascii=False, default=repr)
        try:
            await handle(update)
        except Exception as trouble:  # whatever gets through is what is looked for here
            witness.failed(trouble)

    return lambda update: loop.run(one(update))


def feed_all(
    run: Callable[[Update], None], known: list[Update], dice: random.Random, count: int, number: int
) -> None:
    for _ in range(count // 2):
        run(mutated(dice.choice(known), dice))

    @seed(number)
    @settings(
        max_examples=count - count // 2,
        phases=[Phase.generate],
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(made_up(known))
    def invented(update: Update) -> None:
        run(update)

    invented()


SIGNS = st.text(max_size=60) | st.sampled_from(
    [
        "/start ",
        "/ask ",
        "/bulletin https://a.example/",
        "@yanxiu_bot ",
        "报到",
        "1" * 5000,
        "/" * 99,
    ]
)
NUMBERS = st.integers(-(2**63), 2**63) | st.sampled_from([*WRITERS, 0, -1, 42])
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False) | SIGNS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SIGNS, inner, max_size=3),
    max_leaves=8,
)


def made_up(known: list[Update]) -> st.SearchStrategy[Update]:
    """Sound enough to reach the handlers, and nonsense that must not."""
    user = st.fixed_dictionaries(
        {"id": NUMBERS, "is_bot": st.booleans(), "first_name": SIGNS},
        optional={"username": SIGNS, "language_code": SIGNS},
    )
    places = [LIN_CHAT, CHEN_CHAT, HE_CHAT, WU_CHAT, ZHAO, QIAN_CHAT, SUN_CHAT, FENG_CHAT]
    chat = st.fixed_dictionaries(
        {
            "id": st.sampled_from([*places, GROUP_CHAT]) | NUMBERS,
            "type": st.sampled_from(["private", "group", "supergroup", "channel"]),
        }
    )
    sender = st.sampled_from(places).map(lambda id: {"id": id, "is_bot": False, "first_name": "师"})
    message = st.fixed_dictionaries(
        {"message_id": NUMBERS, "date": st.integers(0, 2**31), "chat": chat, "from": sender | user},
        optional={"text": SIGNS, "caption": SIGNS, "message_thread_id": NUMBERS, "entities": JSON},
    )
    query = st.fixed_dictionaries(
        {"id": SIGNS, "from": sender, "chat_instance": SIGNS, "data": SIGNS},
        optional={"message": message},
    )
    return st.one_of(
        st.builds(lambda one: {"update_id": 1, "message": one}, message),
        st.builds(lambda one: {"update_id": 1, "callback_query": one}, query),
        st.dictionaries(st.sampled_from(["update_id", "message", "callback_query"]), JSON),
        st.sampled_from(known),
    )


def resident_mb() -> float:
    """What is in use; what the allocator holds free is given back first, where it can be."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6
