"""The page's live changes: nothing twice, nothing lost, whatever breaks in between."""

import asyncio
import json
from pathlib import Path

from tests.gateway.serving import GROUP, Clock, Running, build, seat_groups, serving, until


async def test_the_stream_goes_on_after_a_restart(tmp_path: Path) -> None:
    clock = Clock()
    app = build(tmp_path / "gateway.db", clock)
    async with serving(app, clock) as gateway:
        seat_groups(app)
        await gateway.web.post("/page/session", json={})
        cookies = dict(gateway.web.cookies)
        since = (await gateway.web.get("/page/state")).json()["revision"]
        reading = asyncio.create_task(events(gateway, since, until_text="一"))
        await until(lambda: app.state.exchange.page._waiting)
        await gateway.result("sendMessage", chat_id=GROUP, text="一")
        seen = await reading
    last = max(int(event["id"]) for event in seen if "id" in event)

    app = build(tmp_path / "gateway.db", clock)
    async with serving(app, clock) as gateway:
        gateway.web.cookies.update(cookies)
        await gateway.result("sendMessage", chat_id=GROUP, text="二")
        again = await events(gateway, since, until_text="二", last=last)

    assert texts(seen) == ["一"]
    assert texts(again) == ["二"]


def texts(seen: list[dict[str, str]]) -> list[str]:
    messages = [json.loads(one["data"]) for one in seen if one.get("event") == "message"]
    return [one["message"]["text"] for one in messages]


async def events(
    gateway: Running, since: int, *, until_text: str, last: int | None = None
) -> list[dict[str, str]]:
    headers = {"last-event-id": str(last)} if last else {}
    seen: list[dict[str, str]] = [{}]
    async with gateway.web.stream("GET", f"/page/stream?since={since}", headers=headers) as answer:
        async for line in answer.aiter_lines():
            name, _, value = line.partition(": ")
            if line:
                seen[-1][name] = value
                continue
            if until_text in texts(seen):
                return seen
            seen.append({})
    raise AssertionError("the stream ended early")
