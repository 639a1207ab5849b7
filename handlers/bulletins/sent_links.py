"""A link that comes without a command: a bulletin, from somebody who may post."""

import re
from datetime import date

from aiogram.filters import BaseFilter
from aiogram.types import Message

from handlers.bulletins.desk import Author, author_of
from knowledge.answering.library import Library
from knowledge.links import links_in
from storage.roster import Recipient

ASKS = re.compile(r"[?？吗呢]|怎么|怎样|为什么|打不开|在哪")  # a title may say 什么 or 谁
LONGEST_BESIDE_LINK = 300


class SentLink(BaseFilter):
    """A link with hardly more than its title, from somebody who may post: no question."""

    async def __call__(
        self, message: Message, person: Recipient | None, library: Library, today: date
    ) -> bool | dict[str, Author]:
        text = message.text or ""
        links = links_in(text)
        if (
            message.reply_to_message
            or len(links) != 1
            or len(text) - len(links[0]) > LONGEST_BESIDE_LINK
            or text.startswith("/")
        ):
            return False
        if ASKS.search(text.replace(links[0], "")):
            return False
        author = author_of(person, library, today)
        return {"author": author} if author else False
