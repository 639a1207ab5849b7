"""Updates are confirmed only after they were handled; nothing is lost and one chat keeps order."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import TelegramMethod

from bot import polling
from bot.polling import GetRawUpdates, poll
from storage.database import DatabaseTrouble

Update = dict[str, Any]


class UpdateServer(BaseSession):
    """Telegram's queue: gives what is not confirmed, fails when it is told to."""

    def __init__(self, *updates: Update) -> None:
        super().__init__()
        self.waiting = list(updates)
        self.failures = 0
        self.is_empty = asyncio.Event()

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> Any:
        assert isinstance(method, GetRawUpdates)
        if self.failures:
            self.failures -= 1
            raise TelegramNetworkError(method=method, message="gone")
        self.waiting = [one for one in self.waiting if one["update_id"] >= (method.offset or 0)]
        if self.waiting:
            return list(self.waiting)
        self.is_empty.set()
        if method.timeout:
            await asyncio.Event().wait()
        return []

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""

    async def close(self) -> None: ...


def message(number: int, chat: int = 7) -> Update:
    return {"update_id": number, "message": {"chat": {"id": chat}}}


class Run:
    """Polls until everything is confirmed; keeps what was handled."""

    def __init__(self, server: UpdateServer) -> None:
        self.server = server
        self.handled: list[int] = []
        self.before: Callable[[Update], None] = lambda update: None

    async def handle(self, bot: Bot, update: Update) -> None:
        self.before(update)
        await asyncio.sleep(0)
        self.handled.append(update["update_id"])

    async def until_confirmed(self) -> list[int]:
        stopping = asyncio.Event()
        bot = Bot("42:TEST", session=self.server)
        work = asyncio.create_task(poll(bot, self.handle, ["message"], stopping, pause=0.0))
        await asyncio.wait_for(self.server.is_empty.wait(), 10)
        stopping.set()
        await asyncio.wait_for(work, 10)
        return self.handled


async def test_everything_is_handled_and_confirmed() -> None:
    run = Run(UpdateServer(message(5), message(6), message(9)))

    assert await run.until_confirmed() == [5, 6, 9]
    assert run.server.waiting == []


async def test_one_chat_keeps_its_order_beside_others() -> None:
    run = Run(UpdateServer(message(1), message(2, chat=8), message(3), message(4, chat=8)))

    handled = await run.until_confirmed()

    assert sorted(handled) == [1, 2, 3, 4]
    assert handled.index(1) < handled.index(3)
    assert handled.index(2) < handled.index(4)


async def test_lost_database_brings_only_the_unhandled_again() -> None:
    run = Run(UpdateServer(message(1), message(2, chat=8), message(3, chat=8)))
    troubles = [DatabaseTrouble("gone")]

    def fail_once(update: Update) -> None:
        if update["update_id"] == 2 and troubles:
            raise troubles.pop()

    run.before = fail_once

    assert sorted(await run.until_confirmed()) == [1, 2, 3]


async def test_lost_connection_is_tried_again() -> None:
    server = UpdateServer(message(1))
    server.failures = 2

    assert await Run(server).until_confirmed() == [1]


async def test_update_without_a_chat_is_handled_too() -> None:
    run = Run(UpdateServer({"update_id": 1, "poll": {"id": "x"}}, message(2)))

    assert sorted(await run.until_confirmed()) == [1, 2]


async def test_what_is_in_hand_at_the_stop_is_finished_and_confirmed() -> None:
    server = UpdateServer(message(1))
    started, go_on = asyncio.Event(), asyncio.Event()
    stopping = asyncio.Event()
    handled: list[int] = []

    async def slowly(bot: Bot, update: Update) -> None:
        started.set()
        await go_on.wait()
        handled.append(update["update_id"])

    bot = Bot("42:TEST", session=server)
    work = asyncio.create_task(polling.poll(bot, slowly, ["message"], stopping))
    await started.wait()
    stopping.set()
    go_on.set()
    await asyncio.wait_for(work, 10)

    assert handled == [1]
    assert server.waiting == []
