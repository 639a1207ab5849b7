"""Going: /leave a programme, /forget_me, and /export of everything that is kept."""

import json
from typing import Any

from aiogram import F, Router
from aiogram.enums import ParseMode
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers.conversation.html import plain
from handlers.conversation.markup import column
from handlers.conversation.meaning import Means
from handlers.conversation.presses import acknowledge
from handlers.conversation.programmes import programmes_of, sign
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.conversation.state import Forgetful
from handlers.conversation.visits import Visit, with_visit
from handlers.texts import leaving as texts
from handlers.texts.own_matters import Matter
from storage import audit, personal, placing
from storage.personal import AccountOf

FORGET_YES, NOTHING, LEAVE_ALL = "lv:yes", "lv:no", "lv:all"


def router() -> Router:
    here = with_visit(Router(name="leaving"))
    in_private = F.chat.type == "private"
    pressed = F.message.chat.type == "private"
    here.message.register(leave, Command("leave"), in_private)
    here.message.register(leave, Means(Matter.LEAVING))
    here.message.register(forget_me, Command("forget_me"), in_private)
    here.message.register(export, Command("export"), in_private)
    here.message.register(point_to_private, Command("leave", "forget_me", "export"))
    here.callback_query.register(stay, F.data == NOTHING, pressed)
    here.callback_query.register(press_export, F.data == "lv:export", pressed)
    here.callback_query.register(press_forget, F.data == "lv:forget", pressed)
    here.callback_query.register(forget, F.data == FORGET_YES, pressed)
    here.callback_query.register(leave_all, F.data == LEAVE_ALL, pressed)
    here.callback_query.register(leave_one, F.data.startswith("lv:p:"), pressed)
    here.callback_query.register(refuse, F.data.startswith("lv:"))
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def refuse(query: CallbackQuery) -> None:
    await acknowledge(query, texts.NOT_FOR_YOU, alert=True)


async def stay(query: CallbackQuery) -> None:
    await acknowledge(query, texts.STAYED)
    await rewrite(query, plain(texts.STAYED), None)


async def leave(message: Message, visit: Visit) -> None:
    person = visit.person
    if person is None or not (person.roles or person.coordinator):
        await reply(message, plain(texts.NOT_IN))
        return
    titles = {one.code: one.title for one, _ in programmes_of(person, visit.library)}
    options = [
        (texts.leave_label(titles.get(one.programme, one.programme)), one.programme)
        for one in person.roles
    ]
    buttons = [(label, f"lv:p:{sign(code)}") for label, code in options]
    more = [(texts.LEAVE_ALL, LEAVE_ALL), (texts.STAY, NOTHING)]
    await reply(message, plain(texts.LEAVE_WHAT), column([*buttons, *more]))


async def leave_one(query: CallbackQuery, visit: Visit) -> None:
    person, wanted = visit.person, (query.data or "").rpartition(":")[2]
    mine = [one for one in (person.roles if person else ()) if sign(one.programme) == wanted]
    if person is None or not mine:
        await acknowledge(query, texts.NOT_IN, alert=True)
        return
    code = mine[0].programme
    titles = {one.code: one.title for one, _ in programmes_of(person, visit.library)}
    async with visit.sessions.begin() as session:
        await placing.leave(session, person.id, code)
        subject = f"person:{person.id}"
        await audit.note(session, "leave", subject, actor=person.id, now=visit.now, programme=code)
    await acknowledge(query)
    await rewrite(query, plain(texts.LEFT_ONE.format(title=titles.get(code, code))), None)


async def leave_all(query: CallbackQuery, visit: Visit) -> None:
    person = visit.person
    if person is None:
        await acknowledge(query, texts.NOT_IN, alert=True)
        return
    async with visit.sessions.begin() as session:
        await placing.leave_everything(session, person.id)
        subject = f"person:{person.id}"
        await audit.note(session, "leave_all", subject, actor=person.id, now=visit.now)
    await acknowledge(query)
    await rewrite(query, plain(texts.LEFT_ALL), None)


async def forget_me(message: Message) -> None:
    buttons = [(texts.FORGET_YES, FORGET_YES), (texts.FORGET_NO, NOTHING)]
    await reply(message, texts.FORGET_WHAT, column(buttons))


async def press_forget(query: CallbackQuery) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await forget_me(query.message)


async def forget(query: CallbackQuery, visit: Visit, state: FSMContext) -> None:
    """Whoever presses, and nobody else. A second press finds nothing more to do."""
    here = AccountOf(visit.surface, query.from_user.id)
    async with visit.sessions.begin() as session:
        theirs = [here]
        if visit.person is None:
            await personal.forget_stranger(session, here)
        else:
            theirs += await personal.forget(session, visit.person.id, visit.now)
    storage: Any = state.storage
    for one in set(theirs):
        await forget_conversations(storage, visit, one)
    await acknowledge(query)
    await rewrite(query, plain(texts.FORGOTTEN), None)


async def forget_conversations(storage: Forgetful, visit: Visit, account: AccountOf) -> None:
    if bot := visit.doors.bots.get(account.surface):
        await storage.forget_user(bot.id, account.user_id)


async def press_export(query: CallbackQuery, visit: Visit, state: FSMContext) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await hand_over(query.message, query.from_user.id, visit, state)


async def export(message: Message, visit: Visit, state: FSMContext) -> None:
    await hand_over(message, message.chat.id, visit, state)


async def hand_over(message: Message, user_id: int, visit: Visit, state: FSMContext) -> None:
    here = AccountOf(visit.surface, user_id)
    async with visit.sessions() as session:
        if visit.person:
            found = await personal.told(session, visit.person.id, visit.phones)
            theirs = await personal.accounts(session, visit.person.id)
        else:
            found, theirs = await personal.told_stranger(session, here), [here]
    storage: Any = state.storage
    talks: dict[str, Any] = {}
    for one in theirs:
        if bot := visit.doors.bots.get(one.surface):
            talks |= await storage.of_user(bot.id, one.user_id)
    text = json.dumps(found | {"conversations": talks}, ensure_ascii=False, indent=1, default=str)
    name = texts.EXPORT_NAME.format(day=visit.today.isoformat())
    await message.answer_document(
        BufferedInputFile(text.encode(), name),
        caption=texts.EXPORT_NOTE,
        parse_mode=ParseMode.HTML,
    )
