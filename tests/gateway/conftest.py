"""A fresh gateway for each test; behind a real port where the wire matters."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.gateway.serving import Clock, Running, begin, build, in_process, serving


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Running]:
    clock = Clock()
    app = build(tmp_path / "gateway.db", clock)
    async with in_process(app, clock) as running:
        yield running


@pytest.fixture
async def started(gateway: Running) -> Running:
    return await begin(gateway)


@pytest.fixture
async def live(tmp_path: Path) -> AsyncIterator[Running]:
    """The same, behind a real server."""
    clock = Clock()
    async with serving(build(tmp_path / "live.db", clock), clock) as running:
        yield await begin(running)
