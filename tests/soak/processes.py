"""The processes of a soak: a gateway that keeps the log, and the program that will be killed."""

import json
import os
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import httpx

TOKEN = "4242:soak"
ROOT = Path(__file__).parents[2]
ACCEPTED = "200"


class Gateway:
    """`python -m gateway` on a free port; what it accepted is what counts."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as place:
            port = place.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._accepted: list[dict[str, Any]] = []
        self._read_up_to = 0
        headers = {"authorization": f"Bearer {TOKEN}"}
        self._web = httpx.Client(base_url=self.url, headers=headers, trust_env=False, timeout=30)
        database = str(folder / "gateway.db")
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gateway", "--port", str(port)),
                *("--token", TOKEN, "--database", database),
            ],
            cwd=ROOT,
        )

    def __enter__(self) -> Self:
        for _ in range(600):
            try:
                self._web.get("/gateway/health")
                return self
            except httpx.ConnectError:
                time.sleep(0.05)
        raise AssertionError("the gateway did not start")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._web.close()
        self._process.terminate()
        self._process.wait(30)

    def introduce(self, chats: Iterable[int]) -> None:
        known = [{"user_id": chat, "name": f"学员{chat}", "started": True} for chat in chats]
        self._web.post("/gateway/people", json=known).raise_for_status()

    @property
    def arrived(self) -> int:
        self._read_on()
        return len(self._accepted)

    def copies(self, *, without: str = "") -> Counter[int]:
        """How often each chat was written to; `without`: leaving out messages with these words."""
        self._read_on()
        return Counter(
            int(line["chat_id"])
            for line in self._accepted
            if not without or without not in line["text"]
        )

    def said(self, *, without: str = "") -> Counter[str]:
        """How often each text was accepted, told apart by its last line."""
        self._read_on()
        texts = [line["text"] for line in self._accepted]
        return Counter(
            text.rpartition("\n")[2] for text in texts if not without or without not in text
        )

    def _read_on(self) -> None:
        log = self._web.get("/gateway/log", params={"after": self._read_up_to})
        for text in log.text.splitlines():
            line = json.loads(text)
            self._read_up_to = line["id"]
            if line["method"] == "sendmessage" and line["outcome"].startswith(ACCEPTED):
                self._accepted.append(line)


def started_app(
    database_url: str, gateway: Gateway, at: datetime, folder: Path
) -> subprocess.Popen[bytes]:
    """A real `yanxiu run` whose clock starts at `at`."""
    settings = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "PORT": "0",
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": gateway.url,
        "DATABASE_URL": database_url,
    }
    with (folder / "program.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "run", "--now", at.isoformat()],
            cwd=folder,
            env=settings,
            stdout=log,
            stderr=log,
        )
