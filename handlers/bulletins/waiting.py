"""While a bulletin waits for its link or title: for how long, and what ends the wait."""

import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from aiogram import BaseMiddleware
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message, TelegramObject

from handlers.texts import KEYS
from knowledge.chinese.normal import normal
from knowledge.links import links_in

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

LASTS = timedelta(minutes=10)
SINCE = "bulletin_waits"
CANCEL = "/cancel"  # clears it all itself
_ASKS = re.compile(
    r"[?？吗呢么谁哪几]|什么|怎|为何|何时|多少|多久|是否|(.)不\1|有没有|是不是|打不开"
)


class Drafting(StatesGroup):
    link = State()
    title = State()


class Editing(StatesGroup):
    title = State()
    link = State()


WAITING = frozenset(
    one.state for one in (Drafting.link, Drafting.title, Editing.link, Editing.title)
)


async def wait(state: FSMContext, step: State, now: datetime) -> None:
    await state.set_state(step)
    await state.update_data({SINCE: now.isoformat()})


def is_question(text: str) -> bool:
    """Where a link is waited for."""
    return not links_in(text) and bool(_ASKS.search(normal(text)))


class LettingGo(BaseMiddleware):
    """A command, a key of the keyboard or ten minutes end the wait: what is written then means
    something else."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        if data.get("raw_state") in WAITING and isinstance(event, Message):
            state: FSMContext = data["state"]
            if _turns_away(event.text or "") or _is_over(await state.get_data(), data["now"]):
                await state.set_state(None)
                data["raw_state"] = None
        return await handler(event, data)


def _turns_away(text: str) -> bool:
    return text in KEYS or (text.startswith("/") and not text.startswith(CANCEL))


def _is_over(kept: dict[str, Any], now: datetime) -> bool:
    since = kept.get(SINCE)
    return not since or now - datetime.fromisoformat(since) > LASTS
