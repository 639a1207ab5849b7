"""Messages to others than who wrote: the outbox, python-telegram-bot, and the clock that wakes."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.shelf import Shelf
from bot.wire import Wire
from scheduler.broadcasting import BroadcastLetters, BroadcastPlanner
from scheduler.bulletin_letters import UNREAD, BulletinLetters
from scheduler.courier import Courier
from scheduler.delivery import Bot, PacedLimiter, close, make_bot
from scheduler.digests import Extra
from scheduler.hours import Hours
from scheduler.jobs import Jobs
from scheduler.leadership import Leadership
from scheduler.moved import MOVED, MovedLetters, MovedPlanner, noting_what_was_told
from scheduler.nudges import NUDGE, Nudges
from scheduler.pacing import Pacer
from scheduler.rendering import Renderer, RenderKind
from scheduler.tick import Tick
from storage.database import Sessions

EXTRAS: tuple[Extra, ...] = (UNREAD,)  # what digests tell besides deadlines


@dataclass(frozen=True, slots=True)
class Outbound:
    jobs: Jobs
    bot: Bot

    async def stop(self) -> None:
        await self.jobs.stop()
        await close(self.bot)


def make_outbound(
    wire: Wire, *, sessions: Sessions, shelf: Shelf, hours: Hours, clock: Callable[[], datetime]
) -> Outbound:
    pacer = Pacer(time.monotonic, asyncio.sleep)
    bot = make_bot(wire.token, wire.base_url, limiter=PacedLimiter(pacer), proxy=wire.proxy or None)
    monotonic = time.monotonic
    owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    leadership = Leadership(sessions, owner, surface=wire.surface, clock=clock, monotonic=monotonic)
    load = shelf.programmes
    kinds: dict[str, RenderKind] = {
        MOVED: MovedLetters(sessions, load, hours=hours),
        NUDGE: Nudges(sessions, load, hours=hours),
        **BroadcastLetters(sessions, hours=hours).kinds,
        **BulletinLetters(sessions).kinds,
    }
    courier = Courier(
        sessions,
        bot,
        pacer=pacer,
        render=Renderer(sessions, load, hours=hours, kinds=kinds, extras=EXTRAS),
        clock=clock,
        leadership=leadership,
        owner=owner,
        surface=wire.surface,
        on_sent=noting_what_was_told(clock),
    )
    broadcasts = BroadcastPlanner(sessions)
    also = (MovedPlanner(hours=hours),)
    tick = Tick(sessions, courier, load, hours=hours, extras=EXTRAS, also=also)
    return Outbound(Jobs(tick, clock, often=broadcasts.go_on), bot)
