"""A message of ours is edited in place after a press on one of its buttons."""

from aiogram.enums import ParseMode
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from handlers.conversation.html import pieces

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


async def rewrite(query: CallbackQuery, html: str, markup: InlineKeyboardMarkup | None) -> None:
    """Nothing where it says so already, or where it can no longer be edited."""
    if not isinstance(query.message, Message):
        return
    try:
        await query.message.edit_text(
            pieces(html)[0],
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup,
        )
    except TelegramBadRequest as trouble:
        known = ("not modified", "can't be edited", "to edit not found")
        if not any(words in trouble.message for words in known):
            raise
