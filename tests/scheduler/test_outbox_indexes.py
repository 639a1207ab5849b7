"""What is asked again and again has an index, and the statements are worded so that it is used."""

from collections.abc import Awaitable, Callable
from datetime import time
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from scheduler import outbox, outbox_upkeep
from storage.occasions import Besides, Habits, Occasion, Page, Spread, Window
from tests.cast import MORNING
from tests.databases import Database

Ask = Callable[[AsyncSession], Awaitable[Any]]


@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (lambda session: outbox.claim(session, "w", now=MORNING), "ix_outbox_due"),
        (lambda session: outbox_upkeep.expire(session, now=MORNING), "ix_outbox_expiry"),
        (lambda session: outbox_upkeep.recover(session, now=MORNING), "ix_outbox_lease"),
        (outbox_upkeep.held, "ix_outbox_trouble"),
        (lambda session: outbox_upkeep.counts(session, "broadcast:1:"), "outbox"),
        (lambda session: outbox_upkeep.cancel(session, "broadcast:1:"), "outbox"),
    ],
    ids=["claim", "expire", "recover", "held", "counts", "cancel"],
)
async def test_an_index_is_used(database: Database, ask: Ask, index: str) -> None:
    plan = await plan_of(database, ask)

    assert index in plan
    assert "Seq Scan" not in plan
    assert "SCAN outbox\n" not in plan


async def test_a_page_is_planned_without_a_look_at_the_others(database: Database) -> None:
    day, hour = MORNING.date(), time(8)
    usual = Habits(hour, hour, hour)
    spread = Spread(
        "digest",
        [Occasion("a", "学员", day, 100, "task")],
        Besides([1], day, 110),
        [Window(day, usual, MORNING, MORNING)],
        usual,
    )

    async def ask(session: AsyncSession) -> None:
        await outbox.has_new(session, spread, Page(1, 10), now=MORNING)
        await outbox.add_page(session, spread, Page(1, 10), now=MORNING)

    plan = await plan_of(database, ask)

    assert "ix_membership_programme_code" not in plan
    for table in ("outbox", "person", "membership", "progress", "credit"):
        assert f"Seq Scan on {table}" not in plan
        assert f"SCAN {table}\n" not in plan


async def plan_of(database: Database, ask: Ask) -> str:
    """Of every statement it makes, as if the table were large."""
    said: list[tuple[str, Any]] = []

    def listen(_c: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        said.append((statement, values))

    event.listen(database.engine.sync_engine, "before_cursor_execute", listen)
    async with database.sessions.begin() as session:
        await ask(session)
    event.remove(database.engine.sync_engine, "before_cursor_execute", listen)
    on_postgres = database.engine.dialect.name == "postgresql"
    lines = []
    async with database.sessions.begin() as session:
        if on_postgres:
            await session.execute(text("SET LOCAL enable_seqscan = off"))
        connection = await session.connection()
        for statement, values in said:
            if "outbox" in statement:
                explain = "EXPLAIN " if on_postgres else "EXPLAIN QUERY PLAN "
                rows = await connection.exec_driver_sql(explain + statement, values)
                lines += [row[0 if on_postgres else 3] for row in rows]
    return "\n".join(lines) + "\n"
