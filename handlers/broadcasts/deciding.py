"""Deciding about a broadcast: send it, throw it away, stop it, send it again to who missed it."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from handlers.conversation.html import plain
from handlers.conversation.markup import markup
from handlers.conversation.presses import acknowledge, last_number
from handlers.conversation.rewriting import rewrite
from handlers.conversation.visits import Visit, with_visit
from handlers.texts import OLD_BUTTON
from handlers.texts import broadcasts as texts
from scheduler import broadcast_texts, outbox_upkeep
from scheduler.broadcasting import prefix
from storage import audit, broadcasts
from storage.broadcasts import DONE, Broadcast, Place
from storage.database import AnySession


def router() -> Router:
    here = with_visit(Router(name="broadcast_buttons"))
    for data, handler in (
        ("bc:go:", send),
        ("bc:no:", throw_away),
        ("bc:stop:", stop),
        ("bc:again:", send_again),
    ):
        here.callback_query.register(handler, F.data.startswith(data))
    return here


async def send(query: CallbackQuery, visit: Visit) -> None:
    async with visit.sessions.begin() as session:
        one = await _allowed(session, query, visit)
        begun = False
        if one and isinstance(query.message, Message):
            place = _place(query.message, visit)
            begun = await broadcasts.confirm(session, one.id, place, now=visit.now)
            people = (await broadcasts.reach(session, one.audience)).people
            if begun:
                await _note(session, "broadcast", one, visit, people=people)
    if one is None:
        await _refuse(query)
    elif not begun:
        await acknowledge(query, texts.SENT_ALREADY)
    else:
        await acknowledge(query)
        buttons = markup(broadcast_texts.progress_buttons(one.id))
        await rewrite(query, broadcast_texts.preparing(people), buttons)
        visit.soon()


async def throw_away(query: CallbackQuery, visit: Visit) -> None:
    async with visit.sessions.begin() as session:
        one = await _allowed(session, query, visit)
        gone = bool(one) and await broadcasts.throw_away(session, last_number(query.data))
    if gone:
        await acknowledge(query)
        await rewrite(query, plain(texts.DROPPED), None)
    else:
        await acknowledge(query, texts.SENT_ALREADY if one else texts.PAST)


async def stop(query: CallbackQuery, visit: Visit) -> None:
    """What has not left yet stays; what is on the wire arrives."""
    async with visit.sessions.begin() as session:
        one = await _allowed(session, query, visit)
        stopped = bool(one) and await broadcasts.cancel(session, last_number(query.data))
        if one and stopped:
            kept_back = await outbox_upkeep.cancel(session, prefix(one.id))
            await _note(session, "broadcast_stopped", one, visit, kept_back=kept_back)
            counts = await outbox_upkeep.counts(session, prefix(one.id))
    if one is None:
        await _refuse(query)
    elif not stopped:
        await acknowledge(query, texts.STOPPED_ALREADY)
    else:
        await acknowledge(query, texts.STOPPED)
        await rewrite(query, broadcast_texts.ended(counts, cancelled=True), None)


async def send_again(query: CallbackQuery, visit: Visit) -> None:
    """To those only whom it could not be sent to."""
    again = 0
    async with visit.sessions.begin() as session:
        one = await _allowed(session, query, visit)
        if one and one.state == DONE and isinstance(query.message, Message):
            again = await outbox_upkeep.retry_failed(session, prefix(one.id), now=visit.now)
            place = _place(query.message, visit)
            if again and await broadcasts.send_again(session, one.id, place, now=visit.now):
                await _note(session, "broadcast_again", one, visit, people=again)
    if one is None:
        await _refuse(query)
    elif not again:
        await acknowledge(query, texts.NOTHING_FAILED)
    else:
        await acknowledge(query, texts.AGAIN.format(number=again))
        buttons = markup(broadcast_texts.progress_buttons(one.id))
        await rewrite(query, broadcast_texts.preparing(again), buttons)
        visit.soon()


async def _allowed(session: AnySession, query: CallbackQuery, visit: Visit) -> Broadcast | None:
    """A coordinator's own broadcast."""
    if visit.person is None or not visit.person.coordinator:
        return None
    one = await broadcasts.find(session, last_number(query.data))
    return one if one and one.author_id == visit.person.id else None


async def _refuse(query: CallbackQuery) -> None:
    await acknowledge(query, OLD_BUTTON, alert=True)


async def _note(
    session: AnySession, action: str, one: Broadcast, visit: Visit, **detail: int
) -> None:
    actor = visit.person.id if visit.person else None
    subject = f"broadcast:{one.id}"
    await audit.note(session, action, subject, actor=actor, now=visit.now, **detail)


def _place(message: Message, visit: Visit) -> Place:
    return Place(visit.surface, message.chat.id, message.message_id)
