"""One person on two surfaces: /link here, opened there."""

from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers.conversation.html import plain
from handlers.conversation.replies import reply
from handlers.conversation.visits import Visit, with_visit
from handlers.texts import joining as texts
from storage import audit, invitations
from storage.roster import PAGE, TELEGRAM

MINUTES = 10


def router() -> Router:
    here = with_visit(Router(name="linking"))
    here.message.register(link, Command("link"), F.chat.type == "private")
    here.message.register(point_to_private, Command("link"))
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.LINK_PRIVATELY))


async def link(message: Message, visit: Visit) -> None:
    """Short-lived and spent once: whoever opens it is this person there."""
    other, person = (PAGE if visit.surface == TELEGRAM else TELEGRAM), visit.person
    if person is None or not await visit.doors.elsewhere(visit.surface):
        await reply(message, plain(texts.LINK_NOWHERE if person else texts.LINK_STRANGER))
        return
    async with visit.sessions.begin() as session:
        token = await invitations.make(
            session,
            role="",
            person_id=person.id,
            days=timedelta(minutes=MINUTES) / timedelta(days=1),
            made_by=person.id,
            now=visit.now,
        )
        await audit.note(
            session, "link", f"person:{person.id}", actor=person.id, now=visit.now, to=other
        )
    words = texts.LINK.format(where=texts.PLACES[other], minutes=MINUTES)
    await reply(message, plain(f"{words}\n{await visit.doors.link(other, token)}"))
