"""A fresh gateway for each test; behind a real port where the wire matters."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway.serving import LIN, Clock, Running, build, in_process, seat_groups, serving


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Running]:
    clock = Clock()
    app = build(tmp_path / "gateway.db", clock)
    async with in_process(app, clock) as running:
        yield running


@pytest.fixture
async def started(gateway: Running) -> Running:
    return await _begin(gateway)


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Running]:
    """The same, behind a real server."""
    clock = Clock()
    async with serving(build(tmp_path / "live.db", clock), clock) as running:
        yield await _begin(running)


async def _begin(gateway: Running) -> Running:
    """Lin has pressed «start»; the groups are there; the queue is empty."""
    seat_groups(gateway.app)
    await gateway.says(LIN, "/start")
    await gateway.result("getUpdates", offset=-1)
    updates = await gateway.result("getUpdates")
    await gateway.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return gateway
