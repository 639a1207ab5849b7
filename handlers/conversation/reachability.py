"""Who blocked the bot, and who came back: told by Telegram itself."""

from datetime import datetime

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated

from storage import people
from storage.database import Sessions
from storage.roster import Recipient

GONE = {"kicked", "left"}


def router() -> Router:
    here = Router(name="reachability")
    here.my_chat_member.register(follow, F.chat.type == "private")
    return here


async def follow(
    event: ChatMemberUpdated, person: Recipient | None, sessions: Sessions, now: datetime
) -> None:
    if person is None:
        return
    async with sessions.begin() as session:
        if event.new_chat_member.status in GONE:
            await people.set_unreachable(session, person.id)
        else:
            await people.set_reachable(session, person.id, now=now)
