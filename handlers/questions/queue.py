"""/queue: the questions that wait for somebody. qa:q: the next of the list."""

from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers import texts as menu
from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, numbers
from handlers.conversation.replies import reply
from handlers.questions.ledger import button
from handlers.texts import questions as texts
from scheduler.routing import LADDER, may_see
from storage import (
    groups,
    questions,
    turns,
)
from storage.database import AnySession, Sessions
from storage.questions import Waiting
from storage.roster import Recipient

PAGE = 8
IN_A_ROW = 4
PRIVATE = F.chat.type == "private"


def router() -> Router:
    here = Router(name="queue")
    here.message.register(show_queue, Command("queue"), PRIVATE)
    here.message.register(show_queue, PRIVATE, F.text == menu.WAITING)
    here.message.register(point_to_private, Command("queue"))
    here.callback_query.register(show_more, F.data.regexp(r"^qa:q:[0-9]{1,9}$"))
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.QUEUE_PRIVATELY))


async def show_queue(
    message: Message,
    person: Recipient | None,
    sessions: Sessions,
    now: datetime,
    zone: ZoneInfo,
    first: int = 0,
) -> None:
    if person is None or not (person.coordinator or any(r.role in LADDER for r in person.roles)):
        await show_mine(message, person, sessions, zone)
        return
    async with sessions() as session:
        mine = await in_care(session, person, zone)
        shown = mine[first : first + PAGE]
        running = await turns.running(session, [each.id for each in shown])
        away = await turns.unreachable(session, [each.id for each in shown])
    if not mine:
        await reply(message, plain(texts.NOTHING_WAITS))
        return
    rows = [(each, running.get(each.id), away.get(each.id, ())) for each in shown]
    html = texts.queue(rows, len(mine), first + 1, person.id, now, zone)
    await reply(message, html, queue_buttons(shown, first, len(mine)))


async def show_mine(
    message: Message, person: Recipient | None, sessions: Sessions, zone: ZoneInfo
) -> None:
    async with sessions() as session:
        mine = await questions.of_person(session, person.id) if person else []
        running = await turns.running(session, [each.id for each in mine])
        content = await questions.content_with(session, person.id) if person else set()
    if not mine:
        known = person is not None and bool(person.roles)
        await reply(message, plain(texts.QUEUE_IS_FOR if known else texts.QUEUE_IS_FOR_MEMBERS))
        return
    rows = [(each, running.get(each.id), each.id in content) for each in mine]
    await reply(message, texts.my_questions(rows, zone))


async def in_care(session: AnySession, person: Recipient, zone: ZoneInfo) -> list[Waiting]:
    """What this person may answer: the oldest day first, of one day the most asked."""
    codes = None if person.coordinator else [one.programme for one in person.roles]
    guided = {
        group.id
        for one in person.roles
        for group in await groups.groups_in_care_of(session, person, one.programme)
    }
    seen = [
        each for each in await questions.waiting(session, codes) if may_see(person, each, guided)
    ]
    return sorted(
        seen,
        key=lambda each: (each.asked_at.astimezone(zone).date(), -each.askers, each.asked_at),
    )


def queue_buttons(shown: list[Waiting], first: int, total: int) -> InlineKeyboardMarkup:
    answers = [
        button(f"{texts.ANSWER} {number}", f"qa:a:{each.id}")
        for number, each in enumerate(shown, start=first + 1)
    ]
    rows = [answers[at : at + IN_A_ROW] for at in range(0, len(answers), IN_A_ROW)]
    if first + PAGE < total:
        rows.append([button(texts.MORE, f"qa:q:{first + PAGE}")])
    return InlineKeyboardMarkup(inline_keyboard=rows)


async def show_more(
    query: CallbackQuery,
    person: Recipient | None,
    sessions: Sessions,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await show_queue(query.message, person, sessions, now, zone, first=numbers(query)[0])
