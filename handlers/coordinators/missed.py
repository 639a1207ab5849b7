"""/gaps: what was asked in vain; with one press a phrasing belongs to an entry, or must not match.

/explain QUESTION: how an answer comes about. qa:gp the next page · qa:g a gap · qa:gy it means ·
qa:gn it does not · qa:gi ignore."""

import asyncio
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.conversation.html import plain
from handlers.conversation.markup import numbered
from handlers.conversation.presses import acknowledge, numbers, rebutton
from handlers.conversation.replies import reply
from handlers.coordinators.only_coordinators import Coordinator, refuse_message, refuse_press
from handlers.questions.desk import Desk
from handlers.questions.ledger import button
from handlers.texts import proposals as texts
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Asker
from knowledge.entries import LearnedPhrasing
from knowledge.reviewing import entry_of, nearest_entries, short_id
from storage import audit, gaps, learned
from storage.database import Sessions
from storage.roster import Recipient

PRIVATE = F.chat.type == "private"
NUMBER = "[0-9]{1,9}"


def router() -> Router:
    here = Router(name="missed")
    here.message.register(show_gaps, Command("gaps"), PRIVATE, Coordinator())
    here.message.register(explain, Command("explain"), PRIVATE, Coordinator())
    here.message.register(refuse_message, Command("gaps", "explain"))
    here.callback_query.register(refuse_press, F.data.startswith("qa:g"), ~Coordinator())
    for pattern, handler in (
        (f"qa:gp:{NUMBER}", show_more_gaps),
        (f"qa:g:{NUMBER}", show_gap),
        (f"qa:g[yn]:{NUMBER}:[0-9a-f]{{10}}", attach),
        (f"qa:gi:{NUMBER}", ignore),
    ):
        here.callback_query.register(handler, F.data.regexp(f"^{pattern}$"))
    return here


async def show_gaps(message: Message, sessions: Sessions, zone: ZoneInfo, first: int = 0) -> None:
    async with sessions() as session:
        clusters = await gaps.clusters(session)
    if not clusters:
        await reply(message, plain(texts.NO_GAPS))
        return
    first = first if first < len(clusters) else 0  # some were settled meanwhile
    after = first + texts.GAPS_PAGE
    shown = clusters[first:after]
    left = len(clusters) - after
    more = (texts.more(left), f"qa:gp:{after}") if left > 0 else None
    buttons = numbered(first + 1, [f"qa:g:{each.id}" for each in shown], more)
    await reply(message, texts.gap_list(shown, len(clusters), first + 1, zone), buttons)


async def show_more_gaps(query: CallbackQuery, sessions: Sessions, zone: ZoneInfo) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await show_gaps(query.message, sessions, zone, first=numbers(query)[0])


async def show_gap(
    query: CallbackQuery, sessions: Sessions, library: Library, zone: ZoneInfo
) -> None:
    async with sessions() as session:
        clusters = await gaps.clusters(session)
    one = next((each for each in clusters if each.id == numbers(query)[0]), None)
    if one is None or not isinstance(query.message, Message):
        await acknowledge(query, texts.NO_SUCH_GAP, alert=True)
        return
    await acknowledge(query)
    near = nearest_entries(one.question, library.documents)
    rows = [
        [
            button(texts.means(number), f"qa:gy:{one.id}:{short_id(each.id)}"),
            button(texts.does_not_mean(number), f"qa:gn:{one.id}:{short_id(each.id)}"),
        ]
        for number, each in enumerate(near, start=1)
    ]
    rows.append([button(texts.IGNORE, f"qa:gi:{one.id}")])
    html = texts.gap(one, near, zone)
    await reply(query.message, html, InlineKeyboardMarkup(inline_keyboard=rows))


async def attach(
    query: CallbackQuery,
    person: Recipient,
    sessions: Sessions,
    library: Library,
    desk: Desk,
    today: date,
    now: datetime,
) -> None:
    """The golden questions have a say here, too."""
    negative = (query.data or "").startswith("qa:gn")
    target = entry_of((query.data or "").rpartition(":")[2], library.documents)
    async with sessions() as session:
        gap = await gaps.find(session, numbers(query)[0])
    if gap is None or target is None or not isinstance(query.message, Message):
        await acknowledge(query, texts.NO_SUCH_GAP, alert=True)
        return
    await acknowledge(query)
    new = [LearnedPhrasing(target.id, gap.question, negative)]
    if worse := await asyncio.to_thread(gets_worse, new, desk, today):
        await reply(query.message, plain(texts.WOULD_GET_WORSE.format(worse=worse)))
        return
    async with sessions.begin() as session:
        await learned.add_phrasing(
            session, target.id, gap.question, negative=negative, made_by=person.id, now=now
        )
        await learned.anew(session)
        if not negative:
            await gaps.settle(session, gap.cluster, now=now)
        what = "refuse_phrasing" if negative else "attach_phrasing"
        await audit.note(session, what, f"entry:{target.id}"[:100], actor=person.id, now=now)
    await desk.refresh()
    await rebutton(query, None)
    said = texts.KEPT_AWAY if negative else texts.ATTACHED
    await reply(query.message, plain(said.format(question=target.question)))


def gets_worse(new: list[LearnedPhrasing], desk: Desk, today: date) -> str:
    return desk.worse(desk.preview((), ()), desk.preview((), new), today)


async def ignore(
    query: CallbackQuery, person: Recipient, sessions: Sessions, now: datetime
) -> None:
    cluster = numbers(query)[0]
    async with sessions.begin() as session:
        await gaps.settle(session, cluster, now=now)
        await audit.note(session, "ignore_gap", f"gap:{cluster}", actor=person.id, now=now)
    await acknowledge(query, texts.IGNORED)
    await rebutton(query, None)


async def explain(
    message: Message, command: CommandObject, library: Library, desk: Desk, asker: Asker
) -> None:
    if not command.args:
        await reply(message, plain(texts.EXPLAIN_WHAT))
        return
    explained = library.explain(command.args, asker)
    lines = [explained.verdict.text, "", *desk.explained(explained)]
    await reply(message, plain("\n".join(lines)))
