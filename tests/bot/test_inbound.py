"""Replies survive a moody Telegram; a wrong token does not start."""

import asyncio
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)

from bot.inbound import (
    Door,
    PatientReplies,
    identify,
    introduce,
    listen,
    make_inbound_bot,
    open_door,
)
from bot.polling import GetRawUpdates
from bot.refusal import Refused
from bot.wire import Wire
from tests.handlers.wire import TOKEN, RecordingSession

HELLO = SendMessage(chat_id=7, text="您好")


class MoodySession(RecordingSession):
    """Raises the given troubles first, each of them once, for whatever is asked."""

    def __init__(self, *troubles: AiogramError) -> None:
        super().__init__()
        self.moods = list(troubles)
        self.pauses: list[float] = []
        self.middleware(PatientReplies(self.sleep))

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> Any:
        if self.moods:
            raise self.moods.pop(0)
        return await super().make_request(bot, method, timeout)


def slow_down(seconds: int) -> TelegramRetryAfter:
    return TelegramRetryAfter(method=HELLO, message="slow down", retry_after=seconds)


def lost() -> TelegramNetworkError:
    return TelegramNetworkError(method=HELLO, message="lost")


async def test_reply_waits_as_long_as_telegram_says() -> None:
    session = MoodySession(slow_down(7), slow_down(900))

    await Bot(TOKEN, session=session)(HELLO)

    assert session.pauses == [7, 60]
    assert len(session.messages) == 1


async def test_reply_is_sent_again_when_the_line_broke() -> None:
    session = MoodySession(lost(), TelegramServerError(method=HELLO, message="502"))

    await Bot(TOKEN, session=session)(HELLO)

    assert len(session.messages) == 1


async def test_patience_has_an_end() -> None:
    session = MoodySession(*(lost() for _ in range(9)))

    with pytest.raises(TelegramNetworkError):
        await Bot(TOKEN, session=session)(HELLO)

    assert len(session.pauses) == 3


@pytest.mark.parametrize(
    ("method", "trouble"),
    [
        (HELLO, TelegramBadRequest(method=HELLO, message="chat not found")),
        (AnswerCallbackQuery(callback_query_id="1"), lost()),
    ],
)
async def test_what_helps_nobody_is_not_repeated(
    method: TelegramMethod[Any], trouble: TelegramAPIError
) -> None:
    session = MoodySession(trouble)

    with pytest.raises(type(trouble)):
        await Bot(TOKEN, session=session)(method)

    assert session.pauses == []


async def test_receipt_that_cannot_be_read_is_no_failure() -> None:
    accepted = {"ok": True, "result": {"chat_id": "7", "text": "您好"}}
    session = MoodySession(ClientDecodeError("odd", ValueError("no date"), accepted))

    await Bot(TOKEN, session=session)(HELLO)

    assert session.pauses == []
    assert session.messages == []  # not sent a second time


async def test_wrong_token_is_refused() -> None:
    session = MoodySession(TelegramUnauthorizedError(method=HELLO, message="Unauthorized"))

    with pytest.raises(Refused, match="BOT_TOKEN"):
        await identify(Bot(TOKEN, session=session))


async def test_telegram_out_of_reach_does_not_stop_the_start() -> None:
    await identify(Bot(TOKEN, session=MoodySession(*(lost() for _ in range(9)))))


async def test_commands_are_told() -> None:
    session = MoodySession()

    await introduce(Bot(TOKEN, session=session))

    assert [type(method) for method in session.sent] == [SetMyCommands] * 2


async def test_old_webhook_is_taken_away() -> None:
    session = MoodySession()

    await open_door(Bot(TOKEN, session=session), Door(["message"]))

    assert [type(method) for method in session.sent] == [DeleteWebhook]


class NoMenus(RecordingSession):
    """A Bot API server of somebody else that has no commands, and one message waiting."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> Any:
        match method:
            case SetMyCommands():
                raise ClientDecodeError("no such method", ValueError(), {})
            case GetRawUpdates(offset=None):
                return [{"update_id": 1, "message": {"chat": {"id": 7}}}]
            case GetRawUpdates():
                return []
        return await super().make_request(bot, method, timeout)


async def test_who_cannot_be_told_the_commands_is_answered_all_the_same() -> None:
    stopping, handled = asyncio.Event(), []

    async def handle(bot: Bot, update: dict[str, Any]) -> None:
        handled.append(update["update_id"])
        stopping.set()

    await asyncio.wait_for(listen(Bot(TOKEN, session=NoMenus()), handle, Door([]), stopping), 10)

    assert handled == [1]


async def test_proxy_and_own_server_are_used() -> None:
    bot = make_inbound_bot(
        Wire(TOKEN, "telegram", "http://127.0.0.1:8081", "http://127.0.0.1:3128")
    )

    assert bot.session.api.api_url(TOKEN, "getMe") == "http://127.0.0.1:8081/bot42:TEST/getMe"
    assert TOKEN not in repr(Wire(TOKEN, "telegram"))
    await bot.session.close()
