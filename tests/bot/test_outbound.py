"""Every kind of letter that is ever put into the outbox comes to a text."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bot.outbound import kinds_of
from bot.shelf import Shelf
from scheduler import rendering
from scheduler.hours import Hours
from tests.cast import MORNING
from tests.databases import Database

ROOT = Path(__file__).parents[2]
BY_ITSELF = {rendering.DIGEST, rendering.SNOOZED, rendering.GROUP_DIGEST, rendering.NOTE}


def kinds_enqueued() -> Iterator[str]:
    for path in sorted(ROOT.glob("scheduler/*.py")):
        module = import_module(f"scheduler.{path.stem}")
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            names = [word.value for word in node.keywords if word.arg == "kind"]
            if getattr(node.func, "id", "") == "_letter" and node.args:
                names.append(node.args[0])
            for name in names:
                if isinstance(name, ast.Name) and isinstance(getattr(module, name.id, None), str):
                    yield getattr(module, name.id)


async def test_every_kind_has_its_words(sqlite: Database) -> None:
    shelf = Shelf(sqlite.sessions, lambda: MORNING.date())
    known = set(kinds_of(sqlite.sessions, shelf, Hours())) | BY_ITSELF

    enqueued = set(kinds_enqueued())

    assert len(enqueued) > 8
    assert enqueued <= known
