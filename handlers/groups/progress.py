"""How far one's groups are, for who looks after them: /group, nudges, the table."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from handlers import texts as menu
from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.groups.buttons import ANEW, group_buttons
from handlers.groups.pages import (
    Care,
    GroupPage,
    cares_of,
    find_nudged,
    first_group,
    group_page,
    may_care,
    members_of,
    overview,
    read_press,
)
from handlers.groups.sheet import sheet_of_group, sheet_of_groups
from handlers.tasks.timetable import NOW
from handlers.texts import group as texts
from handlers.texts.dates import day
from knowledge.answering.library import Library
from scheduler.nudges import has_muted, nudge
from storage import audit
from storage.database import AnySession, Sessions
from storage.group_counts import counts_of
from storage.roster import Group, Recipient


def router() -> Router:
    here = Router(name="group_progress")
    in_private = F.chat.type == "private"
    here.message.register(show_groups, Command("group"), in_private)
    here.message.register(show_groups, F.text.in_({menu.MY_GROUP, menu.ALL_GROUPS}), in_private)
    here.message.register(point_to_private, Command("group"))
    pressed_in_private = F.message.chat.type == "private"
    here.callback_query.register(show_anew, F.data == ANEW, pressed_in_private)
    turning = F.data.startswith("gr:g:") | F.data.startswith("gr:a:")
    here.callback_query.register(turn_page, turning, pressed_in_private)
    nudging = F.data.startswith("gr:n:") | F.data.startswith("gr:nudge:")
    here.callback_query.register(send_nudges, nudging, pressed_in_private)
    here.callback_query.register(export, F.data.startswith("gr:x:"), pressed_in_private)
    here.callback_query.register(refuse, F.data.startswith("gr:"))
    return here


async def show_groups(
    message: Message, person: Recipient | None, library: Library, today: date, sessions: Sessions
) -> None:
    async with sessions() as session:
        cares = await cares_of(session, person, library)
        pages = [await first_page(session, care, today) for care in cares]
    if not pages:
        await reply(message, plain(texts.NO_GROUP if may_care(person) else texts.NOT_FOR_YOU))
    for page in pages:
        await reply(message, texts.group_progress(page, today), group_buttons(page, today))


async def first_page(session: AnySession, care: Care, today: date) -> GroupPage:
    if len(care.groups) == 1:
        return await group_page(session, care, care.groups[0], NOW, today)
    return await overview(session, care, NOW, today)


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def refuse(query: CallbackQuery) -> None:
    await acknowledge(query, texts.NOT_YOURS, alert=True)


async def show_anew(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    today: date,
    sessions: Sessions,
) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await show_groups(query.message, person, library, today, sessions)


async def turn_page(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    today: date,
    sessions: Sessions,
) -> None:
    async with sessions() as session:
        cares = await cares_of(session, person, library)
        match read_press(query.data or "", cares):
            case (care, Group() as group, view):
                page = await group_page(session, care, group, view, today)
            case (care, None, view):
                first = first_group(query.data or "")
                page = await overview(session, care, view, today, first)
            case None:
                return await refuse(query)
    await acknowledge(query)
    await rewrite(query, texts.group_progress(page, today), group_buttons(page, today))
    return None


async def send_nudges(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    now: datetime,
    zone: ZoneInfo,
    sessions: Sessions,
    soon: Callable[[], None],
) -> None:
    async with sessions() as session:
        cares = [care for care in await cares_of(session, person, library) if care.names]
        found = find_nudged(query.data or "", cares, person)
        if person is None or found is None:
            return await refuse(query)
        care, group, task = found
        members = await members_of(session, care, group)
    missing = [one.person for one in members if one.role == task.role and not one.done(task)]
    if not missing:
        return await acknowledge(query, texts.EVERYBODY_DONE)
    willing = [one for one in missing if not has_muted(one, care.programme)]
    async with sessions.begin() as session:
        new = await nudge(session, willing, care.programme, task, by=person, now=now, zone=zone)
        if new:
            subject, code = f"group:{group.id}", care.programme.code
            await audit.note(
                session,
                "nudge",
                subject,
                actor=person.id,
                now=now,
                programme=code,
                task=task.code,
                people=new,
            )
    soon()
    muted, away = len(missing) - len(willing), sum(not one.can_be_written_to for one in willing)
    await acknowledge(
        query, texts.nudged(new, len(willing), muted, away), alert=bool(muted or away)
    )
    return None


async def export(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    now: datetime,
    today: date,
    sessions: Sessions,
) -> None:
    async with sessions() as session:
        cares = await cares_of(session, person, library)
        found = read_press(query.data or "", cares)
        if person is None or found is None:
            return await refuse(query)
        care, group, _ = found
        make = await sheet(session, care, group)
    await acknowledge(query)
    file = await asyncio.to_thread(make)
    async with sessions.begin() as session:
        subject = f"group:{group.id}" if group else care.programme.code
        await audit.note(session, "export_progress", subject, actor=person.id, now=now)
    if isinstance(query.message, Message):
        name = group.name if group else texts.ALL_GROUPS
        await query.message.answer_document(
            BufferedInputFile(file, filename=f"{texts.file_name(name, today)}.xlsx"),
            caption=texts.EXPORTED.format(name=name, day=day(today)),
        )
    return None


async def sheet(session: AnySession, care: Care, group: Group | None) -> Callable[[], bytes]:
    """Names where they may be seen, for one group at a time; else numbers."""
    if group and care.names:
        members = await members_of(session, care, group)
        return partial(sheet_of_group, care.programme, group, members)
    groups = (group,) if group else care.groups
    counts = await counts_of(session, care.programme, [one.id for one in groups])
    return partial(sheet_of_groups, care.programme, groups, counts)
