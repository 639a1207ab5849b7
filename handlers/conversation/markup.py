"""Rows of buttons as aiogram wants them."""

from collections.abc import Iterable, Sequence

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from scheduler.letters import Button, Rows

MANY = 60  # Telegram takes 100
IN_A_ROW = 5  # numbers


def column(options: Iterable[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Of (label, data), one below the other."""
    rows = [[InlineKeyboardButton(text=label, callback_data=data)] for label, data in options]
    return InlineKeyboardMarkup(inline_keyboard=rows[:MANY])


def numbered(first: int, data: Sequence[str], more: tuple[str, str] | None) -> InlineKeyboardMarkup:
    """Buttons with the numbers of a list that begins at `first`; `more` (label, data) leads on."""
    each = [
        InlineKeyboardButton(text=str(number), callback_data=one)
        for number, one in enumerate(data, start=first)
    ]
    rows = [each[at : at + IN_A_ROW] for at in range(0, len(each), IN_A_ROW)]
    if more:
        rows.append([InlineKeyboardButton(text=more[0], callback_data=more[1])])
    return InlineKeyboardMarkup(inline_keyboard=rows)


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
