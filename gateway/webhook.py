"""Delivery of updates to a webhook: in order per chat, again after a failure."""

import asyncio
import time
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field

import httpx
from starlette.datastructures import Headers

from gateway.bodies import Fields, json_params, multipart
from gateway.botapi import log_call, perform
from gateway.errors import ApiError, bad_request
from gateway.exchange import Bot, Exchange, Json
from gateway.methods.receiving import keep_webhook, webhook_of

ANSWER_SECONDS = 60
LONGEST_PAUSE = 60.0
Lane = tuple[int, int]  # bot and chat: what has to stay in order


@dataclass(slots=True)
class Courier:
    """Carries one update per chat at a time; a chat that failed rests, the others go on."""

    exchange: Exchange
    first_pause: float = 1.0
    under_way: dict[Lane, asyncio.Task[None]] = field(default_factory=dict)
    resting_until: dict[Lane, float] = field(default_factory=dict)
    failures: dict[Lane, int] = field(default_factory=dict)

    async def run(self) -> None:
        async with httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False) as client:
            try:
                while not self.exchange.closing:
                    for bot in list(self.exchange.bots.values()):
                        self._send_out(client, bot)
                    await self.exchange.updates.heard(self._seconds_to_wait())
            finally:
                for task in self.under_way.values():
                    task.cancel()

    def _seconds_to_wait(self) -> float:
        now = time.monotonic()
        return min(
            [until - now for until in self.resting_until.values() if until > now], default=60
        )

    def _send_out(self, client: httpx.AsyncClient, bot: Bot) -> None:
        webhook = webhook_of(self.exchange, bot)
        if webhook is None:
            return
        now = time.monotonic()
        free = webhook["max_connections"] - sum(lane[0] == bot.id for lane in self.under_way)
        for update_id, chat_id, body in self._first_of_each_chat(bot):
            lane = (bot.id, chat_id)
            if free <= 0:
                return
            if lane not in self.under_way and self.resting_until.get(lane, 0) <= now:
                work = self._carry(client, bot, webhook, lane, update_id, body)
                self.under_way[lane] = asyncio.create_task(work)
                free -= 1

    def _first_of_each_chat(self, bot: Bot) -> list[tuple[int, int, str]]:
        rows = self.exchange.store.all(
            "SELECT min(id) AS id, chat_id, body FROM updates WHERE bot_id = ?"
            " GROUP BY chat_id ORDER BY min(id) LIMIT 200",
            bot.id,
        )
        return [(row["id"], row["chat_id"], row["body"]) for row in rows]

    async def _carry(
        self,
        client: httpx.AsyncClient,
        bot: Bot,
        webhook: Json,
        lane: Lane,
        update_id: int,
        body: str,
    ) -> None:
        headers = {"content-type": "application/json"}
        if webhook["secret_token"]:
            headers["x-telegram-bot-api-secret-token"] = webhook["secret_token"]
        content = f'{{"update_id":{update_id},{body[1:]}'.encode()
        try:
            answer = await client.post(webhook["url"], content=content, headers=headers)
            if not answer.is_success:
                reason = f"Wrong response from the webhook: {answer.status_code}"
                self._failed(bot, lane, f"{reason} {answer.reason_phrase}".strip())
                return
            self._delivered(lane, update_id)
            await self._do_what_was_answered(bot, answer)
        except httpx.HTTPError as error:
            self._failed(bot, lane, str(error) or type(error).__name__)
        finally:
            self.under_way.pop(lane, None)
            self.exchange.updates.ring()

    def _delivered(self, lane: Lane, update_id: int) -> None:
        self.exchange.store.run("DELETE FROM updates WHERE id = ?", update_id)
        self.failures.pop(lane, None)
        self.resting_until.pop(lane, None)

    def _failed(self, bot: Bot, lane: Lane, reason: str) -> None:
        self.failures[lane] = min(self.failures.get(lane, 0) + 1, 20)
        pause = min(self.first_pause * 2 ** (self.failures[lane] - 1), LONGEST_PAUSE)
        self.resting_until[lane] = time.monotonic() + pause
        webhook = webhook_of(self.exchange, bot)
        if webhook:
            error = {"last_error_date": int(time.time()), "last_error_message": reason}
            keep_webhook(self.exchange, bot, webhook | error)

    async def _do_what_was_answered(self, bot: Bot, answer: httpx.Response) -> None:
        """A bot may answer with one method; like Telegram, nobody tells it how that went."""
        arrived = time.monotonic()
        fields = Fields({}, {})
        try:
            fields = await _fields_of_answer(answer)
            method = fields.params.get("method", "").lower()
            if method and method != "getupdates":
                await perform(self.exchange, bot, method, fields, arrived, "200, in webhook answer")
        except ApiError as error:
            outcome = f"{error.code} {error.description}, in webhook answer"
            method = fields.params.get("method", "?").lower()
            log_call(self.exchange, bot, method, fields.params, arrived, outcome)


async def _fields_of_answer(answer: httpx.Response) -> Fields:
    kind = answer.headers.get("content-type", "").split(";")[0].strip().lower()
    if not answer.content.strip():
        return Fields({}, {})
    if kind == "multipart/form-data":
        return await multipart(Headers(dict(answer.headers)), _once(answer.content))
    if kind == "application/json":
        return Fields(json_params(answer.content), {})
    raise bad_request("webhook answer is neither JSON nor a form")


async def _once(content: bytes) -> AsyncGenerator[bytes, None]:
    yield content
