"""Whether a short text as a whole is about the helper itself: «我的进度», «转人工»."""

import re
from functools import cache

from aiogram.enums import ChatType
from aiogram.filters import BaseFilter
from aiogram.types import Message

from handlers.texts.own_matters import AFTER, BEFORE, PHRASINGS, Matter
from knowledge.chinese.normal import normal

LONGEST = 24
_SIGNS = re.compile(r"[\W_]+")


class Means(BaseFilter):
    """In private, amid no wizard, and in reply to nothing: there the words mean something else."""

    def __init__(self, matter: Matter) -> None:
        self.matter = matter

    async def __call__(self, message: Message, raw_state: str | None = None) -> bool:
        if message.chat.type != ChatType.PRIVATE or raw_state or message.reply_to_message:
            return False
        return meant(message.text or "") is self.matter


def meant(text: str) -> Matter | None:
    if len(text) > LONGEST:
        return None
    said = _SIGNS.sub("", normal(text))
    return next((one for one, pattern in _patterns().items() if pattern.fullmatch(said)), None)


@cache
def _patterns() -> dict[Matter, re.Pattern[str]]:
    return {
        one: re.compile(f"{BEFORE}(?:{phrasings}){AFTER}") for one, phrasings in PHRASINGS.items()
    }
