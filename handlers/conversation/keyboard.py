"""The buttons below the text field: what somebody of this role looks at most."""

from collections.abc import Sequence

from aiogram.types import KeyboardButton, ReplyKeyboardMarkup

from handlers import texts
from handlers.texts.audiences import LOOKING_AFTER, audiences_of
from storage.roster import Recipient

TASKS = (texts.MY_TASKS, texts.MY_DEADLINES)


def keyboard_for(person: Recipient | None) -> ReplyKeyboardMarkup:
    """Who is not on the roster has those of a participant: most will be one."""
    if person and person.coordinator and not person.roles:
        return keyboard((texts.ALL_GROUPS, texts.WAITING, texts.HOW_TO))
    if audiences_of(person) & LOOKING_AFTER:
        return keyboard(TASKS, (texts.MY_GROUP, texts.HOW_TO))
    return keyboard((*TASKS, texts.HOW_TO))


def keyboard(*rows: Sequence[str]) -> ReplyKeyboardMarkup:
    return ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=label) for label in row] for row in rows],
        resize_keyboard=True,
        is_persistent=True,
    )
