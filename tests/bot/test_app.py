"""The same product with a token: against a Bot API server that is not our own process's."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import build as build_app
from bot.clock import SystemClock
from bot.settings import load_settings
from gateway.server import build_gateway
from storage import invitations
from storage.database import make_engine, make_sessions
from storage.roster import PARTICIPANT
from tests.gateway.serving import CAST, Clock, serving
from tests.phone import Phone

TOKEN = "4242:telegram-of-this-test"


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[str]:
    clock = Clock()
    telegram = build_gateway(
        database=tmp_path / "server.db",
        token=TOKEN,
        bot_name="研修助手",
        now=clock.now,
        residents=CAST,
    )
    async with serving(telegram, clock) as running:
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


@pytest.mark.usefixtures("bare_environment")
async def test_one_person_is_served_on_telegram_and_on_the_page(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(monkeypatch, BOT_API_URL=server) as page, Phone(server) as telegram:
        await telegram.say("林", f"/start {await invitation()}")
        await telegram.hears("林", "您的姓名")
        await telegram.say("林", "林晓")
        await telegram.hears("林", "林晓老师，欢迎加入")
        await telegram.say("林", "/link")
        link = (await telegram.hears("林", "另一台设备"))["text"].split("\n")[-1]
        assert link.startswith(f"{page}/?start=")

        async with Phone(page, newcomer="林") as browser:
            await browser.say("林", f"/start {link.split('=')[1]}")
            await browser.hears("林", "林晓老师，欢迎加入")
            await telegram.hears("林", "刚刚在网页打开了")  # by the outbox, to the other surface
            await browser.say("林", "/tasks")
            await browser.hears("林", "各阶段都已结束")


async def invitation() -> str:
    """As the operator makes it while the program runs."""
    engine = make_engine(load_settings(None).database_url)
    async with make_sessions(engine).begin() as session:
        now = SystemClock().now()
        token = await invitations.make(
            session, role=PARTICIPANT, programme="shandong-2015-gaozhong", now=now
        )
    await engine.dispose()
    return token
