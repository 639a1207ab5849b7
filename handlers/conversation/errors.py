"""The one place where a failed update is caught: apologise, log once, show nothing of it."""

from contextlib import suppress
from secrets import token_hex

import structlog
from aiogram import Bot, Router
from aiogram.exceptions import AiogramError, TelegramForbiddenError
from aiogram.types import ErrorEvent, Update

from handlers import texts
from storage.database import DatabaseTrouble

log = structlog.get_logger(__name__)


def router() -> Router:
    here = Router(name="errors")
    here.errors.register(apologise)
    return here


async def apologise(event: ErrorEvent, bot: Bot) -> None:
    match event.exception:
        case DatabaseTrouble():
            raise event.exception  # the update comes again when the database is back
        case TelegramForbiddenError():
            log.info("reply refused", reason=str(event.exception))
            return
    number = token_hex(3)
    log.error("update failed", number=number, exc_info=event.exception)
    chat_id, thread_id = place_of(event.update)
    if chat_id is not None:
        with suppress(AiogramError):
            await bot.send_message(
                chat_id, texts.SORRY.format(number=number), message_thread_id=thread_id
            )


def place_of(update: Update) -> tuple[int | None, int | None]:
    """Where the failed update was written; nowhere for what nobody wrote."""
    query = update.callback_query
    message = update.message or (query.message if query else None)
    if message is None:
        return None, None
    in_topic = getattr(message, "is_topic_message", False)
    return message.chat.id, getattr(message, "message_thread_id", None) if in_topic else None
