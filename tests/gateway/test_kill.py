"""kill -9 in the middle of it: what was accepted is there, what was not confirmed comes again."""

import asyncio
import json
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import httpx

from tests.gateway.serving import until

TOKEN = "77:stand-alone"
ROOT = Path(__file__).parents[2]


async def alone(database: Path, port: int) -> asyncio.subprocess.Process:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "gateway", "--port", str(port), "--token", TOKEN),
        *("--database", str(database)),
        cwd=ROOT,
    )
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", verify=False) as web:
        for _ in range(400):
            try:
                await web.get("/gateway/health")
                return process
            except httpx.ConnectError:
                await asyncio.sleep(0.02)
    raise AssertionError("the gateway did not start")


def free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


async def test_nothing_accepted_is_lost(tmp_path: Path) -> None:
    port, database = free_port(), tmp_path / "gateway.db"
    headers = {"authorization": f"Bearer {TOKEN}"}
    accepted: list[int] = []
    process = await alone(database, port)

    async def write(web: httpx.AsyncClient) -> None:
        for number in range(100_000):
            params = {"chat_id": 5, "text": str(number)}
            sent = await web.post(f"/bot{TOKEN}/sendMessage", json=params)
            accepted.append(sent.json()["result"]["message_id"])

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", verify=False) as web:
        people = [{"user_id": 5, "name": "林", "started": True}]
        await web.post("/gateway/people", json=people, headers=headers)
        await web.post("/gateway/say", json={"user_id": 5, "text": "在吗"}, headers=headers)
        entered, place = await settle(web)
        before = (await web.get(f"/bot{TOKEN}/getUpdates")).json()
        writing = asyncio.create_task(write(web))
        await until(lambda: len(accepted) >= 50)
        process.send_signal(signal.SIGKILL)
        await asyncio.wait([writing])
    assert isinstance(writing.exception(), httpx.TransportError)
    await process.wait()

    process = await alone(database, port)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", verify=False) as web:
        log = await web.get("/gateway/log", headers=headers)
        after = (await web.get(f"/bot{TOKEN}/getUpdates")).json()
        web.cookies = entered
        state = (await web.get("/page/state")).json()
    process.terminate()

    kept = {json.loads(line)["message_id"] for line in log.text.splitlines()}
    assert set(accepted) <= kept
    assert before == after
    assert after["result"][0]["message"]["text"] == "在吗"
    assert await process.wait() in (0, -signal.SIGTERM)
    assert forum_in(state, place) == (["观课"], "administrator")


def forum_in(state: dict[str, Any], place: str) -> tuple[list[str], str]:
    """Its topics, and what the bot is in it."""
    forum = next(one for one in state["chats"] if one["key"] == place)
    return [one["name"] for one in forum["topics"]], forum["bot_status"]


async def settle(web: httpx.AsyncClient) -> tuple[httpx.Cookies, str]:
    """Somebody comes by the page and makes a forum with a topic; the cookie, and where it is."""
    await web.post("/page/session", json={"name": "陈老师"})
    person = (await web.get("/page/state")).json()["people"][0]["id"]

    async def post(path: str, **body: Any) -> Any:
        answer = await web.post(f"/page/{path}", json={"person": person, **body})
        answer.raise_for_status()
        return answer.json()

    group = (await post("group", chat=f"77:{person}", title="数学组"))["chat"]
    forum = (await post("upgrade", chat=group, forum=True))["chat"]
    await post("seat", chat=forum, who=77, status="administrator")
    await post("topic", chat=forum, name="观课")
    return web.cookies, str(forum)
