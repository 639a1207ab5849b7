"""Coming in by an invitation: /start with a token, a name, a proof."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from aiogram import F, Router
from aiogram.exceptions import AiogramError
from aiogram.filters import CommandObject, CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import KeyboardButton, Message, ReplyKeyboardMarkup

from handlers import texts as general
from handlers.conversation.html import plain
from handlers.conversation.keyboard import keyboard_for
from handlers.conversation.programmes import programmes_of
from handlers.conversation.replies import reply
from handlers.joining.names import readable
from handlers.texts import joining as texts
from knowledge.answering.library import Library
from scheduler import joining_letters
from storage import invitations, joining, people, proofs
from storage.database import AnySession, Sessions
from storage.invitations import Invited
from storage.join_requests import Arrival
from storage.joining import (
    Already,
    Ambiguous,
    Beyond,
    Joined,
    NameTaken,
    NotUsable,
    Outcome,
    ProofWanted,
    Waits,
)
from storage.phones import Phones
from storage.proofs import Proved, Wrong
from storage.roster import LEADER, PAGE, TELEGRAM, Recipient

KEPT = "joining"  # in the data of the conversation
PHONE = re.compile(r"(?:\+?0{0,2}86)?(1\d{10})")


class Joining(StatesGroup):
    name = State()
    proof = State()


@dataclass(frozen=True, slots=True)
class Door:
    """Where somebody stands who wants to come in, and what is at hand there."""

    message: Message
    state: FSMContext
    surface: str
    sessions: Sessions
    library: Library
    now: datetime
    today: date
    soon: Callable[[], None]
    phones: Phones | None  # None: no numbers are kept, nobody can prove theirs

    def arrival(self, name: str) -> Arrival:
        return Arrival(self.surface, self.message.chat.id, name)

    async def kept(self) -> dict[str, Any]:
        found: dict[str, Any] = (await self.state.get_data()).get(KEPT, {})
        return found

    async def keep(self, step: State, **kept: Any) -> None:
        await self.state.set_state(step)
        await self.state.update_data({KEPT: await self.kept() | kept})


Handler = Callable[[Message, dict[str, Any]], Any]


async def at_the_door(handler: Handler, message: Message, data: dict[str, Any]) -> Any:
    names = ("state", "surface", "sessions", "library", "now", "today", "soon", "phones")
    data["door"] = Door(message, *(data[name] for name in names))
    return await handler(message, data)


def router() -> Router:
    here = Router(name="joining")
    here.message.middleware(at_the_door)  # type: ignore[arg-type]  # messages only
    in_private = F.chat.type == "private"
    words = F.text & ~F.text.startswith("/") & ~F.text.in_(general.KEYS)
    here.message.register(come_in, CommandStart(deep_link=True), in_private)
    here.message.register(take_name, StateFilter(Joining.name), in_private, words)
    here.message.register(take_contact, StateFilter(Joining.proof), in_private, F.contact)
    here.message.register(take_phone, StateFilter(Joining.proof), in_private, words)
    return here


async def come_in(
    message: Message, command: CommandObject, person: Recipient | None, door: Door
) -> None:
    await door.state.clear()
    outcome: Outcome = NotUsable()
    async with door.sessions.begin() as session:
        invited = await invitations.look(session, command.args or "", door.now)
        arrival = door.arrival(person.name if person else "")
        if invited and invited.person_id is not None:
            outcome = await by_own_link(session, invited, arrival, door.now)
        elif invited and person:
            outcome = await joining.as_known(session, invited, person, arrival, door.now)
        await tell_others(session, outcome, door.now)
    if invited and invited.person_id is None and person is None:
        await door.keep(Joining.name, invitation=invited.id)
        await ask_name(message, door.surface)
    else:
        await say(door, outcome, known=person)


async def ask_name(message: Message, surface: str) -> None:
    """On the page they have just said who they are: one press says it again."""
    name = readable(message.from_user.full_name) if message.from_user else None
    if surface != PAGE or name is None or name.endswith(texts.NO_ONES_NAME):
        await reply(message, plain(texts.YOUR_NAME))
        return
    said = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text=name)]], resize_keyboard=True, one_time_keyboard=True
    )
    await reply(message, plain(texts.IS_THAT_YOUR_NAME.format(name=name)), said)


async def by_own_link(
    session: AnySession, invited: Invited, arrival: Arrival, now: datetime
) -> Outcome:
    before = await people.person(session, invited.person_id or 0)
    outcome = await joining.by_personal_link(session, invited, arrival, now)
    if isinstance(outcome, Joined) and before and invited.is_own:
        words = texts.LINKED.format(where=texts.PLACES[arrival.surface])
        await joining_letters.warn(session, before, invited.id, plain(words), now)
    return outcome


async def take_name(message: Message, door: Door) -> None:
    name = readable(message.text or "")
    if name is None:
        await reply(message, plain(texts.NO_NAME))
        return
    kept = await door.kept()
    async with door.sessions.begin() as session:
        outcome: Outcome = NotUsable()
        if invited := await invitations.by_id(session, kept.get("invitation", 0)):
            outcome = await joining.by_name(
                session, invited, door.arrival(name), door.now, provable=door.phones is not None
            )
        await tell_others(session, outcome, door.now)
    match outcome:
        case ProofWanted(candidates):
            await door.keep(Joining.proof, name=name, people=list(candidates))
        case NameTaken():
            """Another name may follow."""
        case _:
            await door.state.clear()
    await say(door, outcome, name=name)


async def take_contact(message: Message, door: Door) -> None:
    contact, writer = message.contact, message.from_user
    if contact is None or writer is None or contact.user_id != writer.id:
        await reply(message, plain(texts.NOT_YOURS))
        return
    await check(door, contact.phone_number)


async def take_phone(message: Message, door: Door) -> None:
    await check(door, message.text or "")


async def check(door: Door, said: str) -> None:
    phone = PHONE.fullmatch(re.sub(r"[\s\-—]", "", said))
    if not phone and said.strip() != texts.OTHER_NUMBER:
        await reply(door.message, plain(texts.NO_NUMBER))
        return
    if phone:
        with suppress(AiogramError):  # too old, or not ours to delete
            await door.message.delete()
    kept = await door.kept()
    name = kept.get("name", "")
    async with door.sessions.begin() as session:
        outcome: Outcome | Wrong = NotUsable()
        if invited := await invitations.by_id(session, kept.get("invitation", 0)):
            digits = phone[1] if phone else ""
            outcome = await weighed(session, door, invited, kept, digits)
        if not isinstance(outcome, Wrong):
            await tell_others(session, outcome, door.now)
    if isinstance(outcome, Wrong):
        await reply(door.message, plain(texts.WRONG_NUMBER.format(left=outcome.tries_left)))
        return
    await door.state.clear()
    await say(door, outcome, name=name)


async def weighed(
    session: AnySession, door: Door, invited: Invited, kept: dict[str, Any], phone: str
) -> Outcome | Wrong:
    """No number, or no more tries: somebody who knows them is asked."""
    arrival = door.arrival(kept["name"])
    if phone and door.phones:
        hashed = door.phones.hashed(phone)
        match await proofs.try_phone(session, kept["people"], hashed, door.today):
            case Proved(person_id):
                return await joining.by_proof(session, invited, person_id, arrival, door.now)
            case Wrong(left) as wrong if left > 0:
                return wrong
    return await joining.by_name(session, invited, arrival, door.now, provable=False)


async def tell_others(session: AnySession, outcome: Outcome, now: datetime) -> None:
    match outcome:
        case Waits(request_id):
            await joining_letters.ask(session, request_id, now)
        case Joined(person_id):
            person = await people.person(session, person_id)
            if person and (person.coordinator or any(r.role == LEADER for r in person.roles)):
                await joining_letters.ask_all_waiting(session, now)


async def say(
    door: Door, outcome: Outcome, *, name: str = "", known: Recipient | None = None
) -> None:
    door.soon()
    match outcome:
        case Joined(person_id):
            async with door.sessions() as session:
                person = await people.person(session, person_id)
            html = welcome(person, door.library) if person else texts.not_usable(known=False)
            await reply(door.message, html, keyboard_for(person))
        case ProofWanted():
            html = plain(texts.PROVE.format(name=name))
            await reply(door.message, html, proof_keyboard(door.surface))
        case Waits():
            await reply(door.message, plain(texts.WAITS), keyboard_for(known))
        case NameTaken():
            await reply(door.message, plain(texts.NAME_TAKEN.format(name=name)))
        case Already():
            await reply(door.message, plain(texts.ALREADY), keyboard_for(known))
        case NotUsable() | Ambiguous() | Beyond():
            await reply(
                door.message, texts.not_usable(known=known is not None), keyboard_for(known)
            )


def welcome(person: Recipient, library: Library) -> str:
    mine = [(programme.title, role) for programme, role in programmes_of(person, library)]
    return texts.welcome(person.name, mine, coordinates=person.coordinator)


def proof_keyboard(surface: str) -> ReplyKeyboardMarkup:
    """Only Telegram knows whose number it is; the page has none to send."""
    own = KeyboardButton(text=texts.SHARE_NUMBER, request_contact=True)
    other = KeyboardButton(text=texts.OTHER_NUMBER)
    rows = [[own]] if surface == TELEGRAM else []
    return ReplyKeyboardMarkup(
        keyboard=[*rows, [other]], resize_keyboard=True, one_time_keyboard=True
    )
