"""/outbox: how the outbox stands, for coordinators; what is held is released or dropped.

ob:r:<id> release · ob:d:<id> drop."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, last_number
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.conversation.visits import Visit, with_visit
from handlers.texts import OLD_BUTTON
from handlers.texts import outgoing as texts
from scheduler import held_letters, outlook_texts
from scheduler.digests import DigestHabits
from scheduler.outlook import outlook

HELD_SHOWN = 10


def router() -> Router:
    here = with_visit(Router(name="outgoing"))
    here.message.register(show, Command("outbox"), F.chat.type == "private")
    here.message.register(point_to_private, Command("outbox"))
    here.callback_query.register(decide, F.data.regexp(r"^ob:[rd]:[0-9]{1,9}$"))
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def show(message: Message, visit: Visit, habits: DigestHabits) -> None:
    if visit.person is None or not visit.person.coordinator:
        await reply(message, plain(texts.NOT_YOU))
        return
    html, buttons = await _page(visit, habits)
    await reply(message, html, buttons)


async def decide(query: CallbackQuery, visit: Visit, habits: DigestHabits) -> None:
    person = visit.person
    if person is None or not person.coordinator:
        await acknowledge(query, OLD_BUTTON, alert=True)
        return
    release = (query.data or "").startswith("ob:r:")
    id = last_number(query.data)
    async with visit.sessions.begin() as session:
        done = await held_letters.decide(
            session, id, release=release, actor=person.id, now=visit.now
        )
    said = texts.RELEASED if release else texts.DROPPED
    await acknowledge(query, said if done else texts.DECIDED)
    html, buttons = await _page(visit, habits)
    await rewrite(query, html, buttons)
    if done and release:
        visit.soon()


async def _page(visit: Visit, habits: DigestHabits) -> tuple[str, InlineKeyboardMarkup | None]:
    async with visit.sessions() as session:
        found = await outlook(session, now=visit.now, hours=habits.hours)
    held = found.held[:HELD_SHOWN]
    lines = outlook_texts.lines(found, visit.now, visit.zone)
    lines += [outlook_texts.held_line(one) for one in held]
    rows = [
        [
            InlineKeyboardButton(text=label.format(id=one.id), callback_data=f"ob:{what}:{one.id}")
            for label, what in ((texts.RELEASE, "r"), (texts.DROP, "d"))
        ]
        for one in held
    ]
    return plain("\n".join(lines)), InlineKeyboardMarkup(inline_keyboard=rows) if rows else None
