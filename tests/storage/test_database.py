"""Opening, upgrading, and the rule that reading sessions do not write."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, StatementError

from storage import people, remembered
from storage.database import DatabaseTrouble, is_current, make_engine, upgrade
from storage.models import Base
from tests.cast import MORNING
from tests.databases import Database, PostgresServer


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, Base.metadata))


async def test_migrations_build_what_the_models_say(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_a_missing_column_would_be_noticed(database: Database) -> None:
    async with database.sessions.begin() as session:
        await session.execute(text("ALTER TABLE remembered DROP COLUMN value"))

    async with database.engine.connect() as connection:
        assert len(await connection.run_sync(differences)) == 1


async def test_a_fresh_database_is_not_current_until_it_is_upgraded(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/deep/folder/new.db")

    before = await is_current(engine)
    await upgrade(engine)
    await upgrade(engine)  # again is nothing

    assert (before, await is_current(engine)) == (False, True)
    await engine.dispose()


async def upgrade_alone(url: str) -> bool:
    engine = make_engine(url)
    try:
        await upgrade(engine)
        return await is_current(engine)
    finally:
        await engine.dispose()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_four_may_upgrade_at_once(
    kind: str, tmp_path: Path, postgres: PostgresServer
) -> None:
    url = postgres.empty() if kind == "postgresql" else f"sqlite:///{tmp_path}/one.db"

    everybody = await asyncio.gather(*(upgrade_alone(url) for _ in range(4)))

    assert everybody == [True] * 4


async def test_foreign_keys_hold_after_an_upgrade(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/one.db")
    await upgrade(engine)
    async with engine.connect() as connection:
        assert await connection.scalar(text("PRAGMA foreign_keys")) == 1
    await engine.dispose()


async def test_a_reading_session_cannot_write(database: Database) -> None:
    async with database.sessions() as session:
        with pytest.raises(DBAPIError):
            await remembered.put(session, "clock", "now")


async def test_a_writing_session_commits_and_a_reader_sees_it(database: Database) -> None:
    async with database.sessions.begin() as session:
        await remembered.put(session, "clock", "first")
        await remembered.put(session, "clock", "second")

    async with database.sessions() as session:
        assert await remembered.get(session, "clock") == "second"
        assert await remembered.get(session, "unknown") is None


async def test_many_writers_wait_for_each_other(database: Database) -> None:
    async with database.sessions.begin() as session:
        await remembered.put(session, "count", "0")

    async def add_one() -> None:
        async with database.sessions.begin() as session:
            await session.execute(
                text("UPDATE remembered SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)")
            )

    await asyncio.gather(*(add_one() for _ in range(20)))

    async with database.sessions() as session:
        assert await remembered.get(session, "count") == "20"


@pytest.mark.parametrize("url", ["", "no url", "mysql://somewhere/db", "sqlite+nothing:///x.db"])
def test_a_bad_address_is_said_plainly(url: str) -> None:
    with pytest.raises(DatabaseTrouble, match="DATABASE_URL"):
        make_engine(url)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")

    with pytest.raises(DatabaseTrouble, match="文件夹"):
        make_engine(f"sqlite:///{tmp_path}/file/new.db")


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseTrouble, match="不能写"):
        make_engine(f"sqlite:///{tmp_path}")


async def test_an_unreachable_server_is_one_line_without_password() -> None:
    url = "postgresql://user:geheim@127.0.0.1:1/none?connect_timeout=2"
    engine = make_engine(url)

    with pytest.raises(DatabaseTrouble) as caught:
        await upgrade(engine)

    await engine.dispose()
    assert "geheim" not in str(caught.value)
    assert "\n" not in str(caught.value)


async def test_a_file_that_is_no_database_is_said_plainly(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_bytes(b"these are notes, not a database " * 50)
    engine = make_engine(f"sqlite:///{file}")

    with pytest.raises(DatabaseTrouble, match=r"notes\.db"):
        await is_current(engine)

    await engine.dispose()


async def test_a_moment_comes_back_aware_and_a_naive_one_is_refused(database: Database) -> None:
    async with database.sessions.begin() as session:
        id = await people.add_person(session, "林晓", chat_id=7, now=MORNING)
    async with database.sessions() as session:
        found = await people.person(session, id)
    assert found
    assert found.chat_since == MORNING
    assert found.chat_since.utcoffset() == timedelta(0)

    with pytest.raises(StatementError, match="time zone"):
        async with database.sessions.begin() as session:
            await people.bind_chat(session, id, 8, now=MORNING.replace(tzinfo=None))
