"""`make soak`: what takes too long for the tests. First the scheduler in many orders of events,
then kill -9 in the middle of a real mailing, again and again; what arrived is counted. Also with
two senders, restarts of PostgreSQL and frozen processes."""

import argparse
import logging
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import structlog
from rich.console import Console

from tests.databases import NewDatabase, PostgresServer, sqlite_files
from tests.scheduler.test_any_order import try_orders
from tests.soak.hostile import try_updates
from tests.soak.mailing import Outcome, killed_mailing
from tests.soak.replay import try_replays
from tests.soak.two_senders import Counted, duel


def main() -> None:
    options = argparse.ArgumentParser("python -m tests.soak", description=__doc__)
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--kills", type=int, default=10)
    options.add_argument("--two-kills", type=int, default=0, help="with two senders at work")
    options.add_argument("--restarts", type=int, default=0, help="of PostgreSQL, meanwhile")
    options.add_argument("--pauses", type=int, default=0, help="SIGSTOP longer than a lease")
    options.add_argument("--letters", type=int, default=5000, help="for the two senders")
    options.add_argument("--hostile", type=int, default=0, help="malformed and hostile updates")
    options.add_argument("--replays", type=int, default=0, help="and a tenth as many presses")
    options.add_argument("--orders", type=int, default=0)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = options.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    console = Console(highlight=False)
    console.print(f"{given.database}, seed {given.seed}")
    with tempfile.TemporaryDirectory(prefix="yanxiu-soak-") as place:
        folder = Path(place)
        if given.orders:
            try_orders(sqlite_files(folder), given.orders)
            console.print(f"{given.orders} orders of events: sound")
        safe = all(tried_from_outside(sqlite_files(folder), given, console))
        if given.database == "sqlite":
            sound = soaked(sqlite_files(folder), folder, given, console)
        else:
            server = PostgresServer(folder / "postgresql")
            try:
                sound = soaked(server.fresh, folder, given, console, server.restart_at_once)
            finally:
                server.close()
    raise SystemExit(0 if sound and safe else 1)


def tried_from_outside(
    fresh: NewDatabase, given: argparse.Namespace, console: Console
) -> Iterator[bool]:
    if given.hostile:
        hostile = try_updates(fresh, given.hostile, given.seed)
        console.print(hostile.report, soft_wrap=True)
        for failure, update in hostile.first.items():
            console.print(f"{failure}\n  {update!a}", soft_wrap=True)
        yield hostile.is_sound
    if given.replays:
        again = try_replays(fresh, given.replays, given.replays // 10, given.seed)
        console.print(again.report, soft_wrap=True)
        yield again.is_sound


def soaked(
    fresh: NewDatabase,
    folder: Path,
    given: argparse.Namespace,
    console: Console,
    restart: Callable[[], None] | None = None,
) -> bool:
    dice = random.Random(given.seed)
    outcomes: list[Outcome | Counted] = []
    if given.kills:
        one = folder / "one"
        one.mkdir()
        outcomes.append(killed_mailing(fresh(), one, given, dice, console))
        console.print(outcomes[-1].report, soft_wrap=True)
    if given.two_kills or given.restarts or given.pauses:
        two = folder / "two"
        two.mkdir()
        outcomes.append(duel(fresh(), two, given, dice, console, restart))
        console.print(outcomes[-1].report, soft_wrap=True)
    return all(outcome.is_sound for outcome in outcomes)


if __name__ == "__main__":
    main()
