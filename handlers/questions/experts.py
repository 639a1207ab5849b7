"""A question goes to somebody who knows. qa:e ask · qa:j 同问 · qa:ok solved · qa:no unsolved."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers import texts as common
from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, numbers, rebutton
from handlers.conversation.programmes import programmes_of
from handlers.conversation.replies import reply
from handlers.questions.desk import Desk
from handlers.questions.ledger import button
from handlers.texts import questions as texts
from knowledge.answering.library import Library
from scheduler import handing_on, question_texts
from storage import answers_given, expert_answers, gaps, questions
from storage.answers_given import Place
from storage.database import AnySession, Sessions
from storage.gaps import Missed
from storage.questions import ANSWERED, CLOSED, OPEN, SOLVED, UNSOLVED, Waiting
from storage.roster import Recipient


def router() -> Router:
    here = Router(name="experts")
    here.callback_query.register(ask, F.data.regexp(r"^qa:e:[0-9]{1,9}(:new)?(:p[0-9]{1,9})?$"))
    here.callback_query.register(join, F.data.regexp(r"^qa:j:[0-9]{1,9}:[0-9]{1,9}$"))
    here.callback_query.register(solved, F.data.regexp(r"^qa:ok:[0-9]{1,9}$"))
    here.callback_query.register(unsolved, F.data.regexp(r"^qa:no:[0-9]{1,9}$"))
    return here


async def ask(
    query: CallbackQuery,
    person: Recipient | None,
    library: Library,
    sessions: Sessions,
    surface: str,
    desk: Desk,
    now: datetime,
    zone: ZoneInfo,
    soon: Callable[[], None],
) -> None:
    gap = await gap_here(query, person, sessions, surface)
    if gap is None or person is None or not isinstance(query.message, Message):
        return
    programme = programme_meant(query, person)
    if programme is None:
        await acknowledge(query)
        await reply(query.message, plain(texts.WHICH_PROGRAMME), which(gap, person, library))
        return
    async with sessions.begin() as session:
        question = await questions.ask(session, gap.question, person, programme, now=now)
        await gaps.asked(session, gap.id, question.id)
        handed = await handed_to(session, question, desk, now)
    soon()
    if question.state == ANSWERED:
        await tell_answer(query, person, question, sessions, now, zone)
        return
    await say(query, person, texts.handed(handed, zone))


async def handed_to(
    session: AnySession, question: Waiting, desk: Desk, now: datetime
) -> handing_on.Handed:
    """Where it is already, or to the next."""
    now_at = await handing_on.where_it_is(session, question)
    if now_at.turn or question.state != OPEN:
        return now_at
    return await handing_on.hand_on(session, question, patience=desk.patience, now=now)


async def join(
    query: CallbackQuery,
    person: Recipient | None,
    sessions: Sessions,
    surface: str,
    desk: Desk,
    now: datetime,
    zone: ZoneInfo,
    soon: Callable[[], None],
) -> None:
    """The same question: they get the answer with the others."""
    gap = await gap_here(query, person, sessions, surface)
    if gap is None or person is None:
        return
    async with sessions.begin() as session:
        question = await questions.find(session, numbers(query)[1])
        if question is None or question.state == CLOSED or not concerns(person, question):
            await acknowledge(query, texts.NO_SUCH_QUESTION, alert=True)
            return
        if question.programme == "":
            await questions.adopt(session, question.id, person, person.roles[0].programme)
        await questions.join(session, question.id, person.id, gap.question, now=now)
        await gaps.asked(session, gap.id, question.id)
        question = await questions.show(session, question.id)
        handed = await handed_to(session, question, desk, now)
    soon()
    if question.state == ANSWERED:
        await tell_answer(query, person, question, sessions, now, zone)
        return
    await say(query, person, texts.joined(question, handed.turn, zone))


def concerns(person: Recipient, question: Waiting) -> bool:
    return not question.programme or person.role_in(question.programme) is not None


async def tell_answer(
    query: CallbackQuery,
    person: Recipient,
    question: Waiting,
    sessions: Sessions,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Somebody has answered it already; from now on they are among those who were told."""
    if not isinstance(query.message, Message):
        return
    async with sessions.begin() as session:
        answer = await expert_answers.latest(session, question.id)
        if answer is None:
            return
        if person.chat_id is not None:
            await answers_given.log(
                session,
                Place(person.surface, person.chat_id, person_id=person.id),
                question.text,
                answer.text,
                context={"province": person.province, "role": question.asker_role},
                origin=answers_given.from_expert(answer.id),
                today=now.astimezone(zone).date(),
                now=now,
            )
    html = question_texts.answered(question.text, answer.text, answer.role + answer.name)
    await say(query, person, html, verdict_buttons(answer.id))


