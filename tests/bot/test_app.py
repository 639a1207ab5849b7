"""The same product with a token: against a Bot API server that is not our own process's."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import build as build_app
from bot.settings import load_settings
from tests.gateway.serving import TOKEN, Clock, build, serving
from tests.phone import Phone


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[str]:
    clock = Clock()
    async with serving(build(tmp_path / "server.db", clock), clock) as running:
        yield running.url


@asynccontextmanager
async def running(environment: pytest.MonkeyPatch, **settings: str) -> AsyncIterator[str]:
    for name, value in {"PORT": "0", "BOT_TOKEN": TOKEN, **settings}.items():
        environment.setenv(name, value)
    app = build_app(load_settings(None))
    await app.start()
    try:
        yield app.address
    finally:
        await app.stop()


@pytest.mark.usefixtures("bare_environment")
async def test_bot_answers_through_the_server_it_is_given(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(monkeypatch, BOT_API_URL=server), Phone(server) as phone:
        await phone.say("林", "云南什么时候报到")

        answer = await phone.hears("林", "25号")

    assert "来源" in answer["text"]


def free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return str(taken.getsockname()[1])


@pytest.mark.usefixtures("bare_environment")
async def test_bot_answers_what_is_brought_to_its_webhook(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    settings = {
        "BOT_API_URL": server,
        "PORT": port,
        "WEBHOOK_URL": f"http://127.0.0.1:{port}",
        "WEBHOOK_SECRET": "0123456789abcdef",
    }
    async with running(monkeypatch, **settings), Phone(server) as phone:
        await phone.say("林", "云南什么时候报到")

        assert "来源" in (await phone.hears("林", "25号"))["text"]
