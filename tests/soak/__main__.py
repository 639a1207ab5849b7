"""`make soak`: what takes too long for the tests. First the scheduler in many orders of events,
then kill -9 in the middle of a real mailing, again and again; what arrived is counted."""

import argparse
import random
import tempfile
from pathlib import Path

from rich.console import Console

from tests.databases import PostgresServer, sqlite_files
from tests.scheduler.test_any_order import try_orders
from tests.soak.mailing import killed_mailing


def main() -> None:
    options = argparse.ArgumentParser("python -m tests.soak", description=__doc__)
    options.add_argument("--people", type=int, default=300)
    options.add_argument("--kills", type=int, default=10)
    options.add_argument("--orders", type=int, default=0)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    options.add_argument("--seed", type=int, default=random.randrange(10**6))
    given = options.parse_args()
    dice, console = random.Random(given.seed), Console(highlight=False)
    console.print(f"{given.database}, seed {given.seed}")
    with tempfile.TemporaryDirectory(prefix="yanxiu-soak-") as place:
        folder = Path(place)
        if given.orders:
            try_orders(sqlite_files(folder), given.orders)
            console.print(f"{given.orders} orders of events: sound")
        if given.database == "sqlite":
            outcome = killed_mailing(sqlite_files(folder)(), folder, given, dice, console)
        else:
            server = PostgresServer(folder / "postgresql")
            try:
                outcome = killed_mailing(server.fresh(), folder, given, dice, console)
            finally:
                server.close()
    console.print(outcome.report, soft_wrap=True)
    raise SystemExit(0 if outcome.is_sound else 1)


if __name__ == "__main__":
    main()
