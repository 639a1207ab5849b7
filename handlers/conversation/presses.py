"""A press on a button of ours: acknowledged whatever happens, read with care, rebuttoned."""

from contextlib import suppress

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from storage.answers_given import Given


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """A press that comes to us late cannot be acknowledged any more, but still be answered."""
    with suppress(TelegramBadRequest):
        await query.answer(text[:200], show_alert=alert)


def last_number(data: str | None) -> int:
    """The id at the end of `prefix:…:7`; 0, which is nobody's, for anything else."""
    digits = (data or "").rpartition(":")[2]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0


async def rebutton(query: CallbackQuery, markup: InlineKeyboardMarkup | None) -> None:
    """Nothing where they stand there already, or where the message can no longer be edited."""
    if isinstance(query.message, Message):
        with suppress(TelegramBadRequest):
            await query.message.edit_reply_markup(reply_markup=markup)


def numbers(query: CallbackQuery) -> list[int]:
    return [int(part) for part in (query.data or "").split(":") if part.isdecimal()]


def was_said_here(query: CallbackQuery, surface: str, given: Given) -> bool:
    """A number in a button proves nothing: what is said in one chat is pressed in that chat."""
    place = given.place
    return query.message is not None and (place.surface, place.chat_id) == (
        surface,
        query.message.chat.id,
    )
