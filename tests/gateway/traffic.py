"""What went over the wire, and whether the published Bot API agrees with it."""

import importlib.util
import json
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import parse_qsl

import pytest
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.bodies import multipart

VALIDATOR = Path(__file__).parents[3] / "shared" / "data" / "botapi_validate.py"


@dataclass
class Exchanged:
    method: str
    headers: Headers
    sent: bytes = b""
    answered: bytes = b""


@dataclass
class Recorder:
    """Stands between the server and the gateway and keeps both directions."""

    app: ASGIApp
    calls: list[Exchanged] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/bot"):
            await self.app(scope, receive, send)
            return
        call = Exchanged(scope["path"].split("/")[2], Headers(scope=scope))
        self.calls.append(call)

        async def receive_and_keep() -> Message:
            message = await receive()
            call.sent += message.get("body", b"")
            return message

        async def send_and_keep(message: Message) -> None:
            call.answered += message.get("body", b"")
            await send(message)

        await self.app(scope, receive_and_keep, send_and_keep)


def validator() -> ModuleType:
    if not VALIDATOR.exists():
        pytest.skip(f"the published Bot API is not beside the project: no {VALIDATOR.name}")
    spec = importlib.util.spec_from_file_location("botapi_validate", VALIDATOR)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def problems(calls: list[Exchanged], checks: ModuleType) -> list[str]:
    found: list[str] = []
    for call in calls:
        params, files = await _sent(call)
        found += checks.request(call.method, params, files)
        answer = json.loads(call.answered)
        if answer["ok"]:
            found += checks.result(call.method, answer["result"])
            if call.method == "getUpdates":
                found += [one for update in answer["result"] for one in checks.update(update)]
    return found


async def _sent(call: Exchanged) -> tuple[dict[str, Any], list[str]]:
    async def body() -> AsyncGenerator[bytes, None]:
        yield call.sent

    if call.headers.get("content-type", "").startswith("multipart/"):
        fields = await multipart(call.headers, body())
        return dict(fields.params), list(fields.files)
    return dict(parse_qsl(call.sent.decode(), keep_blank_values=True)), []
