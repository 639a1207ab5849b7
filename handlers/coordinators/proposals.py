"""/proposals: a coordinator approves, edits, merges or declines what may become an entry.

qa:p<letter>:<proposal>: y approve · n next · e what to edit · m with what to merge · x why not."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, numbers, rebutton
from handlers.conversation.replies import reply
from handlers.coordinators.only_coordinators import Coordinator, refuse_message, refuse_press
from handlers.questions.desk import Desk
from handlers.questions.ledger import button
from handlers.texts import proposals as texts
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Asker
from knowledge.entries import Entry, LearnedPhrasing
from knowledge.reviewing import Review, entry_of, near_entries, review, short_id
from scheduler.adopting import adopt
from scheduler.texts import shortened as cut
from storage import audit, gaps, learned, proposals, questions
from storage.database import Sessions
from storage.proposals import APPROVED, DECLINED, MERGED, PROPOSED, Proposed
from storage.questions import SOLVED, UNSOLVED
from storage.roster import Recipient

PRIVATE = F.chat.type == "private"
NUMBER = "[0-9]{1,9}"


def router() -> Router:
    here = Router(name="proposals")
    here.message.register(show_first, Command("proposals"), PRIVATE, Coordinator())
    here.message.register(refuse_message, Command("proposals"))
    here.callback_query.register(refuse_press, F.data.startswith("qa:p"), ~Coordinator())
    for pattern, handler in (
        (f"qa:pn:{NUMBER}", show_next),
        (f"qa:py:{NUMBER}", approve),
        (f"qa:pm:{NUMBER}", offer_merge),
        (f"qa:pt:{NUMBER}:[0-9a-f]{{10}}", merge),
        (f"qa:px:{NUMBER}", offer_reasons),
        (f"qa:pr:{NUMBER}:[0-9]", decline),
    ):
        here.callback_query.register(handler, F.data.regexp(f"^{pattern}$"))
    return here


async def show_first(message: Message, sessions: Sessions, desk: Desk, today: date) -> None:
    await show(message, sessions, desk, today)


async def show_next(query: CallbackQuery, sessions: Sessions, desk: Desk, today: date) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        await show(query.message, sessions, desk, today, after=numbers(query)[0])


async def show(
    message: Message, sessions: Sessions, desk: Desk, today: date, *, after: int = 0
) -> None:
    async with sessions() as session:
        found = await proposals.undecided(session, after=after)
        found = found or await proposals.undecided(session)  # round again
        total = await proposals.count(session)
        wanting = await questions.askers(session, found[0].question_id) if found else []
    if not found:
        rows = InlineKeyboardMarkup(inline_keyboard=[[button(texts.RECENT, "qa:l")]])
        await reply(message, plain(texts.NOTHING_PROPOSED), rows)
        return
    one = found[0]
    judged = [each.verdict for each in wanting]
    reviewed, worse = await asyncio.to_thread(looked_through, one.entry, desk, today)
    counts = judged.count(SOLVED), judged.count(UNSOLVED)
    await reply(message, texts.proposal(one, total, reviewed, worse, counts), choices(one))


def looked_through(entry: Entry, desk: Desk, today: date) -> tuple[Review, str]:
    """Takes a second: libraries are built, the golden questions asked."""
    before, after = desk.preview((), ()), desk.preview([entry], ())
    asker = asker_for(entry, today)
    return review(entry, asker, before, after), desk.worse(before, after, today)


def asker_for(entry: Entry, today: date) -> Asker:
    """Somebody for whom the entry holds."""
    provinces, roles = sorted(entry.scope.provinces), sorted(entry.scope.roles)
    return Asker(today, provinces[0] if provinces else "", roles[0] if roles else "")


def choices(one: Proposed) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [button(texts.APPROVE, f"qa:py:{one.id}"), button(texts.EDIT, f"qa:pe:{one.id}")],
            [button(texts.MERGE, f"qa:pm:{one.id}"), button(texts.DECLINE, f"qa:px:{one.id}")],
            [button(texts.NEXT, f"qa:pn:{one.id}"), button(texts.RECENT, "qa:l")],
        ]
    )


async def approve(
    query: CallbackQuery,
    person: Recipient,
    sessions: Sessions,
    desk: Desk,
    today: date,
    now: datetime,
) -> None:
    one = await undecided(query, sessions)
    if one is None or not isinstance(query.message, Message):
        return
    await acknowledge(query)
    _, worse = await asyncio.to_thread(looked_through, one.entry, desk, today)
    if worse:
        await reply(query.message, plain(texts.WOULD_GET_WORSE.format(worse=worse)))
        return
    async with sessions.begin() as session:
        if not await proposals.decide(session, one.id, APPROVED, by=person.id, now=now):
            return
        version = await learned.add_version(
            session,
            one.entry,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
            proposal=one.id,
            made_by=person.id,
            now=now,
        )
        await learned.anew(session)
        await gaps.settle_question(session, one.question_id, now=now)
        await audit.note(
            session, "approve_entry", f"entry:{one.entry.id}", actor=person.id, now=now
        )
    await desk.refresh()
    await adopt(sessions, one.answer_id, one.entry, await asyncio.to_thread(desk.preview, (), ()))
    await rebutton(query, None)
    undo = InlineKeyboardMarkup(inline_keyboard=[[button(texts.UNDO, f"qa:lu:{version}")]])
    said = texts.APPROVED.format(question=one.entry.question)
    await reply(query.message, plain(said), undo)


async def offer_merge(query: CallbackQuery, sessions: Sessions, library: Library) -> None:
    one = await undecided(query, sessions)
    if one is None or not isinstance(query.message, Message):
        return
    near = near_entries(one.entry, library.documents)
    await acknowledge(query, "" if near else texts.NOTHING_NEAR, alert=not near)
    if near:
        rows = [
            [button(cut(each.question, 60), f"qa:pt:{one.id}:{short_id(each.id)}")] for each in near
        ]
        markup = InlineKeyboardMarkup(inline_keyboard=rows)
        await reply(query.message, plain(texts.MERGE_WITH), markup)


async def merge(
    query: CallbackQuery,
    person: Recipient,
    sessions: Sessions,
    library: Library,
    desk: Desk,
    today: date,
    now: datetime,
) -> None:
    one = await undecided(query, sessions)
    target = entry_of((query.data or "").rpartition(":")[2], library.documents)
    if one is None or target is None or not isinstance(query.message, Message):
        return
    await acknowledge(query)
    said = [*dict.fromkeys((one.entry.question, *one.entry.phrasings))]
    new = [LearnedPhrasing(target.id, text) for text in said]
    if worse := await asyncio.to_thread(gets_worse, new, desk, today):
        await reply(query.message, plain(texts.WOULD_GET_WORSE.format(worse=worse)))
        return
    async with sessions.begin() as session:
        if not await proposals.decide(
            session, one.id, MERGED, by=person.id, reason=target.id, now=now
        ):
            return
        for text in said:
            await learned.add_phrasing(session, target.id, text, made_by=person.id, now=now)
        await learned.anew(session)
        await gaps.settle_question(session, one.question_id, now=now)
        await audit.note(session, "merge_entry", f"entry:{target.id}", actor=person.id, now=now)
    await desk.refresh()
    await rebutton(query, None)
    await reply(query.message, plain(texts.MERGED.format(question=target.question)))


def gets_worse(new: list[LearnedPhrasing], desk: Desk, today: date) -> str:
    return desk.worse(desk.preview((), ()), desk.preview((), new), today)


async def offer_reasons(query: CallbackQuery, sessions: Sessions) -> None:
    one = await undecided(query, sessions)
    if one is None or not isinstance(query.message, Message):
        return
    await acknowledge(query)
    rows = [
        [button(reason, f"qa:pr:{one.id}:{number}")] for number, reason in enumerate(texts.REASONS)
    ]
    rows.append([button(texts.WRONG, f"qa:pc:{one.id}")])
    markup = InlineKeyboardMarkup(inline_keyboard=rows)
    await reply(query.message, plain(texts.WHY_NOT), markup)


async def decline(
    query: CallbackQuery,
    person: Recipient,
    sessions: Sessions,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    one = await undecided(query, sessions)
    if one is None or not isinstance(query.message, Message):
        return
    reason = texts.REASONS[min(numbers(query)[1], len(texts.REASONS) - 1)]
    async with sessions.begin() as session:
        await proposals.decide(session, one.id, DECLINED, by=person.id, reason=reason, now=now)
        await audit.note(
            session, "decline_entry", f"entry:{one.entry.id}", actor=person.id, now=now
        )
    await acknowledge(query)
    await rebutton(query, None)
    await reply(query.message, plain(texts.DECLINED.format(reason=reason)))


async def undecided(query: CallbackQuery, sessions: Sessions) -> Proposed | None:
    async with sessions() as session:
        one = await proposals.find(session, numbers(query)[0])
    if one is None or one.state != PROPOSED:
        await acknowledge(query, texts.DECIDED_ALREADY, alert=True)
        return None
    return one
