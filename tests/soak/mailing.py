"""A morning's mailing by a real `yanxiu run`, killed at random moments; the gateway is witness."""

import argparse
import asyncio
import random
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from rich.console import Console

from knowledge.bundled import bundled_documents
from knowledge.programme.values import Programme
from scheduler import outbox_upkeep
from scheduler.hours import SHANGHAI
from scheduler.letters import LEASE, State
from scheduler.texts import POSSIBLY_DOUBLED
from storage import people
from storage.database import Sessions
from tests.databases import opened
from tests.scheduler.plain_planning import planned_digests
from tests.soak.processes import Gateway, started_app

MORNING = datetime(2015, 9, 23, 8, 0, tzinfo=SHANGHAI)  # everybody below has something due
ROLES = ("学员", "省级专家")
PROVINCE = "山东"
FIRST_CHAT = 8_000_000_000
LONGEST = 180  # seconds for one life of the program
QUIET = 15  # seconds without a message: a start takes less
MOST_LIVES = 8  # after the last kill


@dataclass(frozen=True)
class Outcome:
    due: frozenset[int]  # chats
    copies: Counter[int]
    unmarked: Counter[int]
    uncertain: int  # letters on the wire at the kills
    kills: int
    unfinished: int

    @property
    def lost(self) -> int:
        return len(self.due - set(self.copies))

    @property
    def doubled(self) -> int:
        return self.copies.total() - len(self.copies)

    @property
    def is_sound(self) -> bool:
        """Nothing lost; what came twice was on the wire at a kill, and says so."""
        silent = sum(count - 1 for count in self.unmarked.values() if count > 1)
        return not (self.lost or silent or self.unfinished) and self.doubled <= self.uncertain

    @property
    def report(self) -> str:
        marked = self.copies.total() - self.unmarked.total()
        return (
            f"{len(self.due)} due, {self.kills} kills: {self.lost} lost, {self.doubled} doubled"
            f" ({self.uncertain} were on the wire), {marked} marked {POSSIBLY_DOUBLED},"
            f" {self.unfinished} unfinished: {'sound' if self.is_sound else 'NOT SOUND'}"
        )


def killed_mailing(
    url: str, folder: Path, given: argparse.Namespace, dice: random.Random, console: Console
) -> Outcome:
    database = opened(url)
    with Gateway(folder) as gateway, asyncio.Runner() as loop:
        chats = range(FIRST_CHAT, FIRST_CHAT + given.people)
        gateway.introduce(chats)
        due = loop.run(enrolled(database.sessions, chats))
        uncertain, at = 0, MORNING
        for number in range(given.kills):
            life = started_app(url, gateway, at, folder)
            share = len(due) // (given.kills + 1)
            wanted = min(gateway.arrived + dice.randint(0, 2 * share), len(due) - 1)
            wait_for(gateway, wanted, life)
            time.sleep(dice.uniform(0, 0.1))
            life.kill()
            life.wait()
            counts = loop.run(state_counts(database.sessions))
            uncertain += counts.get(State.SENDING, 0)
            told = ", ".join(f"{count} {state}" for state, count in counts.items())
            console.print(f"kill {number + 1}: {gateway.arrived} arrived; {told}", soft_wrap=True)
            at += LEASE + timedelta(minutes=1)
        unfinished = finish(url, gateway, at, folder, loop, database.sessions)
        loop.run(database.engine.dispose())
        return Outcome(
            due,
            gateway.copies(),
            gateway.copies(without=POSSIBLY_DOUBLED),
            uncertain,
            given.kills,
            unfinished,
        )


async def enrolled(sessions: Sessions, chats: range) -> frozenset[int]:
    """Everybody is on the roster; returns the chats of those who are to hear of something."""
    programme = shandong()
    async with sessions.begin() as session:
        for number, chat in enumerate(chats):
            person = await people.add_person(
                session, f"学员{number}", chat_id=chat, province=PROVINCE, now=MORNING
            )
            await people.set_role(session, person, programme.code, ROLES[number % len(ROLES)])
        recipients = await people.people_with_roles(session)
    return frozenset(
        one.chat_id
        for one in recipients
        if one.chat_id and planned_digests([programme], [one], MORNING)
    )


def shandong() -> Programme:
    programmes = [one for document in bundled_documents() for one in document.programmes]
    return next(one for one in programmes if one.province == PROVINCE)


def wait_for(gateway: Gateway, arrived: int, life: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LONGEST
    while gateway.arrived < arrived and time.monotonic() < end:
        assert life.poll() is None, "the program ended by itself"
        time.sleep(0.01)


def finish(
    url: str, gateway: Gateway, at: datetime, folder: Path, loop: asyncio.Runner, sessions: Sessions
) -> int:
    """Lives that nobody ends before their time, until nothing waits; how much still does."""
    waiting = 0
    for _ in range(MOST_LIVES):
        life = started_app(url, gateway, at, folder)
        wait_until_quiet(gateway, life)
        life.terminate()
        life.wait(30)
        after = loop.run(state_counts(sessions))
        waiting = sum(count for state, count in after.items() if state != State.SENT)
        if not waiting:
            break
        at += timedelta(hours=1)  # who was unlucky several times waits that long
    return waiting


def wait_until_quiet(gateway: Gateway, life: subprocess.Popen[bytes]) -> None:
    before, since = gateway.arrived, time.monotonic()
    while time.monotonic() - since < QUIET:
        assert life.poll() is None, "the program ended by itself"
        time.sleep(0.2)
        if gateway.arrived > before:
            before, since = gateway.arrived, time.monotonic()


async def state_counts(sessions: Sessions) -> dict[State, int]:
    async with sessions() as session:
        return (await outbox_upkeep.status(session)).counts
