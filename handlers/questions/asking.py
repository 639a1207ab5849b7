"""Questions in own words: answered, asked back with buttons, or honestly left open."""

from secrets import token_hex

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from handlers import texts
from handlers.conversation.addressing import Addressed
from handlers.conversation.html import headed, plain
from handlers.conversation.presses import acknowledge
from handlers.conversation.replies import reply
from handlers.conversation.scripts import in_own_script
from handlers.questions.brevity import fitting
from handlers.questions.ledger import Asked as Put
from handlers.questions.ledger import Ledger, Ledgers
from handlers.questions.options import answer_of
from handlers.questions.topics import Asked, Topic, from_data, to_data
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify, Option, Unknown, Verdict
from knowledge.links import links_in

PICK = "pick"


def router() -> Router:
    here = Router(name="questions")
    here.message.middleware(Ledgers())
    here.callback_query.middleware(Ledgers())
    here.message.register(answer_command, Command("ask"))
    here.message.register(answer, Addressed())  # takes any text of a private chat: last
    here.callback_query.register(answer_choice, F.data.regexp(rf"^{PICK}:[0-9a-f]+:[0-9]{{1,2}}$"))
    here.callback_query.register(refuse_old_button)
    return here


async def answer_command(
    message: Message,
    command: CommandObject,
    library: Library,
    asker: Asker,
    state: FSMContext,
    ledger: Ledger,
) -> None:
    if not command.args:
        await reply(message, plain(texts.ASK_WHAT))
        return
    await answer(message, command.args, library, asker, state, ledger)


async def answer(
    message: Message,
    question: str,
    library: Library,
    asker: Asker,
    state: FSMContext,
    ledger: Ledger,
) -> None:
    if not question:
        await reply(message, plain(texts.ONLY_TEXT))
        return
    if question.startswith("/"):
        await reply(message, plain(texts.NO_SUCH_COMMAND))
        return
    if too_much := not_asked(question):
        await reply(message, plain(too_much))
        return
    topic = from_data(await state.get_data())
    verdict = in_own_script(library.ask(question, asker, topic.memory), ledger.person)
    asked = Put(question, topic.memory)
    await state.update_data(to_data(await told(message, topic, verdict, asked, ledger)))


def not_asked(text: str) -> str:
    """What is said to a text in which nothing can be looked up; "" to a question."""
    links = links_in(text)
    words = text
    for link in links:
        words = words.replace(link, " ")
    if links and not any(sign.isalnum() for sign in words):
        return texts.ONLY_A_LINK
    if len(text) > texts.QUESTION_LONGEST:
        return texts.LONG_WITH_LINK if len(words) <= texts.QUESTION_LONGEST else texts.TOO_LONG
    return ""


async def answer_choice(
    query: CallbackQuery, library: Library, asker: Asker, state: FSMContext, ledger: Ledger
) -> None:
    """The options are kept with the person who was asked: nobody else's press finds them."""
    _, number, index_ = (query.data or "").split(":")
    index = int(index_)
    topic = from_data(await state.get_data())
    asked = topic.find(number)
    if asked is None or index >= len(asked.options) or not isinstance(query.message, Message):
        await refuse_old_button(query)
        return
    if index in asked.chosen:
        await acknowledge(query, texts.ALREADY_ANSWERED)
        return
    option = asked.options[index]
    await acknowledge(query, option.label)
    found = answer_of(library, option, asker, topic.memory)
    verdict = in_own_script(found, ledger.person)
    topic = topic.with_asked(Asked(number, asked.options, (*asked.chosen, index)))
    put = Put(option.question, topic.memory)
    await state.update_data(to_data(await told(query.message, topic, verdict, put, ledger)))


async def refuse_old_button(query: CallbackQuery) -> None:
    await acknowledge(query, texts.OLD_BUTTON, alert=True)


async def told(
    message: Message, topic: Topic, verdict: Verdict, asked: Put, ledger: Ledger
) -> Topic:
    """Sent first, the topic kept after: twice does less harm than an answer never given."""
    topic = Topic(verdict.memory, topic.asked)
    match verdict:
        case Answer():
            below = await ledger.answered(message, asked, verdict)
            html, below = await fitting(message, headed(said(verdict)), below, ledger)
            await reply(message, html, below)
        case Clarify(options=options):
            number = token_hex(4)
            await reply(message, plain(said(verdict)), buttons(number, options))
            return topic.with_asked(Asked(number, options))
        case Unknown():
            more, below = await ledger.unknown(message, asked, verdict)
            await reply(message, plain(said(verdict)) + more, below)
    return topic


def said(verdict: Verdict) -> str:
    """With how the question was read, where that is not told already."""
    if verdict.read_as and verdict.read_as not in verdict.text:
        return f"{verdict.text}\n（{verdict.read_as}）"
    return verdict.text


def buttons(number: str, options: tuple[Option, ...]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=option.label, callback_data=f"{PICK}:{number}:{index}")]
            for index, option in enumerate(options)
        ]
    )
