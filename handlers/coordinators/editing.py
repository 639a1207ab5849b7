"""A proposal is edited field by field, an answer corrected, an approval undone.

qa:pe what to edit · qa:pf a field · qa:pc the answer was wrong · qa:l approved lately ·
qa:lu undo · qa:lr revise."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, numbers, rebutton
from handlers.conversation.replies import reply
from handlers.coordinators.only_coordinators import Coordinator, refuse_press
from handlers.questions.desk import Desk
from handlers.questions.ledger import button
from handlers.texts import proposals as texts
from knowledge.answering.library import Library
from knowledge.chinese.regions import province_in
from knowledge.sources import Scope
from scheduler.corrections import correct_answer
from storage import audit, expert_answers, learned, proposals
from storage.database import Sessions
from storage.proposals import PROPOSED, Proposed
from storage.roster import Recipient

PRIVATE = F.chat.type == "private"
NUMBER = "[0-9]{1,9}"
KEPT = "proposal"  # the wizard's own key
WRONG = -1  # in place of a field: the answer was wrong, and who had it is told
QUESTION, ANSWER, PHRASINGS, SCOPE, VALIDITY = range(5)
SHOWN = 5
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


class Editing(StatesGroup):
    writing = State()


def router() -> Router:
    here = Router(name="editing")
    words = F.text & ~F.text.startswith("/")
    here.message.register(take, PRIVATE, words, StateFilter(Editing.writing), Coordinator())
    here.callback_query.register(refuse_press, F.data.regexp("^qa:l"), ~Coordinator())
    for pattern, handler in (
        (f"qa:pe:{NUMBER}", offer_fields),
        (f"qa:pf:{NUMBER}:[0-4]", begin_field),
        (f"qa:pc:{NUMBER}", begin_correction),
        ("qa:l", show_recent),
        (f"qa:lu:{NUMBER}", undo),
        (f"qa:lr:{NUMBER}", revise),
    ):
        here.callback_query.register(handler, F.data.regexp(f"^{pattern}$"), Coordinator())
    return here


async def offer_fields(query: CallbackQuery) -> None:
    await acknowledge(query)
    if isinstance(query.message, Message):
        id = numbers(query)[0]
        fields = [button(name, f"qa:pf:{id}:{n}") for n, name in enumerate(texts.FIELDS)]
        markup = InlineKeyboardMarkup(inline_keyboard=[fields[:3], fields[3:]])
        await reply(query.message, plain(texts.WHAT_TO_EDIT), markup)


async def begin_field(query: CallbackQuery, sessions: Sessions, state: FSMContext) -> None:
    id, field = numbers(query)
    await begin(query, sessions, state, id, field, texts.HOW_TO_WRITE[field])


async def begin_correction(query: CallbackQuery, sessions: Sessions, state: FSMContext) -> None:
    await begin(query, sessions, state, numbers(query)[0], WRONG, texts.WRITE_CORRECTION)


async def begin(
    query: CallbackQuery, sessions: Sessions, state: FSMContext, id: int, field: int, how: str
) -> None:
    async with sessions() as session:
        one = await proposals.find(session, id)
    if one is None or one.state != PROPOSED or not isinstance(query.message, Message):
        await acknowledge(query, texts.DECIDED_ALREADY, alert=True)
        return
    await acknowledge(query)
    await state.set_state(Editing.writing)
    await state.update_data({KEPT: {"id": id, "field": field}})
    await reply(query.message, plain(how))


async def take(
    message: Message,
    state: FSMContext,
    person: Recipient,
    sessions: Sessions,
    library: Library,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    kept = (await state.get_data()).get(KEPT) or {}
    async with sessions() as session:
        one = await proposals.find(session, kept.get("id", 0))
    field, text = kept.get("field", 0), (message.text or "").strip()
    roles = [role for programme in library.programmes for role in programme.roles]
    new = changed(one, ANSWER if field == WRONG else field, text, roles) if one else None
    if one is None or new is None:
        await reply(message, plain(texts.NOT_UNDERSTOOD if one else texts.DECIDED_ALREADY))
        return
    await state.set_state(None)
    await state.update_data({KEPT: None})
    told = 0
    async with sessions.begin() as session:
        stands = await proposals.change(
            session,
            new.id,
            new.entry,
            valid_from=new.valid_from,
            valid_until=new.valid_until,
        )
        if stands and field == WRONG:
            await expert_answers.change(session, one.answer_id, text)
            told = await correct_answer(session, one.answer_id, text, now=now)
            subject = f"answer:{one.answer_id}"
            await audit.note(session, "correct_answer", subject, actor=person.id, now=now)
    soon()
    said = texts.CORRECTED.format(told=told) if field == WRONG else texts.CHANGED
    again = InlineKeyboardMarkup(inline_keyboard=[[button(texts.NEXT, f"qa:pn:{new.id - 1}")]])
    await reply(message, plain(said if stands else texts.DECIDED_ALREADY), again)


def changed(one: Proposed, field: int, text: str, roles: Sequence[str]) -> Proposed | None:
    """None: not understood."""
    entry = one.entry
    match field:
        case 0:
            return replace(one, entry=replace(entry, question=text))
        case 1:
            return replace(one, entry=learned.with_answer(entry, text))
        case 2:
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            phrasings = () if text == "无" else tuple(dict.fromkeys(lines))
            return replace(one, entry=replace(entry, phrasings=phrasings))
        case 3:
            scope = scope_in(text, entry.scope, roles)
            return replace(one, entry=replace(entry, scope=scope)) if scope else None
        case _:
            return valid(one, text)


def scope_in(text: str, old: Scope, roles: Sequence[str]) -> Scope | None:
    provinces = frozenset(province_in(text))
    years = frozenset(int(year) for year in _YEAR.findall(text))
    named = frozenset(role for role in roles if role in text)
    if not (provinces or years or named) and "不限" not in text:
        return None
    return replace(old, provinces=provinces, years=years, roles=named)


def valid(one: Proposed, text: str) -> Proposed | None:
    if "长期" in text and not _DAY.search(text):
        return replace(one, valid_from=None, valid_until=None)
    try:
        days = [date(*map(int, found)) for found in _DAY.findall(text)]
    except ValueError:
        return None
    match days:
        case [begins]:
            return replace(one, valid_from=begins, valid_until=None)
        case [begins, ends] if begins <= ends:
            return replace(one, valid_from=begins, valid_until=ends)
        case _:
            return None


async def show_recent(query: CallbackQuery, sessions: Sessions, zone: ZoneInfo) -> None:
    await acknowledge(query)
    async with sessions() as session:
        entries = (await learned.entries(session))[-SHOWN:]
    if not isinstance(query.message, Message):
        return
    if not entries:
        await reply(query.message, plain(texts.NO_RECENT))
        return
    rows = [
        [
            button(f"{texts.EDIT} {number}", f"qa:lr:{each.id}"),
            button(f"{texts.UNDO} {number}", f"qa:lu:{each.id}"),
        ]
        for number, each in enumerate(entries, start=1)
    ]
    markup = InlineKeyboardMarkup(inline_keyboard=rows)
    await reply(query.message, texts.recent(entries, zone), markup)


async def undo(
    query: CallbackQuery, person: Recipient, sessions: Sessions, desk: Desk, now: datetime
) -> None:
    """The version before holds again; the proposal waits for another decision."""
    async with sessions.begin() as session:
        one = await learned.find(session, numbers(query)[0])
        if one is None or not await learned.undo(session, one.id):
            await acknowledge(query, texts.NOT_CURRENT, alert=True)
            return
        if one.proposal_id:
            await proposals.reopen(session, one.proposal_id)
        await learned.anew(session)
        await audit.note(session, "undo_entry", f"entry:{one.entry.id}", actor=person.id, now=now)
    await desk.refresh()
    await acknowledge(query)
    await rebutton(query, None)
    if isinstance(query.message, Message):
        await reply(query.message, plain(texts.UNDONE))


async def revise(query: CallbackQuery, sessions: Sessions) -> None:
    """The version holds until the next is approved."""
    async with sessions.begin() as session:
        one = await learned.find(session, numbers(query)[0])
        if one and one.proposal_id:
            await proposals.reopen(session, one.proposal_id)
    if one is None or one.proposal_id is None or not isinstance(query.message, Message):
        await acknowledge(query, texts.NOT_CURRENT, alert=True)
        return
    await acknowledge(query)
    fields = [button(name, f"qa:pf:{one.proposal_id}:{n}") for n, name in enumerate(texts.FIELDS)]
    markup = InlineKeyboardMarkup(inline_keyboard=[fields[:3], fields[3:]])
    await reply(query.message, plain(texts.WHAT_TO_EDIT), markup)
