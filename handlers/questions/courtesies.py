"""A greeting or a word of thanks is no question: a short kind word, and how to ask."""

import re

from aiogram import Router
from aiogram.filters import BaseFilter
from aiogram.types import Message

from handlers import texts
from handlers.conversation.addressing import Addressed
from handlers.conversation.html import plain
from handlers.conversation.replies import reply
from knowledge.chinese.normal import normal

SIGNS = re.compile(r"[\W_]+")
LONGEST = 20


class Courtesy(BaseFilter):
    """Hands the handler `kind_word`; anything else in the message, and it is a question."""

    async def __call__(self, message: Message, question: str) -> bool | dict[str, str]:
        if len(question) > LONGEST:
            return False
        said = SIGNS.sub("", normal(question))
        for kind_word, sayings in texts.COURTESIES.items():
            if said in sayings:
                return {"kind_word": kind_word}
        return False


def router() -> Router:
    here = Router(name="courtesies")
    here.message.register(answer_kindly, Addressed(), Courtesy())
    return here


async def answer_kindly(message: Message, kind_word: str) -> None:
    await reply(message, plain(kind_word))
