"""Thumbs under an answer, with a reason, and its words to copy. qa:u qa:d qa:r qa:b qa:c."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from handlers import texts as common
from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, numbers, rebutton, was_said_here
from handlers.conversation.replies import reply
from handlers.questions.ledger import (
    Ledger,
    Ledgers,
    answer_buttons,
    ask_expert,
    button,
    for_groups,
)
from handlers.texts import questions as texts
from storage import answers_given, gaps
from storage.answers_given import DOWN, UP, Given
from storage.database import Sessions

PRIVATE = F.message.chat.type == "private"


def router() -> Router:
    here = Router(name="feedback")
    here.callback_query.middleware(Ledgers())
    for letter, handler in (
        ("u", thumb_up),
        ("d", ask_why),
        ("b", back),
        ("c", copy),
    ):
        here.callback_query.register(handler, PRIVATE, F.data.regexp(f"^qa:{letter}:[0-9]{{1,9}}$"))
    here.callback_query.register(thumb_down, PRIVATE, F.data.regexp(r"^qa:r:[0-9]{1,9}:\d$"))
    return here


async def thumb_up(query: CallbackQuery, ledger: Ledger) -> None:
    given = await said_here(query, ledger.sessions, ledger.surface)
    if given is None:
        return
    async with ledger.sessions.begin() as session:
        new = await answers_given.thumb(session, given.id, UP)
    await acknowledge(query, texts.THANKS if new else texts.NOTED_ALREADY)


async def ask_why(query: CallbackQuery, ledger: Ledger) -> None:
    given = await said_here(query, ledger.sessions, ledger.surface)
    if given is None:
        return
    if given.thumb == DOWN:
        await acknowledge(query, texts.NOTED_ALREADY)
        return
    reasons = [
        [button(reason, f"qa:r:{given.id}:{number}")] for number, reason in enumerate(texts.REASONS)
    ]
    back_again = [button(texts.BACK, f"qa:b:{given.id}")]
    await acknowledge(query, texts.WHATS_WRONG)
    await rebutton(query, InlineKeyboardMarkup(inline_keyboard=[*reasons, back_again]))


async def thumb_down(query: CallbackQuery, ledger: Ledger) -> None:
    given = await said_here(query, ledger.sessions, ledger.surface)
    if given is None or not isinstance(query.message, Message):
        return
    reason = texts.REASONS[min(numbers(query)[1], len(texts.REASONS) - 1)]
    async with ledger.sessions.begin() as session:
        new = await answers_given.thumb(session, given.id, DOWN)
    await rebutton(query, answer_buttons(given.id, given.question, given.text))
    await acknowledge(query, texts.THANKS if new else texts.NOTED_ALREADY)
    if not new:
        return
    gap = await ledger.log_gap(query.message, given.question, kind=gaps.DOWN, reason=reason)
    on_roster = ledger.person and ledger.person.roles
    noted = plain(texts.NOTED.format(reason=reason))
    await reply(query.message, noted, ask_expert(gap) if on_roster else None)


async def back(query: CallbackQuery, ledger: Ledger) -> None:
    given = await said_here(query, ledger.sessions, ledger.surface)
    if given:
        await acknowledge(query)
        await rebutton(query, answer_buttons(given.id, given.question, given.text))


async def copy(query: CallbackQuery, ledger: Ledger) -> None:
    given = await said_here(query, ledger.sessions, ledger.surface)
    if given and isinstance(query.message, Message):
        await acknowledge(query)
        await reply(query.message, plain(for_groups(given.question, given.text)))


async def said_here(query: CallbackQuery, sessions: Sessions, surface: str) -> Given | None:
    """None, and the presser told so, where the button is too old or not theirs."""
    async with sessions() as session:
        given = await answers_given.find(session, numbers(query)[0])
    if given is None or not was_said_here(query, surface, given):
        await acknowledge(query, common.OLD_BUTTON, alert=True)
        return None
    return given
