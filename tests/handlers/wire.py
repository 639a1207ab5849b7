"""Telegram's side of the wire: updates in, recorded calls out."""

from collections.abc import AsyncGenerator
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, GetFile, GetMe, SendMessage, TelegramMethod
from aiogram.types import Chat, File, InlineKeyboardMarkup, Message, User

from tests.cast import MORNING

BOT = User(id=42, is_bot=True, first_name="研修助手", username="yanxiu_bot")
TOKEN = "42:TEST"


class RecordingSession(BaseSession):
    """Keeps what aiogram would send; raises the troubles it was given, one a call."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[TelegramMethod[Any]] = []
        self.troubles: list[type[TelegramAPIError]] = []
        self.files: dict[str, bytes] = {}  # by file_id

    @property
    def messages(self) -> list[SendMessage]:
        return [method for method in self.sent if isinstance(method, SendMessage)]

    @property
    def notes(self) -> list[str]:
        """What was said over a pressed button."""
        return [m.text or "" for m in self.sent if isinstance(m, AnswerCallbackQuery)]

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109 (aiogram's signature)
    ) -> Any:
        if isinstance(method, GetMe):
            return BOT
        if isinstance(method, GetFile):
            if method.file_id not in self.files:
                raise TelegramBadRequest(method=method, message="file is temporarily unavailable")
            return File(file_id=method.file_id, file_unique_id="1", file_path=method.file_id)
        if self.troubles:
            raise self.troubles.pop(0)(method=method, message="trouble")
        self.sent.append(method)
        if isinstance(method, SendMessage):
            return Message(
                message_id=1000 + len(self.sent),
                date=MORNING,
                chat=Chat(id=int(method.chat_id), type="private"),
                text=method.text,
            ).as_(bot)
        return True

    async def stream_content(self, url: str, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes]:
        yield self.files[url.rpartition("/")[2]]

    async def close(self) -> None: ...


def labels(message: SendMessage) -> list[str]:
    markup = message.reply_markup
    assert isinstance(markup, InlineKeyboardMarkup)
    return [button.text for row in markup.inline_keyboard for button in row]


def callback_data(message: SendMessage, index: int) -> str:
    markup = message.reply_markup
    assert isinstance(markup, InlineKeyboardMarkup)
    return [button.callback_data or "" for row in markup.inline_keyboard for button in row][index]


def person(user_id: int) -> dict[str, Any]:
    return {"id": user_id, "is_bot": False, "first_name": "老师"}


def chat_of(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "type": "private" if chat_id > 0 else "supergroup"}


def text_message(number: int, user_id: int, chat_id: int, text: str, **more: Any) -> dict[str, Any]:
    """With the entities that Telegram finds: commands, and mentions of us."""
    entities = []
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0]
        entities.append({"type": "bot_command", "offset": 0, "length": len(command)})
    elif (at := text.find("@yanxiu_bot")) >= 0:
        offset = len(text[:at].encode("utf-16-le")) // 2
        entities.append({"type": "mention", "offset": offset, "length": 11})
    return {
        "message_id": number,
        "date": int(MORNING.timestamp()),
        "chat": chat_of(chat_id),
        "from": person(user_id),
        "text": text,
        "entities": entities,
        **more,
    }
