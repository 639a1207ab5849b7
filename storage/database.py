"""Opens the database, keeps its schema current, and says plainly what is wrong with it."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from functools import partial
from json import dumps
from pathlib import Path
from sqlite3 import OperationalError as SqliteBusy
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DBAPIError,
    InterfaceError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}
WAIT_FOR_A_LOCK_MS = 15_000
TRIES_FOR_WAL = 200
AnySession = AsyncSession  # by this name for the floors above, which do not know SQLAlchemy
MIGRATION_LOCK = 0x79616E78  # any number of our own, for PostgreSQL's advisory lock


class DatabaseTrouble(Exception):
    """The database cannot be used; the text is the one line that the user sees."""


class Session(AsyncSession):
    """Whoever uses one sees DatabaseTrouble when the database is gone: trying again helps."""

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> None:
        await super().__aexit__(kind, error, traceback)
        if isinstance(error, (OperationalError, InterfaceError)):
            with _said_plainly(self.get_bind().engine.url):
                raise error


class Sessions(async_sessionmaker[AsyncSession]):
    """`sessions()` is for reading and refuses to write; `sessions.begin()` writes and commits.

    A writer on SQLite takes the write lock at once (BEGIN IMMEDIATE): a reader that turns into a
    writer halfway would fail whenever somebody else was quicker.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(
            engine.execution_options(postgresql_readonly=True)
            if engine.dialect.name == "postgresql"
            else engine,
            class_=Session,
            expire_on_commit=False,
        )
        self._writing = engine.execution_options(writes=True)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[AsyncSession]:  # type: ignore[override]  # same use
        async with self(bind=self._writing) as session, session.begin():
            yield session


def make_sessions(engine: AsyncEngine) -> Sessions:
    return Sessions(engine)


def make_engine(url: str) -> AsyncEngine:
    """Opens nothing yet, but makes the folder of an SQLite file."""
    address = _address(url)
    try:
        if address.get_backend_name() == "sqlite":
            _make_room(address)
            return _sqlite(address)
        return create_async_engine(
            address,
            pool_pre_ping=True,
            hide_parameters=True,
            json_serializer=partial(dumps, ensure_ascii=False),
        )
    except ImportError as error:
        raise DatabaseTrouble(f"缺少数据库驱动：{error.name}") from error


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        address = address.set(drivername=DRIVERS.get(address.drivername, address.drivername))
        address.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise DatabaseTrouble("DATABASE_URL 不是可用的数据库地址") from error
    if address.drivername not in DRIVERS.values():
        raise DatabaseTrouble("DATABASE_URL 只支持 SQLite 和 PostgreSQL")
    return address


def _make_room(address: URL) -> None:
    """The folder, and a look at the rights: a failed open leaves a thread of aiosqlite behind."""
    if not address.database or address.database == ":memory:":
        return
    file = Path(address.database)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseTrouble(f"不能建立数据库所在的文件夹：{file.parent}") from error
    if file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK):
        raise DatabaseTrouble(f"数据库文件不能写：{file}")


def _sqlite(address: URL) -> AsyncEngine:
    engine = create_async_engine(
        address,
        hide_parameters=True,  # what people wrote stays out of error messages
        json_serializer=partial(dumps, ensure_ascii=False),
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {WAIT_FOR_A_LOCK_MS}")
    cursor.execute("PRAGMA synchronous = FULL")  # an intent has to survive a power cut
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql(f"PRAGMA query_only = {0 if writes else 1}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


async def upgrade(engine: AsyncEngine) -> None:
    """Brings the schema up to date. Several processes may call it at once."""
    with _said_plainly(engine.url):
        async with engine.execution_options(writes=True).connect() as connection:
            if engine.dialect.name == "sqlite":
                file = (await connection.get_raw_connection()).driver_connection
                async with _prepared_for_migration(file):
                    await _migrate(connection)
            else:
                await _migrate(connection)


async def _migrate(connection: AsyncConnection) -> None:
    async with connection.begin():
        if connection.dialect.name == "postgresql":  # SQLite's BEGIN IMMEDIATE is a lock already
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))
        await connection.run_sync(_upgrade)


@asynccontextmanager
async def _prepared_for_migration(file: Any) -> AsyncIterator[None]:
    await _write_ahead(file)
    await file.execute("PRAGMA foreign_keys = OFF")  # rebuilding a table must not cascade
    try:
        yield
    finally:
        await file.execute("PRAGMA foreign_keys = ON")


async def _write_ahead(file: Any) -> None:
    """WAL stays with the file. Switching to it does not wait for locks, so we do."""
    for attempt in range(TRIES_FOR_WAL, 0, -1):
        try:
            await file.execute("PRAGMA journal_mode = WAL")
        except SqliteBusy:
            if attempt == 1:
                raise
            await asyncio.sleep(0.05)
        else:
            return


async def is_current(engine: AsyncEngine) -> bool:
    with _said_plainly(engine.url):
        async with engine.connect() as connection:
            heads = await connection.run_sync(
                lambda sync: MigrationContext.configure(sync).get_current_heads()
            )
    return set(heads) == set(ScriptDirectory.from_config(_migrations()).get_heads())


def _upgrade(connection: Connection) -> None:
    config = _migrations()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:  # its revision is none of ours
        raise DatabaseTrouble("数据库是更新的程序建立的，请先升级程序") from error


def _migrations() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


@contextmanager
def _said_plainly(url: URL) -> Iterator[None]:
    """Driver errors become one line without the password."""
    try:
        yield
    except (DBAPIError, SqliteBusy, OSError) as error:
        place = url.database if url.get_backend_name() == "sqlite" else f"{url.host or '本机'}"
        reason = str(error.orig if isinstance(error, DBAPIError) else error).strip()
        raise DatabaseTrouble(
            f"数据库打不开（{place}）：{reason.splitlines()[0] if reason else type(error).__name__}"
        ) from error
