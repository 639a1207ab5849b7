"""Buttons under a message, one below the other."""

from collections.abc import Iterable

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

MANY = 60  # Telegram takes 100


def column(options: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Of (label, data)."""
    rows = [[InlineKeyboardButton(text=label, callback_data=data)] for label, data in options]
    return InlineKeyboardMarkup(inline_keyboard=rows[:MANY])
