"""The buttons below the text field: what somebody of this role looks at most."""

from collections.abc import Sequence

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup

from handlers import texts
from handlers.texts.audiences import LOOKING_AFTER, STRANGER, audiences_of
from storage.roster import Recipient

TASKS = (texts.MY_TASKS, texts.MY_DEADLINES)


def keyboard_for(person: Recipient | None) -> ReplyKeyboardMarkup:
    """Who is not on the roster has no tasks yet, and may want to come in."""
    if person and person.coordinator and not person.roles:
        return keyboard((texts.ALL_GROUPS, texts.WAITING, texts.HOW_TO))
    audiences = audiences_of(person)
    if STRANGER in audiences:
        return keyboard((texts.HOW_TO_JOIN, texts.HOW_TO))
    if audiences & LOOKING_AFTER:
        return keyboard(TASKS, (texts.MY_GROUP, texts.HOW_TO))
    return keyboard((*TASKS, texts.HOW_TO))


def keyboard(*rows: Sequence[str]) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=label) for label in row] for row in rows],
        resize_keyboard=True,
        is_persistent=True,
    )
