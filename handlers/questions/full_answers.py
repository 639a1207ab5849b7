"""«私聊看全文»: the whole of an answer that a group was given in short."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from handlers.conversation.html import plain
from handlers.conversation.keyboard import keyboard_for
from handlers.conversation.replies import reply
from handlers.questions.brevity import PREFIX, key_of
from handlers.texts import groups as texts
from storage import conversations
from storage.database import Sessions
from storage.roster import Recipient


def router() -> Router:
    here = Router(name="full answers")
    ours = F.args.regexp(rf"^{PREFIX}[0-9a-f]{{16}}$")
    here.message.register(show, CommandStart(deep_link=True, magic=ours), F.chat.type == "private")
    return here


async def show(
    message: Message, command: CommandObject, person: Recipient | None, sessions: Sessions
) -> None:
    """What notices say is for everybody who has seen the short form."""
    number = (command.args or "").removeprefix(PREFIX)
    async with sessions() as session:
        kept = await conversations.get(session, key_of(number))
    html = kept.data.get("html") or plain(texts.NO_LONGER)
    await reply(message, html, keyboard_for(person))
