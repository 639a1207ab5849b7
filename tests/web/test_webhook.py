"""Updates from Telegram are handled before they are acknowledged, and strange ones do no harm."""

from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from storage.database import DatabaseTrouble
from web.webhook import PATH, webhook_route

SECRET = "abcdefghijklmnop"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Post:
    """Telegram's side of a webhook."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.handled: list[dict[str, Any]] = []
        self.trouble = trouble
        transport = httpx.ASGITransport(Starlette(routes=[webhook_route(self.handle, SECRET)]))
        self.client = httpx.AsyncClient(transport=transport, base_url="http://bot")

    async def handle(self, update: dict[str, Any]) -> None:
        if self.trouble:
            raise self.trouble
        self.handled.append(update)

    async def bring(self, body: bytes, secret: bytes = SECRET.encode()) -> httpx.Response:
        headers = {HEADER.encode(): secret}
        return await self.client.post(PATH, content=body, headers=headers)


async def test_update_is_handled_before_it_is_acknowledged() -> None:
    post = Post()

    answer = await post.bring(b'{"update_id": 7}')

    assert (answer.status_code, post.handled) == (200, [{"update_id": 7}])


@pytest.mark.parametrize("secret", [b"", b"wrong", "密码".encode(), b"\xff\xfe"])
async def test_wrong_secret_is_refused(secret: bytes) -> None:
    post = Post()

    answer = await post.bring(b'{"update_id": 7}', secret)

    assert (answer.status_code, post.handled) == (401, [])


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"update_id": "7"}',
        b'{"update_id": true}',
        b"[" * 100_000,
    ],
)
async def test_malformed_body_is_not_brought_again(body: bytes) -> None:
    post = Post()

    answer = await post.bring(body)

    assert (answer.status_code, post.handled) == (200, [])


async def test_body_without_end_is_refused() -> None:
    answer = await Post().bring(b" " * 1_000_001)

    assert answer.status_code == 413


async def test_update_is_brought_again_when_the_database_is_down() -> None:
    answer = await Post(DatabaseTrouble("down")).bring(b'{"update_id": 7}')

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
