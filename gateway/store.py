"""The SQLite file: one connection, one transaction per call, nothing cached."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from gateway.schema import ADDED, SCHEMA


def packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class Store:
    """Calls take well under a millisecond, so they are made on the event loop itself."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        self._lock = RLock()
        self._depth = 0
        for setting in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=5000"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.executescript(SCHEMA)
        for table, column, kind in ADDED:
            present = {row["name"] for row in self.all(f"PRAGMA table_info({table})")}
            if column not in present:
                self._connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; an inner transaction joins the outer one."""
        with self._lock:
            if self._depth:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._depth = 1
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            else:
                self._connection.execute("COMMIT")
            finally:
                self._depth = 0

    def one(self, sql: str, *values: Any) -> sqlite3.Row | None:
        with self._lock:
            found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
            return found

    def all(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, *values: Any) -> int:
        """The id of the row that was inserted, if one was."""
        with self._lock:
            return self._connection.execute(sql, values).lastrowid or 0

    def next_revision(self) -> int:
        """Each change that a page has to learn of takes the next number."""
        row = self.one(
            "UPDATE counters SET value = value + 1 WHERE name = 'revision' RETURNING value"
        )
        assert row is not None
        return int(row["value"])
