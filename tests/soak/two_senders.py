"""Two senders on one outbox, one of them killed again and again; the gateway is the witness."""

import argparse
import asyncio
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from itertools import count
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from rich.console import Console
from sqlalchemy import func, select

from scheduler import outbox, outbox_upkeep
from scheduler.letters import WAITING, NewLetter, State
from scheduler.texts import POSSIBLY_DOUBLED
from storage.database import DatabaseTrouble, Sessions
from storage.models import OutgoingMessage
from tests.databases import opened
from tests.soak.processes import Gateway
from tests.soak.senders import MORNING, SPEED, started

CHATS = 1_000
FIRST_CHAT = 8_000_000_000
PATIENCE = 240  # seconds
QUIET = 40
JUMPS, A_LONG_PAUSE = 4, 3 * 3600.0  # then it is called unfinished
FROZEN = 18.0  # longer than a lease lasts here
LASTS = timedelta(days=3)


@dataclass
class Counted:
    letters: int
    kills: int = 0
    restarts: int = 0
    pauses: int = 0
    on_the_wire: int = 0  # at the kills, the restarts and the pauses
    copies: Counter[str] = field(default_factory=Counter)  # by what the letter says
    unmarked: Counter[str] = field(default_factory=Counter)
    unfinished: int = 0

    @property
    def is_sound(self) -> bool:
        """Nothing lost; what came twice was on the wire when something happened, and says so."""
        silent = sum(one - 1 for one in self.unmarked.values())
        return not (self.lost or silent or self.unfinished) and self.doubled <= self.on_the_wire

    @property
    def lost(self) -> int:
        return self.letters - len(self.copies)

    @property
    def doubled(self) -> int:
        return self.copies.total() - len(self.copies)

    @property
    def report(self) -> str:
        marked = self.copies.total() - self.unmarked.total()
        return (
            f"two senders, {self.letters} letters, {self.kills} kills, {self.restarts} restarts,"
            f" {self.pauses} pauses: {self.lost} lost, {self.doubled} doubled"
            f" ({self.on_the_wire} were on the wire), {marked} marked {POSSIBLY_DOUBLED},"
            f" {self.unfinished} unfinished: {'sound' if self.is_sound else 'NOT SOUND'}"
        )


class Duel:
    """Two senders at work, whatever happens to either."""

    def __init__(
        self, url: str, gateway: Gateway, loop: asyncio.Runner, dice: random.Random
    ) -> None:
        self._database, self._gateway, self._loop = opened(url), gateway, loop
        self._dice, self._numbers, self._start = dice, count(1), time.time()
        self._senders = [self._another() for _ in range(2)]

    def _another(self) -> tuple[str, ForkServerProcess]:
        owner = f"sender-{next(self._numbers)}"
        return owner, started(self._database.url, self._gateway.url, owner, self._start)

    def kill_one(self) -> int:
        """The one that sends, three times out of four. How much it had on the wire."""
        victim = self._one_that_sends() if self._dice.random() < 0.75 else 0
        owner, process = self._senders.pop(victim)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        self._senders.append(self._another())
        return self._on_the_wire_of(owner)

    def pause_one(self, seconds: float) -> int:
        """Frozen for longer than its leases, then it goes on."""
        owner, process = self._senders[self._one_that_sends()]
        os.kill(process.pid or 0, signal.SIGSTOP)
        wire = self._on_the_wire_of(owner)
        time.sleep(seconds)
        os.kill(process.pid or 0, signal.SIGCONT)
        return wire

    def all_on_the_wire(self) -> int:
        return sum(self._on_the_wire_of(owner) for owner, _ in self._senders)

    def waiting(self) -> int:
        return self._asked(lambda: _waiting(self._database.sessions))

    def finish(self) -> tuple[int, int]:
        """Who was unlucky several times waits for hours: the clock is put on. What still waits,
        and what was on the wire when that was done."""
        wire = 0
        for _ in range(JUMPS):
            self._wait_until_nothing_moves()
            if not self.waiting():
                break
            for _, process in self._senders:
                process.kill()
                process.join()
            wire += self.all_on_the_wire()
            self._start -= A_LONG_PAUSE / SPEED
            self._senders = [self._another() for _ in range(2)]
        return self.waiting(), wire

    def _wait_until_nothing_moves(self) -> None:
        before, since = self.waiting(), time.monotonic()
        while before and time.monotonic() - since < QUIET:
            time.sleep(0.2)
            if (now := self.waiting()) != before:
                before, since = now, time.monotonic()

    def close(self) -> None:
        for _, process in self._senders:
            process.kill()
            process.join()
        self._loop.run(self._database.engine.dispose())

    def _one_that_sends(self) -> int:
        first, second = (self._on_the_wire_of(owner) for owner, _ in self._senders)
        return int(second > first)

    def _on_the_wire_of(self, owner: str) -> int:
        return self._asked(lambda: _sending(self._database.sessions, owner))

    def _asked(self, question: Callable[[], Awaitable[int]]) -> int:
        """Until the database answers: it may be restarting."""

        async def answered() -> int:
            while True:
                try:
                    return await question()
                except DatabaseTrouble:
                    await asyncio.sleep(0.1)

        return self._loop.run(answered())


