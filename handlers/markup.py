"""Rows of buttons as aiogram wants them."""

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from scheduler.letters import Button, Rows


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
