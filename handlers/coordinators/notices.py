"""/notices: the imported files that are in use, for coordinators; one can be taken back.

nt:l:<first> the list from there on · nt:w:<id> take it back? · nt:y:<id> yes · nt:no."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers.conversation.html import plain
from handlers.conversation.markup import column, numbered
from handlers.conversation.presses import acknowledge, last_number
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.coordinators.only_coordinators import Coordinator, refuse_message, refuse_press
from handlers.questions.desk import Desk
from handlers.texts import notices as texts
from storage import audit, documents, learned
from storage.database import Sessions
from storage.roster import Recipient


def router() -> Router:
    here = Router(name="notices")
    private = F.message.chat.type == "private"
    here.message.register(show, Command("notices"), F.chat.type == "private", Coordinator())
    here.message.register(refuse_message, Command("notices"))
    here.callback_query.register(refuse_press, F.data.startswith("nt:"), ~Coordinator())
    here.callback_query.register(show_more, private, F.data.regexp(r"^nt:l:[0-9]{1,9}$"))
    here.callback_query.register(ask, private, F.data.regexp(r"^nt:w:[0-9]{1,9}$"))
    here.callback_query.register(withdraw, private, F.data.regexp(r"^nt:y:[0-9]{1,9}$"))
    here.callback_query.register(keep, private, F.data == "nt:no")
    return here


async def show(message: Message, sessions: Sessions, zone: ZoneInfo, first: int = 0) -> None:
    """The latest first."""
    async with sessions() as session:
        every = (await documents.current(session))[::-1]
    if not every:
        await reply(message, plain(texts.NONE))
        return
    first = first if first < len(every) else 0
    after = first + texts.PAGE
    shown = every[first:after]
    left = len(every) - after
    more = (texts.more(left), f"nt:l:{after}") if left > 0 else None
    buttons = numbered(first + 1, [f"nt:w:{one.id}" for one in shown], more)
    await reply(message, texts.in_use(shown, len(every), first + 1, zone), buttons)


async def show_more(query: CallbackQuery, sessions: Sessions, zone: ZoneInfo) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await show(query.message, sessions, zone, first=last_number(query.data))


async def ask(query: CallbackQuery, sessions: Sessions) -> None:
    async with sessions() as session:
        one = await documents.show(session, last_number(query.data))
    if one is None or one.withdrawn_at or not isinstance(query.message, Message):
        await acknowledge(query, texts.GONE, alert=True)
        return
    await acknowledge(query)
    choice = column([(texts.YES, f"nt:y:{one.id}"), (texts.NO, "nt:no")])
    await reply(query.message, texts.really(one), choice)


async def keep(query: CallbackQuery) -> None:
    await acknowledge(query)
    await rewrite(query, plain(texts.KEPT), None)


async def withdraw(
    query: CallbackQuery, person: Recipient, sessions: Sessions, desk: Desk, now: datetime
) -> None:
    """As `yanxiu notices withdraw` does; a second press finds it gone."""
    id = last_number(query.data)
    async with sessions.begin() as session:
        one = await documents.show(session, id)
        done = one is not None and await documents.withdraw(session, id, now)
        if done:
            await learned.anew(session)
            await audit.note(session, "withdraw_file", f"document:{id}", actor=person.id, now=now)
    if one is None or not done:
        await acknowledge(query, texts.GONE, alert=True)
        return
    await acknowledge(query)
    await desk.refresh()
    await rewrite(query, texts.withdrawn(one), None)
