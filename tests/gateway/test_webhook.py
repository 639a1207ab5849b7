"""Delivery to a webhook: the secret, the order, the retries, the method in the answer."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.gateway.serving import CHEN, LIN, Running, until

FORM = (
    b'--x\r\nContent-Disposition: form-data; name="method"\r\n\r\nsendMessage\r\n'
    b'--x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n101\r\n'
    b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
    b"\xe6\x94\xb6\xe5\x88\xb0\r\n--x--\r\n"
)


@dataclass
class Hook:
    """Somebody's bot: keeps what it gets and answers as told."""

    answers: list[Response] = field(default_factory=list)
    got: list[dict[str, Any]] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    url: str = ""

    async def take(self, request: Request) -> Response:
        self.got.append(await request.json())
        self.secrets.add(request.headers.get("x-telegram-bot-api-secret-token", ""))
        return self.answers.pop(0) if self.answers else Response()

    def texts(self) -> list[str]:
        return [one["message"]["text"] for one in self.got]


@asynccontextmanager
async def listening(hook: Hook) -> AsyncIterator[Hook]:
    place = socket.socket()
    place.bind(("127.0.0.1", 0))
    hook.url = f"http://127.0.0.1:{place.getsockname()[1]}/hook"
    app = Starlette(routes=[Route("/hook", hook.take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
    work = asyncio.create_task(server.serve(sockets=[place]))
    await until(lambda: server.started)
    yield hook
    server.should_exit = True
    await work
    place.close()


async def test_updates_arrive_in_order_with_the_secret(live: Running) -> None:
    async with listening(Hook()) as hook:
        await live.says(LIN, "一")
        await live.result("setWebhook", url=hook.url, secret_token="geheim")
        await live.says(LIN, "二")
        await until(lambda: len(hook.got) == 2)
        await live.result("deleteWebhook")

    assert hook.texts() == ["一", "二"]
    assert hook.secrets == {"geheim"}
    assert (await live.result("getWebhookInfo"))["pending_update_count"] == 0


async def test_a_failed_delivery_is_repeated_before_the_next_of_that_chat(live: Running) -> None:
    await live.says(CHEN, "/start")
    async with listening(
        Hook(answers=[Response(status_code=500), Response(status_code=503)])
    ) as hook:
        await live.says(LIN, "一")
        await live.says(LIN, "二")
        await live.result("setWebhook", url=hook.url, max_connections=1)
        await until(lambda: hook.texts()[-1:] == ["二"])
        info = await live.result("getWebhookInfo")
        await live.result("deleteWebhook")

    of_lin = [text for text in hook.texts() if text != "/start"]
    assert of_lin == sorted(of_lin, key="一二".index)
    assert len(hook.got) == 5
    assert info["last_error_message"].startswith("Wrong response from the webhook: 50")


async def test_a_method_in_the_answer_is_carried_out(live: Running) -> None:
    json_answer = json.dumps({"method": "sendMessage", "chat_id": LIN, "text": "好"}).encode()
    answers = [
        Response(json_answer, media_type="application/json"),
        Response(FORM, headers={"content-type": "multipart/form-data; boundary=x"}),
        Response(b"\xff{", media_type="application/json"),
    ]
    async with listening(Hook(answers=answers)) as hook:
        await live.result("setWebhook", url=hook.url)
        for text in "一二三四":
            await live.says(LIN, text)
        await until(lambda: len(hook.got) == 4)
        await live.result("deleteWebhook")

    outcomes = [json.loads(line) for line in await live.log()]
    said = [line["text"] for line in outcomes if line["outcome"] == "200, in webhook answer"]
    assert said == ["好", "收到"]


async def test_plain_http_is_only_for_this_machine(live: Running) -> None:
    for url in ("http://example.org/x", "ftp://example.org", "https://", "http://[", "x"):
        assert (await live.refusal("setWebhook", url=url))[0] == 400
