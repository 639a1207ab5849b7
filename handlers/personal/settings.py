"""/settings: one message, edited in place; a button says what will be, never «the other»."""

import re
from collections.abc import Sequence
from datetime import time

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge
from handlers.conversation.programmes import programmes_of, sign
from handlers.conversation.replies import reply
from handlers.conversation.rewriting import rewrite
from handlers.conversation.visits import Visit, with_visit
from handlers.texts import settings as texts
from scheduler.digests import DigestHabits
from scheduler.texts import shortened as cut
from storage import people, preferences
from storage.database import AnySession
from storage.roster import Recipient

HOURS = [time(hour) for hour in range(6, 22)]
SPANS = [
    (time(21), time(7)),
    (time(22), time(7)),
    (time(22), time(8)),
    (time(23), time(8)),
    (time(0), time(0)),  # never
]
USUAL = "-"  # in place of a value: as the installation has it
Button = tuple[str, str]


def router() -> Router:
    here = with_visit(Router(name="settings"))
    private = F.message.chat.type == "private"
    here.message.register(show, Command("settings"), F.chat.type == "private")
    here.message.register(point_to_private, Command("settings"))
    here.callback_query.register(choose, F.data.in_({"st:h", "st:q", "st:s", "st:"}), private)
    here.callback_query.register(change, F.data.startswith("st:"), private)
    here.callback_query.register(refuse, F.data.startswith("st:"))
    return here


async def point_to_private(message: Message) -> None:
    await reply(message, plain(texts.PRIVATELY))


async def refuse(query: CallbackQuery) -> None:
    await acknowledge(query, texts.NOT_FOR_YOU, alert=True)


async def show(message: Message, visit: Visit, habits: DigestHabits) -> None:
    if visit.person is None:
        await reply(message, plain(texts.STRANGER))
        return
    html, markup = overview(visit.person, visit, habits)
    await reply(message, html, markup)


async def choose(query: CallbackQuery, visit: Visit, habits: DigestHabits) -> None:
    """One of the pages below, or back to the first."""
    if visit.person is None:
        await acknowledge(query, texts.STRANGER, alert=True)
        return
    await acknowledge(query)
    usual = [(texts.AS_USUAL, f"{query.data}:{USUAL}"), (texts.BACK, "st:")]
    match query.data:
        case "st:h":
            hours = [(texts.clock(one), f"st:h:{one:%H%M}") for one in HOURS]
            await rewrite(query, plain(texts.CHOOSE_HOUR), rows(hours, usual, width=4))
        case "st:q":
            spans = [(texts.span(one), f"st:q:{one[0]:%H%M}{one[1]:%H%M}") for one in SPANS]
            await rewrite(query, plain(texts.CHOOSE_QUIET), rows(spans, usual, width=2))
        case "st:s":
            scripts = [(words, f"st:s:{name or USUAL}") for name, words in texts.SCRIPTS.items()]
            await rewrite(query, plain(texts.CHOOSE_SCRIPT), rows(scripts, usual[1:], width=3))
        case _:
            await rewrite(query, *overview(visit.person, visit, habits))


async def change(query: CallbackQuery, visit: Visit, habits: DigestHabits) -> None:
    """Their own settings, whoever presses; what no button of ours says changes nothing."""
    person = visit.person
    if person is None:
        await acknowledge(query, texts.STRANGER, alert=True)
        return
    async with visit.sessions.begin() as session:
        done = await changed(session, person, query.data or "")
        fresh = await people.person(session, person.id)
    if not done or fresh is None:
        await refuse(query)
        return
    await acknowledge(query, texts.SAVED)
    await rewrite(query, *overview(fresh, visit, habits))


async def changed(session: AnySession, person: Recipient, data: str) -> bool:
    _, kind, value, *further = [*data.split(":"), "", ""]
    match kind:
        case "h" if value == USUAL or moment(value) in HOURS:
            await people.set_remind_at(session, person.id, moment(value))
        case "q" if value == USUAL or span_in(value) in SPANS:
            await preferences.set_quiet(session, person.id, span_in(value))
        case "s" if value in (USUAL, "hans", "hant"):
            script = "" if value == USUAL else value
            await preferences.set_script(session, person.id, script)
        case "m" if mine := [one for one in person.roles if sign(one.programme) == value]:
            muted = further[0] == "1"
            await people.set_muted(session, person.id, mine[0].programme, muted=muted)
        case _:
            return False
    return True


def overview(
    person: Recipient, visit: Visit, habits: DigestHabits
) -> tuple[str, InlineKeyboardMarkup]:
    usual = habits.hours
    hour = texts.clock(person.remind_at or usual.remind_at)
    span = texts.span(person.quiet or (usual.quiet.starts, usual.quiet.ends))
    programmes = [
        (programme.title, role.muted, sign(programme.code))
        for programme, _ in programmes_of(person, visit.library)
        if (role := person.role_in(programme.code))
    ]
    html = texts.overview(
        hour if person.remind_at else f"{hour}{texts.DEFAULT}",
        span if person.quiet else f"{span}{texts.DEFAULT}",
        person.script,
        [(title, muted) for title, muted, _ in programmes],
    )
    pages = [
        (texts.CHANGE_HOUR, "st:h"),
        (texts.CHANGE_QUIET, "st:q"),
        (texts.CHANGE_SCRIPT, "st:s"),
    ]
    muting = [
        (texts.UNMUTE if muted else texts.MUTE, title, f"st:m:{name}:{0 if muted else 1}")
        for title, muted, name in programmes
    ]
    below = [(words.format(title=cut(title, 16)), data) for words, title, data in muting]
    below += [(texts.EXPORT, "lv:export"), (texts.FORGET, "lv:forget")]
    return html, rows(pages, below, width=3)


def rows(many: Sequence[Button], below: Sequence[Button], *, width: int) -> InlineKeyboardMarkup:
    """`many` beside each other, `below` one by one."""
    lines = [many[start : start + width] for start in range(0, len(many), width)]
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=label, callback_data=data) for label, data in line]
            for line in (*lines, *([one] for one in below))
        ]
    )


def moment(digits: str) -> time | None:
    if not re.fullmatch(r"([01][0-9]|2[0-3])[0-5][0-9]", digits):
        return None
    return time(int(digits[:2]), int(digits[2:]))


def span_in(digits: str) -> tuple[time, time] | None:
    starts, ends = moment(digits[:4]), moment(digits[4:])
    return (starts, ends) if starts is not None and ends is not None else None
