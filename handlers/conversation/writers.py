"""Who writes to us: looked up on the roster once per update, and reachable again by writing."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import BaseMiddleware
from aiogram.types import Chat, TelegramObject, User

from knowledge.answering.verdicts import Asker
from storage import people
from storage.database import Sessions
from storage.roster import Recipient

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class Writers(BaseMiddleware):
    """Gives handlers `person` (None for a stranger), `asker` and `today`."""

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        now: datetime = data["now"]
        zone: ZoneInfo = data["zone"]
        user: User | None = data.get("event_from_user")
        chat: Chat | None = data.get("event_chat")
        writes_to_us = bool(chat and chat.type == "private")
        person = await found(
            data["sessions"], data["surface"], user, now, writes_to_us=writes_to_us
        )
        data["person"] = person
        data["today"] = now.astimezone(zone).date()
        data["asker"] = Asker(
            today=data["today"],
            province=person.province if person else "",
            role=person.roles[0].role if person and person.roles else "",
            subject=person.subject if person else "",
            programmes=tuple(one.programme for one in person.roles) if person else (),
        )
        return await handler(event, data)


async def found(
    sessions: Sessions, surface: str, user: User | None, now: datetime, *, writes_to_us: bool
) -> Recipient | None:
    """On the roster by the user's id, which is also that of their private chat."""
    if user is None:
        return None
    async with sessions() as session:
        person = await people.person_of_account(session, surface, user.id)
    if person and writes_to_us and not person.reachable:
        async with sessions.begin() as session:
            await people.set_reachable(session, person.id, now=now)
    return person
