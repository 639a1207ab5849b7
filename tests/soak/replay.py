"""What was done already comes again: updates replayed, presses sent twice with new numbers."""

import asyncio
import copy
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot

from bot.inbox import Inbox
from storage.roster import TELEGRAM
from tests.cast import SHANGHAI, Clock
from tests.databases import NewDatabase, opened
from tests.handlers.wire import TOKEN, RecordingSession
from tests.handlers.world import Dump, World, difference, lived_in

TALK = {  # what a second time may touch: where talk stands, and the log of what was answered
    *("conversation", "given_answer", "gap", "told_deadline", "remembered", "lease"),
}
# Asked for twice, made twice, and nobody else hears of it: a draft, a link, the note about it.
OWN_AGAIN = {"broadcast", "invitation", "audit"}


@dataclass
class Outcome:
    updates: int = 0
    presses: int = 0
    doubled: list[tuple[str, Any]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not self.doubled

    @property
    def report(self) -> str:
        return (
            f"{self.updates} updates replayed, {self.presses} presses sent again:"
            f" {len(self.doubled)} doubled effects: {'sound' if self.is_sound else 'NOT SOUND'}"
        )


async def replayed(new_database: NewDatabase, updates: int, presses: int, number: int) -> Outcome:
    """Everything that made the world of tests/handlers/world.py, again and in any order: with the
    numbers it had, then the presses with new ones, as after a restart."""
    dice, outcome = random.Random(number), Outcome()
    clock = Clock()
    database = opened(new_database())
    world = await lived_in(database, clock)
    story, before = world.house.story, effects(world.dump())
    bot = Bot(TOKEN, session=RecordingSession())
    inbox = Inbox(
        world.house.dispatcher,
        database.sessions,
        world.house.shelf,
        clock,
        SHANGHAI,
        surfaces={bot.id: TELEGRAM},
        soon=lambda: None,
    )
    for one in story:  # after a kill -9 they come once more to a program that knows none of them
        await inbox.handle(bot, copy.deepcopy(one))
    made_twice = [each for each in doubled(world, before) if each[0] not in OWN_AGAIN]
    outcome.doubled += made_twice
    before = effects(world.dump())
    for _ in range(updates):
        await inbox.handle(bot, copy.deepcopy(dice.choice(story)))
        outcome.updates += 1
    outcome.doubled += doubled(world, before)
    pressed = [one for one in story if "callback_query" in one]
    for fresh in range(presses):
        again = copy.deepcopy(dice.choice(pressed)) | {"update_id": 10**6 + fresh}
        await inbox.handle(bot, again)
        outcome.presses += 1
    outcome.doubled += doubled(world, before)
    world.close()
    await database.engine.dispose()
    return outcome


def doubled(world: World, before: Dump) -> Iterator[tuple[str, Any]]:
    yield from difference(before, effects(world.dump()))


def effects(dump: Dump) -> Dump:
    return {name: rows for name, rows in dump.items() if name not in TALK}


def try_replays(new_database: NewDatabase, updates: int, presses: int, number: int) -> Outcome:
    return asyncio.run(replayed(new_database, updates, presses, number))
