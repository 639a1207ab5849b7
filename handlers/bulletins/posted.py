"""Bulletins for their readers and authors: /bulletins, 已阅, who has read it, edit, withdraw, pin.

bl:r:<id> read · bl:m:<id> manage · bl:mt, bl:ml title, link · bl:w, bl:w2 withdraw, really ·
bl:pin, bl:unpin."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.filters import Command, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message
from aiogram.types import InlineKeyboardButton as Button

from handlers.bulletins.desk import origin
from handlers.bulletins.waiting import Editing, is_question, wait
from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.texts import bulletins as texts
from knowledge.links import BadLink, checked
from knowledge.visible import visible
from scheduler import bulletin_letters
from scheduler.texts import shortened as cut
from storage import audit, bulletins, progress
from storage.bulletins import Bulletin
from storage.database import Sessions
from storage.roster import Recipient

KEPT = "bulletin_edited"
SHOWN = 8
MANAGE = re.compile(r"^bl:(m|mt|ml|w|w2|pin|unpin):[0-9]{1,9}$")


def router() -> Router:
    here = Router(name="bulletins")
    in_private = F.chat.type == "private"
    here.message.register(show, Command("bulletins"), in_private)
    here.message.register(point_to_private, Command("bulletins"))
    here.message.register(take_edit, StateFilter(Editing), F.text[0] != "/", in_private)
    here.callback_query.register(mark_read, F.data.regexp(r"^bl:r:[0-9]{1,9}$"))
    here.callback_query.register(
        manage, F.data.regexp(MANAGE.pattern), F.message.chat.type == "private"
    )
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def show(
    message: Message,
    person: Recipient | None,
    sessions: Sessions,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    if person is None:
        await reply(message, plain(texts.NO_BULLETINS))
        return
    async with sessions() as session:
        mine = (await bulletins.current_for(session, person, since=now - bulletins.RECENT))[:SHOWN]
        own = await bulletins.of_author(session, person.id, limit=SHOWN)
    if own:
        rows = [
            [Button(text=cut(f"{n}. {one.title}", 40), callback_data=f"bl:m:{one.id}")]
            for n, one in enumerate(own, 1)
        ]
        await reply(message, texts.own(own, zone), InlineKeyboardMarkup(inline_keyboard=rows))
    if mine:
        rows = [
            [
                Button(text=f"{texts.OPEN} {n}", url=one.bulletin.url),
                *([] if one.read else [_read_button(one.bulletin.id, f" {n}")]),
            ]
            for n, one in enumerate(mine, 1)
        ]
        await reply(message, texts.mine(mine, zone), InlineKeyboardMarkup(inline_keyboard=rows))
    if not own and not mine:
        await reply(message, plain(texts.NO_BULLETINS))


def _read_button(id: int, number: str) -> Button:
    return Button(text=f"{texts.READ}{number}", callback_data=f"{bulletin_letters.READ}:{id}")


async def mark_read(
    query: CallbackQuery, person: Recipient | None, sessions: Sessions, now: datetime
) -> None:
    """Anybody in the group may press; whoever the bulletin is for counts, once."""
    id = int((query.data or "").split(":")[2])
    async with sessions() as session:
        bulletin = await bulletins.find(session, id)
        is_for_them = person is not None and await bulletins.is_for(session, id, person)
    if bulletin is None or bulletin.withdrawn:
        await acknowledge(query, texts.WITHDRAWN, alert=True)
        return
    if person is None or not is_for_them:
        await acknowledge(query, texts.ON_NO_LIST, alert=True)
        return
    async with sessions.begin() as session:
        new = await bulletins.mark_read(session, id, person.id, now=now)
        number = await bulletins.read_by(session, id)
    await acknowledge(query, texts.thanks(number) if new else texts.ALREADY_READ)


async def manage(
    query: CallbackQuery,
    person: Recipient | None,
    sessions: Sessions,
    state: FSMContext,
    now: datetime,
    zone: ZoneInfo,
    soon: Callable[[], None],
) -> None:
    _, what, number = (query.data or "").split(":")
    bulletin = await _own(sessions, person, int(number))
    if bulletin is None or person is None:
        await acknowledge(query, texts.NOT_FOR_YOU, alert=True)
        return
    if bulletin.withdrawn:
        await rewrite(query, plain(texts.WITHDRAWN), None)
        return
    match what:
        case "mt" | "ml" if isinstance(query.message, Message):
            await wait(state, Editing.title if what == "mt" else Editing.link, now)
            await state.update_data({KEPT: bulletin.id})
            await reply(query.message, plain(texts.NEW_TITLE if what == "mt" else texts.NEW_LINK))
        case "w":
            await rewrite(query, plain(texts.REALLY_WITHDRAW), _really(bulletin.id))
        case "w2":
            await _withdraw(sessions, bulletin, person, now)
            soon()
            await rewrite(query, plain(texts.WITHDRAWN), None)
        case "pin" | "unpin":
            await _pin(sessions, bulletin, person, now, pinned=what == "pin")
            soon()
            await _show_managed(query, sessions, bulletin.id, zone)
        case _:
            await _show_managed(query, sessions, bulletin.id, zone)
    await acknowledge(query)


async def _own(sessions: Sessions, person: Recipient | None, id: int) -> Bulletin | None:
    """None where it is not theirs to manage."""
    async with sessions() as session:
        bulletin = await bulletins.find(session, id)
    if bulletin is None or person is None:
        return None
    return bulletin if person.coordinator or bulletin.author_id == person.id else None


async def _show_managed(query: CallbackQuery, sessions: Sessions, id: int, zone: ZoneInfo) -> None:
    async with sessions() as session:
        bulletin = await bulletins.find(session, id)
        groups = await bulletins.read_in_groups(session, id)
        readers = await bulletins.read_by(session, id)
    if bulletin is not None:
        await rewrite(query, texts.managed(bulletin, readers, groups, zone), _managing(bulletin))


async def _withdraw(
    sessions: Sessions, bulletin: Bulletin, person: Recipient, now: datetime
) -> None:
    async with sessions.begin() as session:
        revision = await bulletins.withdraw(session, bulletin.id, now=now)
        if revision is None:
            return
        await progress.take_back(session, bulletin.author_id, origin(bulletin.id))
        await bulletin_letters.follow_edit(session, bulletin.id, revision, now)
        subject = f"bulletin:{bulletin.id}"
        await audit.note(session, "withdraw_bulletin", subject, actor=person.id, now=now)


async def _pin(
    sessions: Sessions, bulletin: Bulletin, person: Recipient, now: datetime, *, pinned: bool
) -> None:
    async with sessions.begin() as session:
        revision = await bulletins.pin(session, bulletin.id, pinned=pinned)
        if revision is not None:
            await bulletin_letters.follow_pin(session, bulletin.id, revision, now)
            action, subject = (
                "pin_bulletin" if pinned else "unpin_bulletin",
                f"bulletin:{bulletin.id}",
            )
            await audit.note(session, action, subject, actor=person.id, now=now)


async def take_edit(
    message: Message,
    person: Recipient | None,
    sessions: Sessions,
    state: FSMContext,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    step, id = await state.get_state(), (await state.get_data()).get(KEPT)
    bulletin = await _own(sessions, person, id) if isinstance(id, int) else None
    if bulletin is None or person is None:
        await state.set_state(None)
        await reply(message, plain(texts.EXPIRED))
        return
    text, for_title = message.text or "", step == Editing.title.state
    if not for_title and is_question(text):
        await reply(message, plain(texts.STILL_WAITING))
        raise SkipHandler
    changed = _edited(text, title=for_title)
    if isinstance(changed, BadLink):
        await reply(message, plain(changed.reason))
        return
    await state.set_state(None)
    async with sessions.begin() as session:
        revision = await bulletins.edit(session, bulletin.id, **changed)
        if revision is not None:
            await bulletin_letters.follow_edit(session, bulletin.id, revision, now)
            subject = f"bulletin:{bulletin.id}"
            await audit.note(session, "edit_bulletin", subject, actor=person.id, now=now)
    soon()
    await reply(message, plain(texts.CHANGED if revision else texts.NOTHING_CHANGED))


def _edited(text: str, *, title: bool) -> dict[str, str] | BadLink:
    if title:
        words = " ".join(visible(text).split())
        too_long = len(words) > texts.LONGEST_TITLE
        return BadLink(texts.TITLE_TOO_LONG) if too_long or not words else {"title": words}
    link = checked(text)
    return link if isinstance(link, BadLink) else {"url": link.url}


def _managing(bulletin: Bulletin) -> InlineKeyboardMarkup:
    def button(label: str, what: str) -> Button:
        return Button(text=label, callback_data=f"bl:{what}:{bulletin.id}")

    pin = button(texts.UNPIN, "unpin") if bulletin.pinned else button(texts.PIN, "pin")
    rows = [
        [button(texts.CHANGE_TITLE, "mt"), button(texts.CHANGE_LINK, "ml")],
        [pin, button(texts.WITHDRAW, "w")],
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)


def _really(id: int) -> InlineKeyboardMarkup:
    yes = Button(text=texts.WITHDRAW, callback_data=f"bl:w2:{id}")
    no = Button(text=texts.BACK, callback_data=f"bl:m:{id}")
    return InlineKeyboardMarkup(inline_keyboard=[[yes, no]])
