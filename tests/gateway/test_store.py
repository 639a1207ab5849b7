"""The file of an earlier version is taken over as it is."""

import sqlite3
from pathlib import Path

from gateway.store import Store

EARLIER = """
CREATE TABLE sessions (secret_hash TEXT PRIMARY KEY, user_id INTEGER) WITHOUT ROWID;
INSERT INTO sessions VALUES ('abc', 7);
"""


def test_columns_that_came_later_are_added_once(tmp_path: Path) -> None:
    path = tmp_path / "gateway.db"
    with sqlite3.connect(path) as earlier:
        earlier.executescript(EARLIER)
    earlier.close()

    for _ in range(2):
        store = Store(path)
        [session] = store.all("SELECT * FROM sessions")
        store.close()

    assert (session["user_id"], session["device"], session["number"]) == (7, "", 0)
