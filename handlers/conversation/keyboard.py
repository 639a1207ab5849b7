"""The buttons below the text field."""

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup

from handlers import texts

KEYBOARD = ReplyKeyboardMarkup(
    keyboard=[
        [KeyboardButton(text=label) for label in (texts.MY_TASKS, texts.MY_DEADLINES, texts.HOW_TO)]
    ],
    resize_keyboard=True,
    is_persistent=True,
)
