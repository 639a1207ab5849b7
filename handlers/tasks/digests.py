"""The buttons under a digest: done, once more later, no more of this programme.

dg:done:<day>:<task> · dg:later:<day> · dg:in:<choice>:<day> · dg:back:<day> · dg:mute:<day> ·
dg:off:<programme>:<day> · dg:on:<programme>:<day>. Whoever presses acts on their own tasks."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiogram import F, Router
from aiogram.exceptions import TelegramBadRequest
from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from handlers.conversation.markup import markup
from handlers.conversation.presses import acknowledge
from handlers.conversation.rewriting import rewrite
from handlers.texts import OLD_BUTTON
from handlers.texts import digests as texts
from knowledge.answering.library import Library
from knowledge.programme.values import Programme, Task
from scheduler import digests, snoozing
from scheduler.digests import AGAIN, DigestHabits
from scheduler.letters import Button, Rows
from scheduler.short_names import short_name
from storage import people, progress
from storage.database import Sessions
from storage.roster import Recipient


@dataclass(frozen=True, slots=True)
class View:
    """Which digest a button belongs to."""

    day: date
    again: bool

    @property
    def name(self) -> str:
        return f"{self.day:%Y%m%d}{AGAIN if self.again else ''}"


def router() -> Router:
    here = Router(name="digests")
    view = r"(?P<view>[0-9]{8}s?)"
    for pattern, handler in (
        (rf"dg:done:{view}:(?P<ref>[0-9a-f]{{10}})", mark_done),
        (rf"dg:later:{view}", offer_later),
        (rf"dg:in:(?P<choice>[htm]):{view}", snooze),
        (rf"dg:back:{view}", go_back),
        (rf"dg:mute:{view}", offer_muting),
        (rf"dg:(?P<to>off|on):(?P<ref>[0-9a-f]{{10}}):{view}", mute),
    ):
        pressed = F.data.regexp(rf"^{pattern}$").as_("pressed")
        in_private = F.message.chat.type == "private"
        here.callback_query.register(handler, in_private, pressed, Pressed())
    here.callback_query.register(refuse, F.data.startswith("dg:"))
    return here


class Pressed(BaseFilter):
    """Hands the handler `view` and `person`; a stranger's press, and a day that is none, is an old
    button's."""

    async def __call__(
        self, query: CallbackQuery, pressed: re.Match[str], person: Recipient | None
    ) -> bool | dict[str, Any]:
        day = pressed["view"]
        try:
            there = date(int(day[:4]), int(day[4:6]), int(day[6:8]))
        except ValueError:
            return False
        return bool(person) and {"view": View(there, again=day.endswith(AGAIN))}


async def mark_done(
    query: CallbackQuery,
    pressed: re.Match[str],
    view: View,
    person: Recipient,
    sessions: Sessions,
    library: Library,
    habits: DigestHabits,
    now: datetime,
    today: date,
) -> None:
    found = _task(person, library, pressed["ref"])
    if found is None:
        await acknowledge(query, texts.NOT_YOURS)
        return
    programme, task = found
    async with sessions.begin() as session:
        new = await progress.mark_done(session, person.id, programme.code, task.code, now=now)
    await acknowledge(query, texts.DONE if new else texts.DONE_ALREADY)
    await _show(query, view, person, sessions, library, habits, today)


async def go_back(
    query: CallbackQuery,
    view: View,
    person: Recipient,
    sessions: Sessions,
    library: Library,
    habits: DigestHabits,
    today: date,
) -> None:
    await acknowledge(query)
    await _show(query, view, person, sessions, library, habits, today)


async def offer_later(
    query: CallbackQuery, view: View, person: Recipient, habits: DigestHabits, now: datetime
) -> None:
    offered = snoozing.choices(now, habits.hours.of(person))
    row = tuple(Button(texts.LATER[one], f"dg:in:{one}:{view.name}") for one in offered)
    await _only_buttons(query, (row, (_back(view),)))
    await acknowledge(query)


async def snooze(
    query: CallbackQuery,
    pressed: re.Match[str],
    view: View,
    person: Recipient,
    sessions: Sessions,
    library: Library,
    habits: DigestHabits,
    now: datetime,
    today: date,
) -> None:
    if query.message is None:
        return
    async with sessions.begin() as session:
        at = await snoozing.snooze(
            session,
            person,
            view.day,
            pressed["choice"],
            query.message.message_id,
            now=now,
            hours=habits.hours.of(person),
        )
    said = texts.snoozed(at, now, habits.hours.zone) if at else texts.TOO_LATE
    await acknowledge(query, said, alert=at is None)
    await _show(query, view, person, sessions, library, habits, today)


async def offer_muting(
    query: CallbackQuery, view: View, person: Recipient, library: Library
) -> None:
    rows = tuple(
        (Button(label(one.title), f"dg:{to}:{short_name(one.code)}:{view.name}"),)
        for one, muted in _programmes(person, library)
        for label, to in [(texts.unmute_label, "on") if muted else (texts.mute_label, "off")]
    )
    await _only_buttons(query, (*rows, (_back(view),)))
    await acknowledge(query, texts.WHICH_ONE)


async def mute(
    query: CallbackQuery,
    pressed: re.Match[str],
    view: View,
    person: Recipient,
    sessions: Sessions,
    library: Library,
) -> None:
    muted = pressed["to"] == "off"
    mine = (one for one, _ in _programmes(person, library))
    programme = next((one for one in mine if short_name(one.code) == pressed["ref"]), None)
    if programme is None:
        await acknowledge(query, texts.NOT_YOURS)
        return
    async with sessions.begin() as session:
        await people.set_muted(session, person.id, programme.code, muted=muted)
        now_is = await people.person(session, person.id)
    await offer_muting(query, view, now_is or person, library)
    await acknowledge(query, texts.MUTED if muted else texts.UNMUTED)


async def refuse(query: CallbackQuery) -> None:
    await acknowledge(query, OLD_BUTTON, alert=True)


async def _show(
    query: CallbackQuery,
    view: View,
    person: Recipient,
    sessions: Sessions,
    library: Library,
    habits: DigestHabits,
    today: date,
) -> None:
    """As it stands now; what is done is ticked, not gone."""
    async with sessions() as session:
        digest = await digests.gather(
            session, library.programmes, person, view.day, today=today, extras=habits.extras
        )
    if view.again and not digest.open:
        await rewrite(query, texts.ALL_DONE, None)
        return
    text = digests.written(digest, today=today, again=view.again)
    await rewrite(query, text.html, markup(text.buttons))


async def _only_buttons(query: CallbackQuery, rows: Rows) -> None:
    if isinstance(query.message, Message):
        with suppress(TelegramBadRequest):  # they are there already
            await query.message.edit_reply_markup(reply_markup=markup(rows))


def _back(view: View) -> Button:
    return Button(texts.BACK, f"dg:back:{view.name}")


def _task(person: Recipient, library: Library, ref: str) -> tuple[Programme, Task] | None:
    return next(
        (
            (programme, task)
            for programme in library.programmes
            if (mine := person.role_in(programme.code))
            for stage in programme.stages
            for task in stage.tasks
            if task.role == mine.role and short_name(programme.code, task.code) == ref
        ),
        None,
    )


def _programmes(person: Recipient, library: Library) -> list[tuple[Programme, bool]]:
    known = {programme.code: programme for programme in library.programmes}
    return [(known[one.programme], one.muted) for one in person.roles if one.programme in known]
