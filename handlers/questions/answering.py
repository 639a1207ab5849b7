"""Answering a question: by replying to the message that asked, or qa:a and then writing. qa:n: I
cannot answer it."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.filters import BaseFilter, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import CallbackQuery, Message

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, numbers, rebutton
from handlers.conversation.replies import reply
from handlers.questions.desk import Desk
from handlers.texts import questions as texts
from knowledge.answering.library import Library
from scheduler import answering, handing_on
from scheduler.corrections import correct_answer
from scheduler.handing_on import Handed
from storage import (
    audit,
    expert_answers,
    learned,
    proposals,
    questions,
    receipts,
    turns,
)
from storage.answerers import may_answer
from storage.database import AnySession, Sessions
from storage.questions import ANSWERED, Waiting
from storage.roster import Recipient
from storage.turns import Turn

PRIVATE = F.chat.type == "private"
KEPT = "answering"  # the wizard's own key


class Answering(StatesGroup):
    writing = State()


class RepliesToALetter(BaseFilter):
    """Hands the handler `question_id`: the one that the message asked which they reply to."""

    async def __call__(
        self, message: Message, person: Recipient | None, sessions: Sessions, surface: str
    ) -> bool | dict[str, int]:
        replied = message.reply_to_message
        if person is None or replied is None:
            return False
        async with sessions() as session:
            key = await receipts.key_of(
                session, person.id, surface, message.chat.id, replied.message_id
            )
            kind, _, number = key.partition(":")
            if kind != handing_on.ASK or not number.isdecimal():
                return False
            turn = await turns.turn(session, int(number))
        return {"question_id": turn.question_id} if turn else False


def router() -> Router:
    here = Router(name="answering")
    words = F.text & ~F.text.startswith("/")
    here.message.register(take_reply, PRIVATE, words, RepliesToALetter())
    here.message.register(take_written, PRIVATE, words, StateFilter(Answering.writing))
    here.message.register(want_words, PRIVATE, ~F.text, StateFilter(Answering.writing))
    here.callback_query.register(begin_answer, F.data.regexp(r"^qa:a:[0-9]{1,9}$"))
    here.callback_query.register(pass_on, F.data.regexp(r"^qa:n:[0-9]{1,9}$"))
    return here


async def begin_answer(
    query: CallbackQuery, person: Recipient | None, sessions: Sessions, state: FSMContext
) -> None:
    async with sessions() as session:
        question = await questions.find(session, numbers(query)[0])
        allowed = person and question and await may_answer(session, person, question)
    if question is None or not allowed:
        await acknowledge(query, texts.NOT_ALLOWED, alert=True)
    elif question.state == ANSWERED:
        await acknowledge(query, texts.TOO_LATE, alert=True)
    elif isinstance(query.message, Message):
        await acknowledge(query)
        await state.set_state(Answering.writing)
        await state.update_data({KEPT: {"question": question.id}})
        said = f"“{texts.shortened(question.text, 200)}”\n{texts.WRITE_ANSWER}"
        await reply(query.message, plain(said))


async def pass_on(
    query: CallbackQuery,
    person: Recipient | None,
    sessions: Sessions,
    desk: Desk,
    now: datetime,
    zone: ZoneInfo,
    soon: Callable[[], None],
) -> None:
    async with sessions.begin() as session:
        turn = await turns.turn(session, numbers(query)[0])
        ours = turn is not None and person is not None and turn.person_id == person.id
        handed = await passed(session, turn, desk, now, zone) if turn and ours else None
        if handed is None:
            await acknowledge(query, texts.NOT_YOUR_TURN, alert=True)
            return
    soon()
    await acknowledge(query, texts.PASSED if handed.turn else texts.PASSED_TO_NOBODY)
    await rebutton(query, None)


async def passed(
    session: AnySession, turn: Turn, desk: Desk, now: datetime, zone: ZoneInfo
) -> Handed | None:
    """None: it had ended."""
    if not await handing_on.end(session, turn, turns.PASSED, now=now):
        return None
    question = await questions.show(session, turn.question_id)
    handed = await handing_on.hand_on(session, question, patience=desk.patience, now=now)
    await handing_on.tell_askers(session, question, handed, zone, origin=turn.id, now=now)
    return handed


async def want_words(message: Message) -> None:
    await reply(message, plain(texts.ONLY_TEXT))


async def take_written(
    message: Message,
    person: Recipient | None,
    state: FSMContext,
    sessions: Sessions,
    library: Library,
    today: date,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    kept = (await state.get_data()).get(KEPT) or {}
    if len(message.text or "") > texts.LONGEST_ANSWER:
        await reply(message, plain(texts.TOO_LONG))
        return
    await state.set_state(None)
    await state.update_data({KEPT: None})
    await take_reply(message, kept.get("question", 0), person, sessions, library, today, now, soon)


async def take_reply(
    message: Message,
    question_id: int,
    person: Recipient | None,
    sessions: Sessions,
    library: Library,
    today: date,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    text = (message.text or "").strip()
    if len(text) > texts.LONGEST_ANSWER:
        await reply(message, plain(texts.TOO_LONG))
        return
    async with sessions.begin() as session:
        question = await questions.find(session, question_id)
        if person is None or question is None:
            said = plain(texts.NO_SUCH_QUESTION)
        elif not await may_answer(session, person, question):
            said = plain(texts.NOT_ALLOWED)
        elif question.state == ANSWERED:
            said = await corrected(session, question, person, text, now)
        else:
            done = await answering.answer(
                session,
                question,
                person,
                text,
                programmes=library.programmes,
                today=today,
                now=now,
            )
            said = texts.delivered(done) if done else plain(texts.TOO_LATE)
    soon()
    await reply(message, said)


async def corrected(
    session: AnySession, question: Waiting, person: Recipient, text: str, now: datetime
) -> str:
    """Their own answer once more: the new words take the place of the old, also in the proposal."""
    answer = await expert_answers.latest(session, question.id)
    if answer is None or answer.person_id != person.id:
        return plain(texts.TOO_LATE)
    if answer.text == text:
        return plain(texts.NOTED_ALREADY)  # the same message once more: nobody is told again
    await expert_answers.change(session, answer.id, text)
    subject = f"question:{question.id}"
    await audit.note(session, "correct_answer", subject, actor=person.id, now=now)
    told = await correct_answer(session, answer.id, text, now=now)
    proposal = await proposals.of_answer(session, answer.id)
    if proposal and proposal.state == proposals.PROPOSED:
        await proposals.change(
            session,
            proposal.id,
            learned.with_answer(proposal.entry, text),
            valid_from=proposal.valid_from,
            valid_until=proposal.valid_until,
        )
    return plain(texts.CORRECTED.format(told=told))