def verdict_buttons(answer: int) -> InlineKeyboardMarkup:
    row = [button(texts.SOLVED, f"qa:ok:{answer}"), button(texts.UNSOLVED, f"qa:no:{answer}")]
    return InlineKeyboardMarkup(inline_keyboard=[row])


async def solved(query: CallbackQuery, person: Recipient | None, sessions: Sessions) -> None:
    async with sessions.begin() as session:
        answer = await expert_answers.show(session, numbers(query)[0])
        ours = (
            answer is not None
            and person is not None
            and await questions.judge(session, answer.question_id, person.id, SOLVED)
        )
    await acknowledge(query, texts.GLAD if ours else texts.NOTED_ALREADY)
    if ours:
        await rebutton(query, None)


async def unsolved(
    query: CallbackQuery,
    person: Recipient | None,
    sessions: Sessions,
    desk: Desk,
    now: datetime,
    zone: ZoneInfo,
    soon: Callable[[], None],
) -> None:
    """To the next on the ladder; who is content with the answer is left alone."""
    if person is None:
        await acknowledge(query, texts.NOT_YOURS, alert=True)
        return
    async with sessions.begin() as session:
        answer = await expert_answers.show(session, numbers(query)[0])
        if answer is None or not await questions.judge(
            session, answer.question_id, person.id, UNSOLVED
        ):
            await acknowledge(query, texts.NOTED_ALREADY)
            return
        await questions.change_state(session, answer.question_id, before=ANSWERED, after=OPEN)
        question = await questions.show(session, answer.question_id)
        handed = await handed_to(session, question, desk, now)
    soon()
    await rebutton(query, None)
    await say(query, person, f"{plain(texts.ON_IT)}{texts.handed(handed, zone)}")


async def say(
    query: CallbackQuery,
    person: Recipient,
    html: str,
    markup: InlineKeyboardMarkup | None = None,
) -> None:
    """In a group only the presser is told, over the button."""
    message = query.message
    if isinstance(message, Message) and message.chat.type == "private":
        await acknowledge(query)
        await reply(message, html, markup)
        return
    told = texts.ASKED_IN_GROUP if person.can_be_written_to else texts.CANNOT_WRITE
    await acknowledge(query, told, alert=True)


async def gap_here(
    query: CallbackQuery, person: Recipient | None, sessions: Sessions, surface: str
) -> Missed | None:
    """None, and the presser told so, where they may not ask or the question is not of this chat."""
    if person is None or not person.roles:
        await acknowledge(query, texts.STRANGERS_CANNOT, alert=True)
        return None
    async with sessions() as session:
        gap = await gaps.find(session, numbers(query)[0])
    chat = query.message.chat.id if query.message else None
    if gap is None or (gap.surface, gap.chat_id) != (surface, chat):
        await acknowledge(query, common.OLD_BUTTON, alert=True)
        return None
    return gap


def programme_meant(query: CallbackQuery, person: Recipient) -> str | None:
    """None: several, and they have not said which."""
    *_, last = (query.data or "").split(":")
    if last.startswith("p") and int(last[1:]) < len(person.roles):
        return person.roles[int(last[1:])].programme
    return person.roles[0].programme if len(person.roles) == 1 else None


def which(gap: Missed, person: Recipient, library: Library) -> InlineKeyboardMarkup:
    titles = {one.code: one.title for one, _ in programmes_of(person, library)}
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [button(titles.get(one.programme, one.programme), f"qa:e:{gap.id}:p{index}")]
            for index, one in enumerate(person.roles)
        ]
    )
