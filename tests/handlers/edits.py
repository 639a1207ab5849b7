"""What the bot has edited in place."""

from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import InlineKeyboardMarkup

from tests.handlers.conftest import Chat


def last_edit(chat: Chat) -> EditMessageText:
    edits = [method for method in chat.telegram.sent if isinstance(method, EditMessageText)]
    return edits[-1]


def edited_text(chat: Chat) -> str:
    return last_edit(chat).text or ""


def buttons(message: SendMessage | EditMessageText) -> dict[str, str]:
    """Label → callback data."""
    markup = message.reply_markup
    assert isinstance(markup, InlineKeyboardMarkup)
    return {
        button.text: button.callback_data or "" for row in markup.inline_keyboard for button in row
    }
