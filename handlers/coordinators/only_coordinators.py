"""For coordinators only: everybody else is told so."""

from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.texts import proposals as texts
from storage.roster import Recipient


class Coordinator(BaseFilter):
    async def __call__(self, _event: Message | CallbackQuery, person: Recipient | None) -> bool:
        return person is not None and person.coordinator


async def refuse_message(message: Message) -> None:
    await reply(message, plain(texts.COORDINATORS_ONLY))


async def refuse_press(query: CallbackQuery) -> None:
    await acknowledge(query, texts.COORDINATORS_ONLY, alert=True)
