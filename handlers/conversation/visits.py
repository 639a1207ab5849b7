"""What most handlers need to know of an update, in one value."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import TelegramObject

from handlers.conversation.doors import Doors
from knowledge.answering.library import Library
from storage.database import Sessions
from storage.phones import Phones
from storage.roster import Recipient

NAMES = (
    *("person", "surface", "sessions", "library", "doors"),
    *("now", "today", "zone", "soon", "phones"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    person: Recipient | None  # None: a stranger
    surface: str
    sessions: Sessions
    library: Library
    doors: Doors
    now: datetime
    today: date
    zone: ZoneInfo
    soon: Callable[[], None]
    phones: Phones | None  # None: no numbers are kept here
    update: str  # the same when it comes once more


Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


async def on_visit(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
    update = f"{data['surface']}:{data['event_from_user'].id}:{data['event_update'].update_id}"
    data["visit"] = Visit(**{name: data[name] for name in NAMES}, update=update)
    return await handler(event, data)


def with_visit(router: Router) -> Router:
    """Its handlers may ask for `visit`."""
    router.message.middleware(on_visit)
    router.callback_query.middleware(on_visit)
    router.my_chat_member.middleware(on_visit)
    return router
