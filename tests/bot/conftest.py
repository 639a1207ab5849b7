"""The command line in this process: `yanxiu("ask", "…")` as in a shell, in an empty folder."""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings
from tests.databases import SQLITE, NewDatabase


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Yanxiu = Callable[..., Ran]


@pytest.fixture
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The environment is the wire here: no setting of the machine may reach the test."""
    for name in Settings.model_fields:
        for spelled in {name.upper(), name} & set(os.environ):
            monkeypatch.delenv(spelled)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def with_database(bare_environment: Path, new_sqlite: NewDatabase) -> Path:
    """An installation that was used before: making the tables anew is a matter of few tests."""
    folder = bare_environment / "var"
    folder.mkdir()
    Path(new_sqlite().removeprefix(SQLITE)).rename(folder / "yanxiu.db")
    return bare_environment


@pytest.fixture
def yanxiu(
    bare_environment: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Yanxiu:
    def run(*arguments: str, given: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        with pytest.raises(SystemExit) as ending:
            main(list(arguments))
        said = capsys.readouterr()
        return Ran(int(ending.value.code or 0), said.out, said.err)

    return run
