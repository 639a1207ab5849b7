"""Getting to know each other: /start, /help, /privacy, /cancel."""

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers import texts
from handlers.conversation.doors import Doors
from handlers.conversation.html import plain
from handlers.conversation.keyboard import keyboard_for
from handlers.conversation.meaning import Means
from handlers.conversation.menus import useless
from handlers.conversation.programmes import programmes_of
from handlers.conversation.replies import reply
from handlers.texts.audiences import audiences_of
from handlers.texts.own_matters import Matter
from knowledge.answering.library import Library
from storage.roster import Recipient


def router() -> Router:
    here = Router(name="start")
    here.message.register(start, CommandStart(), F.chat.type == "private")
    here.message.register(show_help, CommandStart())
    here.message.register(show_help, Command("help"))
    here.message.register(show_help, F.text == texts.HOW_TO)
    here.message.register(tell_who, Means(Matter.WHO))
    here.message.register(show_privacy, Command("privacy"))
    here.message.register(cancel, Command("cancel"))
    return here


async def start(
    message: Message, person: Recipient | None, library: Library, state: FSMContext
) -> None:
    await state.clear()
    await tell_who(message, person, library)


async def tell_who(message: Message, person: Recipient | None, library: Library) -> None:
    mine = programmes_of(person, library)
    memberships = [texts.membership(programme, role) for programme, role in mine]
    await reply(message, texts.start(memberships), keyboard_for(person))


async def show_help(message: Message, person: Recipient | None, doors: Doors, surface: str) -> None:
    """Their own commands only; a group hears of those that work in groups."""
    if message.chat.type == "private":
        without = await useless(doors, surface)
        commands = texts.commands_for(audiences_of(person), without=without)
        await reply(message, texts.help_text(commands), keyboard_for(person))
    else:
        await reply(message, texts.help_text(texts.commands_in_groups()))


async def show_privacy(message: Message) -> None:
    await reply(message, plain(texts.PRIVACY))


async def cancel(message: Message, person: Recipient | None, state: FSMContext) -> None:
    """The keys of what was given up go, too."""
    had_topic = bool(await state.get_data() or await state.get_state())
    await state.clear()
    said = plain(texts.CANCELLED if had_topic else texts.NOTHING_TO_CANCEL)
    await reply(message, said, keyboard_for(person) if message.chat.type == "private" else None)
