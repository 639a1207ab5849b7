"""Questions about the helper itself that no command answers: reminders, leaders, a person."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from handlers import texts as general
from handlers.conversation.html import plain
from handlers.conversation.markup import column
from handlers.conversation.meaning import Means
from handlers.conversation.replies import reply
from handlers.questions.ledger import Ledger, Ledgers, ask_expert
from handlers.questions.topics import from_data
from handlers.texts import own_matters as texts
from handlers.texts.own_matters import Matter
from handlers.texts.questions import STRANGERS_CANNOT, shortened
from storage import gaps, groups, people
from storage.database import AnySession, Sessions
from storage.roster import LEADER, Recipient, RoleIn

QUOTED = 60


def router() -> Router:
    here = Router(name="own matters")
    here.message.middleware(Ledgers())
    here.message.register(tell_of_settings, Means(Matter.REMINDERS))
    here.message.register(name_leaders, Means(Matter.LEADERS))
    here.message.register(offer_a_person, Means(Matter.PERSON))
    here.message.register(tell_how_to_join, Means(Matter.JOINING))
    here.message.register(tell_how_to_join, F.text == general.HOW_TO_JOIN, F.chat.type == "private")
    return here


async def tell_of_settings(message: Message, person: Recipient | None) -> None:
    if person is None:
        await reply(message, plain(texts.NO_REMINDERS))
        return
    await reply(message, plain(texts.REMINDERS), column([(texts.OPEN_SETTINGS, "st:")]))


async def name_leaders(message: Message, person: Recipient | None, sessions: Sessions) -> None:
    """Where the roster names none, the notices are asked."""
    async with sessions() as session:
        found = [await leaders_of(session, role) for role in (person.roles if person else ())]
    known = [(group, names) for group, names in found if names]
    if not known:
        raise SkipHandler
    await reply(message, plain(texts.leaders(known)))


async def leaders_of(session: AnySession, role: RoleIn) -> tuple[str, list[str]]:
    if role.group_id is None:
        return "", []
    group = await groups.group(session, role.group_id)
    leading = await people.members_of(session, role.programme, role=LEADER, group_id=role.group_id)
    return group.name if group else "", [one.name for one in leading]


async def offer_a_person(
    message: Message, person: Recipient | None, state: FSMContext, ledger: Ledger
) -> None:
    """For the question they asked last: nobody can be asked without one."""
    last = from_data(await state.get_data()).memory.question
    if person is None or not person.roles:
        await reply(message, plain(STRANGERS_CANNOT))
    elif not last:
        await reply(message, plain(texts.FIRST_ASK))
    else:
        gap = await ledger.log_gap(message, last, kind=gaps.UNKNOWN)
        said = texts.PASS_ON.format(question=shortened(last, QUOTED))
        await reply(message, plain(said), ask_expert(gap))


async def tell_how_to_join(message: Message, person: Recipient | None) -> None:
    """Whoever is in asks how to join something else."""
    if person and (person.roles or person.coordinator):
        raise SkipHandler
    await reply(message, plain(texts.JOINING))
