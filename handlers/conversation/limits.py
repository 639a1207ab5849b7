"""Nobody writes faster than people do: told so once, then silence, and no database work."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot
from aiogram.enums import ChatType
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, InlineQuery, Message, TelegramObject, Update

from handlers import texts

log = structlog.get_logger(__name__)

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]
Said = Message | CallbackQuery | InlineQuery


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second`."""

    burst: float
    per_second: float


PERSON = Rate(30, 1)  # nobody presses or writes faster than that for long
FILES = Rate(200, 1)  # a coordinator may hand in a folder of notices at once
EVERYBODY = Rate(3_000, 300)
MOST_REMEMBERED = 20_000  # buckets; whoever was not heard of for longest has a full one again


@dataclass(slots=True)
class Bucket:
    """`warned`: they were told, and have not been let through since."""

    tokens: float
    at: float
    warned: bool = False

    def take(self, rate: Rate, now: float) -> bool:
        self.tokens = min(rate.burst, self.tokens + (now - self.at) * rate.per_second)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        self.warned = False
        return True


class Buckets:
    def __init__(self, rate: Rate, most: int = MOST_REMEMBERED) -> None:
        self._rate, self._most = rate, most
        self._kept: OrderedDict[Hashable, Bucket] = OrderedDict()

    def of(self, key: Hashable, now: float) -> Bucket:
        bucket = self._kept.setdefault(key, Bucket(self._rate.burst, now))
        self._kept.move_to_end(key)
        if len(self._kept) > self._most:
            self._kept.popitem(last=False)
        return bucket

    def take(self, key: Hashable, now: float) -> bool:
        return self.of(key, now).take(self._rate, now)

    def __len__(self) -> int:
        return len(self._kept)


class Limits(BaseMiddleware):
    """`clock` counts seconds and never goes back."""

    def __init__(
        self,
        clock: Callable[[], float] = monotonic,
        *,
        person: Rate = PERSON,
        files: Rate = FILES,
        everybody: Rate = EVERYBODY,
        most: int = MOST_REMEMBERED,
    ) -> None:
        self._clock = clock
        self._people, self._files = Buckets(person, most), Buckets(files, most)
        self._all = Buckets(everybody, most=1)

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        update = event
        assert isinstance(update, Update)
        said = update.callback_query or update.message or update.inline_query
        if said is None or is_about_the_chat(said):
            return await handler(event, data)
        if said.from_user is None:
            return None  # nobody wrote it: a channel did, or nothing that can be answered
        now, bot = self._clock(), data["bot"]
        file = isinstance(said, Message) and said.document is not None
        buckets = self._files if file else self._people
        key = bot.id, said.from_user.id, place_of(said)
        if buckets.take(key, now) and self._all.take(None, now):
            return await handler(event, data)
        bucket = buckets.of(key, now)
        first, bucket.warned = not bucket.warned, True
        if first:
            log.warning("too fast", bot=bot.id, user=said.from_user.id)
        await hold_back(bot, said, first=first)
        return None


async def hold_back(bot: Bot, said: Said, *, first: bool) -> None:
    """A pressed button is answered always, or it would spin on; groups are not talked to."""
    with suppress(AiogramError):
        if isinstance(said, CallbackQuery):
            await bot.answer_callback_query(said.id, texts.SLOWER if first else None)
        elif isinstance(said, Message) and first and place_of(said) == ChatType.PRIVATE:
            await bot.send_message(said.chat.id, texts.SLOWER)


def place_of(said: Said) -> str:
    """Talk in groups, and words typed elsewhere, cost nobody their own chat with us."""
    if isinstance(said, InlineQuery):
        return "inline"
    message = said.message if isinstance(said, CallbackQuery) else said
    return ChatType.PRIVATE if message and message.chat.type == ChatType.PRIVATE else "group"


def is_about_the_chat(said: Said) -> bool:
    """Where a group moved to must never be missed."""
    return isinstance(said, Message) and bool(said.migrate_to_chat_id or said.migrate_from_chat_id)
