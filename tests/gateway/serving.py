"""A gateway that really listens, and the cast that uses it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from gateway.server import Control, Resident, add_group, build_gateway, hang_up

TOKEN = "1000:gateway-test"
NOON = datetime(2015, 9, 17, 4, 0, tzinfo=UTC)
LIN, CHEN, WU, QIAN = 101, 102, 103, 199
GROUP, FORUM = -500, -1_000_000_000_700
CAST = [
    Resident(LIN, "林", "学员"),
    Resident(CHEN, "陈", "组长"),
    Resident(WU, "吴", "省级专家"),
    Resident(QIAN, "钱", "陌生人"),
]


@dataclass
class Clock:
    at: datetime = NOON

    def now(self) -> datetime:
        return self.at


@dataclass
class Running:
    app: Starlette
    url: str
    web: httpx.AsyncClient
    clock: Clock

    async def call(self, method: str, **params: Any) -> Any:
        """The reply of a Bot API method, whatever it says."""
        answer = await self.web.post(f"/bot{TOKEN}/{method}", json=params)
        return answer.json()

    async def result(self, method: str, **params: Any) -> Any:
        reply = await self.call(method, **params)
        assert reply["ok"], reply
        return reply["result"]

    async def refusal(self, method: str, **params: Any) -> tuple[int, str]:
        reply = await self.call(method, **params)
        assert not reply["ok"], reply
        return reply["error_code"], reply["description"]

    async def tester(self, path: str, body: Any) -> Any:
        headers = {"authorization": f"Bearer {TOKEN}"}
        answer = await self.web.post(f"/gateway/{path}", json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def says(self, user_id: int, text: str, **more: Any) -> Any:
        return await self.tester("say", {"user_id": user_id, "text": text, **more})

    async def log(self) -> list[str]:
        headers = {"authorization": f"Bearer {TOKEN}"}
        return (await self.web.get("/gateway/log", headers=headers)).text.splitlines()


async def until(happened: Callable[[], object]) -> None:
    while not happened():  # noqa: ASYNC110  what is waited for has no event of its own
        await asyncio.sleep(0.002)


@asynccontextmanager
async def in_process(app: Starlette, clock: Clock) -> AsyncIterator[Running]:
    """Without a socket and without webhooks: enough for calls that answer at once."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as web:
        yield Running(app, "http://gateway", web, clock)
    app.state.exchange.store.close()


def build(database: Path, clock: Clock, controls: tuple[Control, ...] = ()) -> Starlette:
    return build_gateway(
        database=database,
        token=TOKEN,
        bot_name="研修助手",
        now=clock.now,
        residents=CAST,
        controls=controls,
        first_pause=0.02,
    )


@asynccontextmanager
async def serving(
    app: Starlette, clock: Clock, around: Callable[[ASGIApp], ASGIApp] = lambda app: app
) -> AsyncIterator[Running]:
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(around(app), log_level="critical", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    work = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        await until(lambda: server.started)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with httpx.AsyncClient(base_url=url, timeout=10, verify=False) as web:
            yield Running(app, url, web, clock)
    finally:
        hang_up(app)
        server.should_exit = True
        await work
        listening.close()


def seat_groups(app: Starlette) -> None:
    add_group(app, token=TOKEN, chat_id=GROUP, title="第一研修组", members=[CHEN, LIN])
    add_group(app, token=TOKEN, chat_id=FORUM, title="专家论坛", members=[WU], forum=True)


async def begin(gateway: Running) -> Running:
    """Lin has pressed «start»; the groups are there; the queue is empty."""
    seat_groups(gateway.app)
    await gateway.says(LIN, "/start")
    await gateway.result("getUpdates", offset=-1)
    updates = await gateway.result("getUpdates")
    await gateway.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return gateway
