"""Messages to others than who wrote: the outbox, python-telegram-bot, and the clock that wakes."""

import asyncio
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.shelf import Shelf
from bot.wire import Wire
from scheduler import joining_letters
from scheduler.broadcasting import BroadcastLetters, BroadcastPlanner
from scheduler.bulletin_letters import UNREAD, BulletinLetters
from scheduler.courier import Courier
from scheduler.delivery import Bot, PacedLimiter, close, make_bot
from scheduler.digests import Extra
from scheduler.handing_on import Escalation
from scheduler.hours import Hours
from scheduler.jobs import Jobs
from scheduler.joining_letters import JoiningLetters
from scheduler.leadership import Leadership
from scheduler.moved import MOVED, MovedLetters, MovedPlanner, noting_what_was_told
from scheduler.nudges import NUDGE, Nudges
from scheduler.pacing import GROUP_GAP, Pacer
from scheduler.question_letters import QuestionLetters
from scheduler.question_lines import WAITING
from scheduler.rendering import Renderer, RenderKind
from scheduler.tick import Tick
from storage.database import Sessions
from storage.roster import PAGE

PAGE_GAP = 0.1  # seconds; the page is ours, and asks only that messages keep their order
EXTRAS: tuple[Extra, ...] = (UNREAD, WAITING)  # what digests tell besides deadlines


@dataclass(frozen=True, slots=True)
class Outbound:
    jobs: Jobs
    bots: tuple[Bot, ...]
    pacers: dict[str, Pacer]  # by surface: replies under the same token count, too

    async def stop(self) -> None:
        await self.jobs.stop()
        for bot in self.bots:
            await close(bot)


def make_outbound(
    wires: Sequence[Wire],
    *,
    sessions: Sessions,
    shelf: Shelf,
    hours: Hours,
    clock: Callable[[], datetime],
    patience: timedelta,
    monotonic: Callable[[], float] = time.monotonic,
) -> Outbound:
    """One sender for each surface, with a pace of its own; one clock for all. `monotonic`: what
    the pace is measured by."""
    load = shelf.programmes
    render = Renderer(
        sessions, load, hours=hours, kinds=kinds_of(sessions, shelf, hours), extras=EXTRAS
    )
    owner = f"{socket.gethostname()[:40]}:{os.getpid()}:{secrets.token_hex(4)}"
    bots, couriers = [], []
    pacers = {
        wire.surface: Pacer(
            monotonic,
            asyncio.sleep,
            longest_gap=PAGE_GAP if wire.surface == PAGE else GROUP_GAP,
        )
        for wire in wires
    }
    for wire in wires:
        bot, courier = make_courier(wire, pacers[wire.surface], sessions, render, clock, owner)
        bots.append(bot)
        couriers.append(courier)
    broadcasts = BroadcastPlanner(sessions)
    also = (MovedPlanner(hours=hours), Escalation(patience, hours.zone))
    tick = Tick(sessions, couriers, load, hours=hours, extras=EXTRAS, also=also)

    def halted_for() -> float:
        return max(pacer.halted_for for pacer in pacers.values())

    jobs = Jobs(tick, clock, often=broadcasts.go_on, halted_for=halted_for)
    return Outbound(jobs, tuple(bots), pacers)


def kinds_of(sessions: Sessions, shelf: Shelf, hours: Hours) -> dict[str, RenderKind]:
    """How letters of each kind come to their text."""
    load = shelf.programmes
    joining = JoiningLetters(sessions, load)
    return {
        MOVED: MovedLetters(sessions, load, hours=hours),
        NUDGE: Nudges(sessions, load, hours=hours),
        **BroadcastLetters(sessions, hours=hours).kinds,
        **QuestionLetters(sessions, hours).kinds,
        **BulletinLetters(sessions).kinds,
        joining_letters.ASK: joining.ask,
        joining_letters.DECIDED: joining.decided,
    }


def make_courier(
    wire: Wire,
    pacer: Pacer,
    sessions: Sessions,
    render: Renderer,
    clock: Callable[[], datetime],
    owner: str,
) -> tuple[Bot, Courier]:
    bot = make_bot(wire.token, wire.base_url, limiter=PacedLimiter(pacer), proxy=wire.proxy or None)
    leadership = Leadership(
        sessions, owner, surface=wire.surface, clock=clock, monotonic=time.monotonic
    )
    courier = Courier(
        sessions,
        bot,
        pacer=pacer,
        render=render,
        clock=clock,
        leadership=leadership,
        owner=owner,
        surface=wire.surface,
        on_sent=noting_what_was_told(clock),
    )
    return bot, courier
