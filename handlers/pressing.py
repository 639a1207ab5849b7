"""Pressed buttons: acknowledged whatever happens, read with care."""

from contextlib import suppress

from aiogram.exceptions import TelegramBadRequest
from aiogram.types import CallbackQuery


async def acknowledge(query: CallbackQuery, text: str = "", *, alert: bool = False) -> None:
    """A press that comes to us late cannot be acknowledged any more, but still be answered."""
    with suppress(TelegramBadRequest):
        await query.answer(text[:200], show_alert=alert)


def last_number(data: str | None) -> int:
    """The id at the end of `prefix:…:7`; 0, which is nobody's, for anything else."""
    digits = (data or "").rpartition(":")[2]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0
