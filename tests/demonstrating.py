"""The demonstration inside the test's own loop, on a free port, in a folder of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import App, build
from bot.settings import load_settings


@asynccontextmanager
async def demonstrated(folder: Path, environment: pytest.MonkeyPatch) -> AsyncIterator[App]:
    environment.chdir(folder)
    environment.setenv("PORT", "0")
    app = build(load_settings(None), demo=True)
    await app.start()
    try:
        yield app
    finally:
        await app.stop()
