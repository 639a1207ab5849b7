"""What somebody has to do, by their role on the roster: /tasks and /deadlines, done by a press."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from handlers import texts as menu
from handlers.conversation.html import plain
from handlers.conversation.keyboard import keyboard_for
from handlers.conversation.meaning import Means
from handlers.conversation.presses import acknowledge
from handlers.conversation.programmes import programmes_of
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.tasks.buttons import ANEW, ended_buttons, page_buttons, to_my_tasks
from handlers.tasks.timetable import (
    NOW,
    Duty,
    States,
    due_soon,
    duties,
    has_ended,
    overdue,
    page,
)
from handlers.texts import tasks as texts
from handlers.texts.own_matters import Matter
from knowledge.answering.library import Library
from knowledge.programme.quotas import counted
from knowledge.programme.values import Programme
from scheduler.short_names import short_name
from storage import bulletins, progress
from storage.database import Sessions
from storage.roster import Recipient


def router() -> Router:
    here = Router(name="tasks")
    in_private = F.chat.type == "private"
    here.message.register(show_tasks, Command("tasks"), in_private)
    here.message.register(show_tasks, F.text == menu.MY_TASKS, in_private)
    here.message.register(show_tasks, Means(Matter.TASKS))
    here.message.register(show_deadlines, Command("deadlines"), in_private)
    here.message.register(show_deadlines, F.text == menu.MY_DEADLINES, in_private)
    here.message.register(point_to_private, Command("tasks", "deadlines"))
    pressed_in_private = F.message.chat.type == "private"
    here.callback_query.register(show_anew, F.data == ANEW, pressed_in_private)
    here.callback_query.register(show_stage, F.data.startswith("tk:s:"), pressed_in_private)
    here.callback_query.register(mark, F.data.startswith("tk:"), pressed_in_private)
    here.callback_query.register(refuse, F.data.startswith("tk:"))
    return here


async def show_tasks(
    message: Message,
    person: Recipient | None,
    library: Library,
    today: date,
    now: datetime,
    sessions: Sessions,
) -> None:
    mine = programmes_of(person, library)
    if person is None or not mine:
        await reply(message, plain(reason_for_none(person)), keyboard_for(person))
        return
    states = await states_of(sessions, person)
    running = [(programme, role) for programme, role in mine if not has_ended(programme, today)]
    unread = await unread_of(sessions, person, now)
    pages = [
        replace(page(programme, role, NOW, today, states), unread=unread[programme.code])
        for programme, role in running or mine
    ]
    for one in pages:
        await reply(message, texts.task_page(one, today), page_buttons(one, today))
    ended = [programme for programme, _ in mine if has_ended(programme, today)]
    if running and ended:
        await reply(message, plain(texts.ENDED), ended_buttons(ended))
    shown = [duty for one in pages for duty in one.duties]
    await remember_told(sessions, person, shown, today, now)


async def show_deadlines(
    message: Message,
    person: Recipient | None,
    library: Library,
    today: date,
    now: datetime,
    sessions: Sessions,
) -> None:
    mine = programmes_of(person, library)
    if person is None or not mine:
        await reply(message, plain(reason_for_none(person)), keyboard_for(person))
        return
    states = await states_of(sessions, person)
    everything = [
        duty for programme, role in mine for duty in duties(programme, role, today, states)
    ]
    late, soon = overdue(everything, today), due_soon(everything, today)
    markup = to_my_tasks() if late or soon else None
    await reply(message, texts.deadline_list(late, soon, today), markup)
    await remember_told(sessions, person, soon, today, now)


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def refuse(query: CallbackQuery) -> None:
    await acknowledge(query, texts.NOT_YOURS, alert=True)


async def show_anew(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    today: date,
    now: datetime,
    sessions: Sessions,
) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await show_tasks(query.message, person, library, today, now, sessions)


async def show_stage(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    today: date,
    now: datetime,
    sessions: Sessions,
) -> None:
    _, _, code, view = (query.data or "").split(":", 3)
    mine = [one for one in programmes_of(person, library) if short_name(one[0].code) == code]
    if person is None or not mine:
        await acknowledge(query, texts.NOT_YOURS, alert=True)
        return
    await acknowledge(query)
    states = await states_of(sessions, person)
    unread = await unread_of(sessions, person, now)
    shown = replace(page(*mine[0], view, today, states), unread=unread[mine[0][0].code])
    await rewrite(query, texts.task_page(shown, today), page_buttons(shown, today))
    await remember_told(sessions, person, shown.duties, today, now)


@dataclass(frozen=True, slots=True)
class Press:
    what: str  # d, u, c
    ref: str
    view: str
    seen: int = 0
    by: int = 0


def read_press(data: str) -> Press | None:
    """Buttons come from outside: anything may stand in them."""
    match data.split(":"):
        case ["tk", "d" | "u" as what, ref, view]:
            return Press(what, ref, view)
        case ["tk", "c", ref, view, seen, "1" | "-1" as by] if seen.isdecimal() and len(seen) < 6:
            return Press("c", ref, view, int(seen), int(by))
        case _:
            return None


async def mark(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    today: date,
    now: datetime,
    sessions: Sessions,
) -> None:
    press = read_press(query.data or "")
    mine = programmes_of(person, library)
    duty = find(mine, press.ref, today) if press else None
    if person is None or press is None or duty is None:
        await acknowledge(query, texts.GONE if mine else texts.NOT_YOURS, alert=True)
        return
    changed = await write_down(sessions, person, duty, press, now)
    states = await states_of(sessions, person)
    role = duty.task.role
    unread = (await unread_of(sessions, person, now))[duty.programme.code]
    shown = replace(page(duty.programme, role, press.view, today, states), unread=unread)
    fresh = next(one for one in duties(duty.programme, role, today, states) if one.ref == duty.ref)
    await acknowledge(query, what_happened(press, fresh) if changed else texts.ALREADY)
    await rewrite(query, texts.task_page(shown, today), page_buttons(shown, today))


def find(mine: Sequence[tuple[Programme, str]], ref: str, today: date) -> Duty | None:
    """Only among one's own: a made-up button reaches nobody else's task."""
    everything = (duty for programme, role in mine for duty in duties(programme, role, today, {}))
    return next((duty for duty in everything if duty.ref == ref), None)


async def write_down(
    sessions: Sessions, person: Recipient, duty: Duty, press: Press, now: datetime
) -> bool:
    at = person.id, duty.programme.code, duty.task.code
    async with sessions.begin() as session:
        match press.what:
            case "d":
                return await progress.mark_done(session, *at, now=now)
            case "u":
                return await progress.undo(session, *at, now=now)
            case _ if counted(duty.task):
                return await progress.count_up(session, *at, by=press.by, now=now, seen=press.seen)
            case _:
                return False


def what_happened(press: Press, duty: Duty) -> str:
    match press.what:
        case "d":
            return texts.MARKED
        case "u":
            return texts.UNMARKED
        case _:
            return "".join(texts.how_far(duty))


async def states_of(sessions: Sessions, person: Recipient) -> States:
    async with sessions() as session:
        return await progress.of_person(session, person.id)


async def unread_of(sessions: Sessions, person: Recipient, now: datetime) -> Counter[str]:
    """How many bulletins they have not read, by programme."""
    async with sessions() as session:
        mine = await bulletins.current_for(session, person, since=now - bulletins.RECENT)
    return Counter(one.bulletin.programme for one in mine if not one.read)


async def remember_told(
    sessions: Sessions, person: Recipient, shown: Iterable[Duty], today: date, now: datetime
) -> None:
    """If one of these days moves, they will hear of it."""
    named = {duty.deadline for duty in shown if duty.due >= today and not duty.done}
    async with sessions() as session:
        new = named - await progress.told_to(session, person.id)
    if new:
        async with sessions.begin() as session:
            await progress.told(session, person.id, new, now=now)


def reason_for_none(person: Recipient | None) -> str:
    if person and person.coordinator and not person.roles:
        return texts.NO_TASKS_OF_ONES_OWN
    return texts.NO_PROGRAMME if person and person.roles else texts.NO_ROLE
