"""`yanxiu db upgrade`, `yanxiu check`, and a `yanxiu run` that cannot start."""

import socket
import sqlite3
from pathlib import Path

import pytest

from tests.bot.conftest import Yanxiu


def test_database_is_made_and_found_current(yanxiu: Yanxiu, bare_environment: Path) -> None:
    assert yanxiu("db", "upgrade").code == 0
    assert yanxiu("db", "upgrade").code == 0

    assert (bare_environment / "var" / "yanxiu.db").exists()
    ran = yanxiu("check")
    assert (ran.code, ran.err) == (0, "")
    assert "数据库：可用" in ran.out


def test_check_before_the_first_start_is_no_trouble(yanxiu: Yanxiu) -> None:
    ran = yanxiu("check")

    assert ran.code == 0
    assert "还没有建立" in ran.out


@pytest.mark.parametrize("command", [("ask", "x"), ("notices", "list"), ("check",)])
def test_database_of_another_version_is_named(
    yanxiu: Yanxiu, bare_environment: Path, command: tuple[str, ...]
) -> None:
    yanxiu("db", "upgrade")
    with sqlite3.connect(bare_environment / "var" / "yanxiu.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    ran = yanxiu(*command)

    assert ran.code == 1
    assert "yanxiu db upgrade" in ran.err
    assert "Traceback" not in ran.err


def test_newer_database_is_not_upgraded(yanxiu: Yanxiu, bare_environment: Path) -> None:
    yanxiu("db", "upgrade")
    with sqlite3.connect(bare_environment / "var" / "yanxiu.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")

    ran = yanxiu("db", "upgrade")

    assert (ran.code, len(ran.err.splitlines())) == (1, 1)


@pytest.mark.parametrize("command", [("ask", "x"), ("db", "upgrade"), ("check",), ("run",)])
def test_file_that_is_no_database_is_named(
    yanxiu: Yanxiu,
    bare_environment: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: tuple[str, ...],
) -> None:
    (bare_environment / "notes.db").write_bytes(b"no database at all, just notes" * 50)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///notes.db")
    monkeypatch.setenv("PORT", "0")

    ran = yanxiu(*command)

    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "notes.db" in ran.err


def test_wrong_setting_stops_every_command(yanxiu: Yanxiu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMEZONE", "Mars")

    for command in (("run",), ("check",), ("ask", "x"), ("notices", "list"), ("db", "upgrade")):
        ran = yanxiu(*command)
        assert (ran.code, ran.err.startswith("TIMEZONE：")) == (1, True)


def test_taken_port_is_one_clear_line(yanxiu: Yanxiu, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))

        ran = yanxiu("run", "--demo")

    assert ran.code == 1
    assert "不能监听" in ran.err
    assert len(ran.err.splitlines()) == 1


def test_unreachable_bot_api_is_found_by_check(
    yanxiu: Yanxiu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:AAbbccddeeff-ggHH_iijjkkllmmnnooppq")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1")

    ran = yanxiu("check")

    assert ran.code == 1
    assert ran.err.startswith("Bot API：")
    assert "AAbb" not in ran.err


def test_a_redis_that_is_away_stops_the_start(
    yanxiu: Yanxiu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDIS_URL", "redis://:password@127.0.0.1:1")
    monkeypatch.setenv("PORT", "0")

    for command in ("check", "run"):
        ran = yanxiu(command)
        assert (ran.code, len(ran.err.splitlines())) == (1, 1)
        assert ran.err.startswith("REDIS_URL：连不上")
        assert "password" not in ran.err


def test_no_command_is_wrong_usage(yanxiu: Yanxiu) -> None:
    assert yanxiu("dance").code == 2
