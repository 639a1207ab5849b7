"""Replies to the person who wrote: at once, in the same topic, in as many messages as it takes."""

from aiogram.enums import ParseMode
from aiogram.types import (
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyParameters,
)

from handlers.conversation.html import pieces

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def reply(
    message: Message, html: str, markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | None = None
) -> None:
    """In a group the answer hangs on the question; the buttons hang on the last message."""
    quoted = None
    if message.chat.type != "private":
        quoted = ReplyParameters(message_id=message.message_id, allow_sending_without_reply=True)
    messages = pieces(html)
    for number, piece in enumerate(messages, start=1):
        await message.answer(
            piece,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_parameters=quoted if number == 1 else None,
            reply_markup=markup if number == len(messages) else None,
        )
