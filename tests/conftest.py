"""What every test may ask for: a fresh database of each kind, the cast on it, a clock."""

import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
import structlog
from structlog.dev import ConsoleRenderer, plain_traceback, set_exc_info

from storage.database import Sessions
from tests.cast import Cast, Clock, enroll
from tests.databases import Database, NewDatabase, PostgresServer, opened, sqlite_files

if TYPE_CHECKING:
    from playwright.async_api import Browser

os.environ["PTB_TIMEDELTA"] = "1"  # python-telegram-bot warns without it, and warnings are errors
structlog.configure(  # by default each traceback is coloured for a tenth of a second
    [set_exc_info, ConsoleRenderer(colors=False, exception_formatter=plain_traceback)]
)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is imported stays: looking through it for garbage again and again would take a third
    of the time of all tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(100_000, 10, 50)
        gc.enable()


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    memory = Path("/dev/shm")  # a database is 300 files: ten times faster there
    folder = Path(tempfile.mkdtemp(prefix="yanxiu-pg-", dir=memory if memory.is_dir() else None))
    server = PostgresServer(folder)
    yield server
    server.close()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def new_sqlite(tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    return sqlite_files(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh, migrated database; every test that uses it runs on both kinds."""
    if request.param == "sqlite":
        fresh: NewDatabase = request.getfixturevalue("new_sqlite")
        return fresh()
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.fresh()


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    opening = opened(database_url)
    yield opening
    await opening.engine.dispose()


@pytest.fixture
def sessions(database: Database) -> Sessions:
    return database.sessions


@pytest.fixture
async def sqlite(new_sqlite: NewDatabase) -> AsyncIterator[Database]:
    """For tests whose matter is not the database: half the time of `database`."""
    opening = opened(new_sqlite())
    yield opening
    await opening.engine.dispose()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator["Browser"]:
    from tests.browser import launched  # one test file is run without loading playwright

    async with launched() as browser:
        yield browser


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def cast(sessions: Sessions, clock: Clock) -> Cast:
    """The cast of tests/cast.py, enrolled in `database`."""
    async with sessions.begin() as session:
        return await enroll(session, now=clock.now)
