"""One update from the wire into the dispatcher, with what handlers ask for."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from aiogram import Bot, Dispatcher
from aiogram.types import Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.shelf import Shelf
from bot.soundness import Unsound, demand_sound, number_of, readable, said
from storage.database import Sessions

REMEMBERED = 20_000  # updates; a day of a large installation

log = structlog.get_logger(__name__)


class Inbox:
    def __init__(
        self,
        dispatcher: Dispatcher,
        sessions: Sessions,
        shelf: Shelf,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        *,
        surfaces: Mapping[int, str],
        soon: Callable[[], None],
    ) -> None:
        """`surfaces` by bot; `soon` has letters delivered that a handler has just committed."""
        self._dispatcher = dispatcher
        self._sessions, self._shelf, self._clock, self._zone = sessions, shelf, clock, zone
        self._surfaces, self._soon = surfaces, soon
        self._handled: OrderedDict[tuple[int, int], None] = OrderedDict()

    async def handle(self, bot: Bot, update: dict[str, Any]) -> None:
        """Raises DatabaseTrouble where the update has to come again; anything else is settled."""
        try:
            read = Update.model_validate(readable(update), context={"bot": bot})
            demand_sound(read)
            read.event_type  # noqa: B018  raises where there is none
        except (ValidationError, UpdateTypeLookupError, Unsound, RecursionError) as error:
            log.warning("update not understood", number=number_of(update), reason=said(error))
            return
        if (bot.id, read.update_id) in self._handled:
            return  # Telegram brings again what was acknowledged too late
        await self._dispatcher.feed_update(
            bot,
            read,
            now=self._clock(),
            zone=self._zone,
            sessions=self._sessions,
            library=self._shelf.library,
            surface=self._surfaces[bot.id],
            soon=self._soon,
        )
        self._handled[bot.id, read.update_id] = None
        if len(self._handled) > REMEMBERED:
            self._handled.popitem(last=False)
