"""Telegram as python-telegram-bot sees it: keeps what was sent, plays back what went wrong."""

import json
from collections import deque
from collections.abc import Callable
from typing import Any

import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

Reply = tuple[int, dict[str, Any]]
Unkind = Reply | Exception

BLOCKED: Reply = (403, {"ok": False, "description": "Forbidden: bot was blocked by the user"})
NO_SUCH_CHAT: Reply = (400, {"ok": False, "description": "Bad Request: chat not found"})
BAD_MARKUP: Reply = (
    400,
    {"ok": False, "description": "Bad Request: can't parse entities: unexpected end tag"},
)
SERVER_ERROR: Reply = (502, {"ok": False, "description": "Bad Gateway"})
WRONG_TOKEN: Reply = (401, {"ok": False, "description": "Unauthorized"})
LOST_REPLY = TimedOut()


def slow_down(seconds: int) -> Reply:
    text = f"Too Many Requests: retry after {seconds}"
    return 429, {"ok": False, "description": text, "parameters": {"retry_after": seconds}}


def moved_to(chat_id: int) -> Reply:
    text = "Bad Request: group chat was upgraded to a supergroup chat"
    return 400, {"ok": False, "description": text, "parameters": {"migrate_to_chat_id": chat_id}}


def refused_connection() -> NetworkError:
    """As HTTPXRequest raises it."""
    error = NetworkError("httpx.ConnectError: All connection attempts failed")
    error.__cause__ = httpx.ConnectError("All connection attempts failed")
    return error


class RecordingRequest(BaseRequest):
    """`replies` are played back first, then everything is accepted."""

    def __init__(self, *replies: Unkind, on_send: Callable[[], None] = lambda: None) -> None:
        self.replies = deque(replies)
        self.sent: list[dict[str, Any]] = []  # everything that reached the wire
        self.accepted: list[dict[str, Any]] = []
        self.arrived: list[dict[str, Any]] = []  # accepted, whether or not the reply came through
        self._on_send = on_send

    @property
    def read_timeout(self) -> float | None:
        return 5

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        form = dict(request_data.parameters) if request_data else {}
        self.sent.append(form)
        self._on_send()
        unkind = self.replies.popleft() if self.replies else None
        if unkind is None or unkind is LOST_REPLY:
            self.arrived.append(form)
        if isinstance(unkind, Exception):
            raise unkind
        if unkind:
            return unkind[0], json.dumps(unkind[1]).encode()
        self.accepted.append(form)
        return 200, json.dumps({"ok": True, "result": self._message(form)}).encode()

    def _message(self, form: dict[str, Any]) -> dict[str, Any]:
        chat = int(form["chat_id"])
        kind = "private" if chat > 0 else "supergroup"
        return {
            "message_id": len(self.sent),
            "date": 1_442_448_000,
            "chat": {"id": chat, "type": kind},
            "text": form["text"],
        }
