"""The page as a browser uses it: people of the demonstration, over real HTTP."""

import asyncio
from datetime import datetime
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

import httpx

from tests.cast import SHANGHAI

PATIENCE = 30  # seconds; on a quiet machine a reply takes a tenth of one
STEP = 0.05


class Phone:
    """`async with Phone(address) as phone`; people are named as on the page. `newcomer`: who
    comes to a page that is no demonstration."""

    def __init__(self, address: str, newcomer: str = "") -> None:
        self._newcomer = {"name": newcomer} if newcomer else {}
        self._http = httpx.AsyncClient(
            base_url=address, timeout=PATIENCE, trust_env=False, verify=False
        )
        self._people: dict[str, int] = {}
        self._bot = 0

    async def __aenter__(self) -> Self:
        await self._post("session", self._newcomer)
        state = await self.state()
        self._people = {one["name"]: one["id"] for one in state["people"]}
        self._bot = int(state["chats"][0]["key"].split(":")[0])
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def now(self) -> datetime:
        return datetime.fromtimestamp((await self.state())["now"], SHANGHAI)

    async def state(self) -> dict[str, Any]:
        answer = await self._http.get("/page/state")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    async def say(self, name: str, text: str) -> None:
        await self._post(
            "say",
            {
                "chat": self._chat(name),
                "person": self._people[name],
                "text": text,
                "key": token_hex(8),
            },
        )

    async def press(self, name: str, message: dict[str, Any], button: int = 0) -> None:
        rows = message["reply_markup"]["inline_keyboard"]
        data = [one["callback_data"] for row in rows for one in row][button]
        await self._post(
            "press",
            {
                "chat": self._chat(name),
                "person": self._people[name],
                "message_id": message["message_id"],
                "data": data,
            },
        )

    async def control(self, name: str) -> str:
        return str((await self._post("control", {"name": name}))["line"])

    async def messages(self, name: str) -> list[dict[str, Any]]:
        where: dict[str, str | int] = {"chat": self._chat(name), "person": self._people[name]}
        answer = await self._http.get("/page/messages", params=where)
        answer.raise_for_status()
        return [one["message"] for one in answer.json()["messages"]]

    async def received(self, name: str) -> list[str]:
        """What the bot wrote to them, oldest first."""
        return [one["text"] for one in await self.messages(name) if one["from"]["is_bot"]]

    async def hears(self, name: str, words: str) -> dict[str, Any]:
        """The last message with these words, as soon as it is there."""
        for _ in range(int(PATIENCE / STEP)):
            for message in reversed(await self.messages(name)):
                if message["from"]["is_bot"] and words in message["text"]:
                    found: dict[str, Any] = message
                    return found
            await asyncio.sleep(STEP)
        raise AssertionError(f"{name} never read {words!r}: {await self.received(name)}")

    def _chat(self, name: str) -> str:
        return f"{self._bot}:{self._people[name]}"

    async def _post(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = await self._http.post(f"/page/{what}", json=body)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found