async def _sending(sessions: Sessions, owner: str) -> int:
    of_theirs = OutgoingMessage.owner == owner, OutgoingMessage.state == State.SENDING
    async with sessions() as session:
        return await session.scalar(select(func.count()).where(*of_theirs)) or 0


async def _waiting(sessions: Sessions) -> int:
    async with sessions() as session:
        counts = (await outbox_upkeep.status(session)).counts
    return sum(counts.get(state, 0) for state in WAITING)


async def _filled(sessions: Sessions, letters: int) -> None:
    planned = [
        NewLetter(
            key=f"soak:{number}",
            kind="note",
            not_before=MORNING,
            expires_at=MORNING + LASTS,
            chat_id=FIRST_CHAT + number % CHATS,
            data={"html": f"第 {number} 号通知"},
        )
        for number in range(letters)
    ]
    async with sessions.begin() as session:
        await outbox.add(session, planned, now=MORNING)


def duel(
    url: str,
    folder: Path,
    given: argparse.Namespace,
    dice: random.Random,
    console: Console,
    restart: Callable[[], None] | None = None,
) -> Counted:
    """`restart`: of the database, `immediate`; only where there is a server."""
    counted = Counted(given.letters)
    with Gateway(folder) as gateway, asyncio.Runner() as loop:
        gateway.introduce(range(FIRST_CHAT, FIRST_CHAT + CHATS))
        database = opened(url)
        loop.run(_filled(database.sessions, given.letters))
        loop.run(database.engine.dispose())
        two = Duel(url, gateway, loop, dice)
        events = ["kill"] * given.two_kills + ["pause"] * given.pauses
        events += ["restart"] * given.restarts if restart else []
        dice.shuffle(events)
        for number, event in enumerate(events, 1):
            arrived = gateway.arrived + dice.randint(1, 40)
            _wait_until(partial(_has, gateway, arrived))
            time.sleep(dice.uniform(0, 0.1))
            match event:
                case "kill":
                    wire, counted.kills = two.kill_one(), counted.kills + 1
                case "pause":
                    wire, counted.pauses = two.pause_one(FROZEN), counted.pauses + 1
                case _ if restart:
                    restart()
                    wire, counted.restarts = two.all_on_the_wire(), counted.restarts + 1
            counted.on_the_wire += wire
            if number % 10 == 0:
                console.print(f"event {number}: {gateway.arrived} arrived, {two.waiting()} wait")
        counted.unfinished, wire = two.finish()
        counted.on_the_wire += wire
        two.close()
        counted.copies = gateway.said()
        counted.unmarked = gateway.said(without=POSSIBLY_DOUBLED)
    return counted


def _has(gateway: Gateway, arrived: int) -> bool:
    return gateway.arrived >= arrived


def _wait_until(done: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not done():
        time.sleep(0.05)
