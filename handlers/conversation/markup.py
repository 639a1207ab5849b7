"""Rows of buttons as aiogram wants them."""

from collections.abc import Iterable

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from scheduler.letters import Button, Rows

MANY = 60  # Telegram takes 100


def column(options: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Of (label, data), one below the other."""
    rows = [[InlineKeyboardButton(text=label, callback_data=data)] for label, data in options]
    return InlineKeyboardMarkup(inline_keyboard=rows[:MANY])


def markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(inline_keyboard=[[_button(one) for one in row] for row in rows])


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.label, url=button.url)
    if button.copy:
        return InlineKeyboardButton(text=button.label, copy_text=CopyTextButton(text=button.copy))
    return InlineKeyboardButton(text=button.label, callback_data=button.data)
