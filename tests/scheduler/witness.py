"""A server that only remembers which messages arrived: what it says counts, not our tables."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

MARK = "（可能重复）"
SLOW_DOWN = {
    "ok": False,
    "description": "Too Many Requests: retry after 30",
    "parameters": {"retry_after": 30},
}


class Witness:
    def __init__(self) -> None:
        self.seen: list[tuple[int, str]] = []  # (chat, text), in the order of arrival
        self.reply_after_s = 0.0
        self.on_arrival: Callable[[int], None] = lambda count: None
        self.too_many = 0  # so many requests are answered with 429
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def copies(self) -> Counter[int]:
        """How often each chat was written to."""
        return Counter(chat for chat, _ in self.seen)

    def unmarked_copies(self) -> Counter[int]:
        return Counter(chat for chat, text in self.seen if MARK not in text)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def remember(self, form: dict[str, list[str]]) -> int:
        with self._lock:
            self.seen.append((int(form["chat_id"][0]), form["text"][0]))
            number = len(self.seen)
        self.on_arrival(number)
        return number

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        witness = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                body = self.rfile.read(length)
                if len(body) < length:
                    return None  # killed while writing: that message was not accepted
                form = parse_qs(body.decode())
                if witness.too_many:
                    witness.too_many -= 1
                    return self._reply(429, SLOW_DOWN)
                number = witness.remember(form)
                time.sleep(witness.reply_after_s)
                chat = chat_of(form)
                message = {"message_id": number, "date": 0, "chat": chat, "text": "x"}
                return self._reply(200, {"ok": True, "result": message})

            def _reply(self, status: int, said: dict[str, Any]) -> None:
                answer = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: object) -> None:
                """Not in the output of the tests."""

            def handle(self) -> None:
                try:
                    super().handle()
                except ConnectionError:
                    """The sender was killed: that is what we are here to see."""

        return Handler


def chat_of(form: dict[str, list[str]]) -> dict[str, Any]:
    return {"id": int(form["chat_id"][0]), "type": "private"}
