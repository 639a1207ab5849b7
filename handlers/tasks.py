"""What somebody has to do: /tasks and /deadlines, by their role on the roster."""

from datetime import date

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers import texts
from handlers.html import plain
from handlers.programmes import programmes_of
from handlers.replies import reply
from handlers.timetable import due_soon, duties, stages_to_show
from knowledge.answering.library import Library
from storage.roster import Recipient


def router() -> Router:
    here = Router(name="tasks")
    in_private = F.chat.type == "private"
    here.message.register(show_tasks, Command("tasks"), in_private)
    here.message.register(show_tasks, F.text == texts.MY_TASKS, in_private)
    here.message.register(show_deadlines, Command("deadlines"), in_private)
    here.message.register(show_deadlines, F.text == texts.MY_DEADLINES, in_private)
    here.message.register(point_to_private, Command("tasks", "deadlines"))
    return here


async def show_tasks(
    message: Message, person: Recipient | None, library: Library, today: date
) -> None:
    mine = programmes_of(person, library)
    if not mine:
        await reply(message, plain(reason_for_none(person)))
    for programme, role in mine:
        stages = stages_to_show(programme, today)
        own = list(duties(programme, role))
        await reply(message, texts.stage_list(programme, role, stages, own, today))


async def show_deadlines(
    message: Message, person: Recipient | None, library: Library, today: date
) -> None:
    mine = programmes_of(person, library)
    if not mine:
        await reply(message, plain(reason_for_none(person)))
        return
    everything = [duty for programme, role in mine for duty in duties(programme, role)]
    await reply(message, texts.deadline_list(due_soon(everything, today), today))


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


def reason_for_none(person: Recipient | None) -> str:
    return texts.NO_PROGRAMME if person and person.roles else texts.NO_ROLE
