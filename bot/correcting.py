"""When what is known has changed: who was told otherwise is corrected, in peace and in chunks."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

import structlog

from bot.polling import unless
from bot.shelf import Shelf
from scheduler import corrections
from storage import answers_given, gaps, remembered
from storage.database import DatabaseTrouble, Sessions

log = structlog.get_logger(__name__)

PAUSE = 5.0  # seconds between looks
DONE = "corrected_for"  # the stamp of the documents that everybody has been corrected for


async def keep_correcting(
    shelf: Shelf,
    sessions: Sessions,
    clock: Callable[[], datetime],
    soon: Callable[[], None],
    stopping: asyncio.Event,
) -> None:
    forgotten_on: date | None = None
    while not stopping.is_set():
        try:
            now = clock()
            if await correct_once(shelf, sessions, now):
                soon()
            if forgotten_on != now.date():
                await forget(sessions, now)
                forgotten_on = now.date()
        except DatabaseTrouble as trouble:
            log.warning("database out of reach", reason=str(trouble))
        await unless(stopping, something_new(shelf))


async def something_new(shelf: Shelf) -> None:
    """Or a while has passed: another process may have failed."""
    with suppress(TimeoutError):
        async with asyncio.timeout(PAUSE):
            await shelf.news.wait()
    shelf.news.clear()


async def correct_once(shelf: Shelf, sessions: Sessions, now: datetime) -> int:
    """How many were corrected; nothing is asked again while nothing has changed."""
    stamp = shelf.stamp or ""
    async with sessions() as session:
        if await remembered.get(session, DONE) == stamp:
            return 0
    told = await corrections.correct(sessions, shelf.library, now=now)
    async with sessions.begin() as session:
        await remembered.put(session, DONE, stamp)
    if told:
        log.info("answers corrected", count=told)
    return told


async def forget(sessions: Sessions, now: datetime) -> None:
    """Nobody has to be corrected about last year."""
    async with sessions.begin() as session:
        await answers_given.forget_before(session, now - corrections.KEPT)
        await gaps.forget_before(session, now - corrections.KEPT)
