"""Somebody waits at the door: the leader or a coordinator says yes or no, once."""

from collections.abc import Callable
from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery

from handlers.conversation.html import plain
from handlers.conversation.presses import acknowledge, last_number
from handlers.conversation.programmes import programmes_of
from handlers.texts import joining as texts
from knowledge.answering.library import Library
from scheduler import joining_letters
from scheduler.joining_letters import NO, YES
from storage import audit, join_requests, joining, people
from storage.database import AnySession, Sessions
from storage.join_requests import WAITING, Request
from storage.joining import Ambiguous, Beyond, Joined, NameTaken
from storage.roster import Recipient


def router() -> Router:
    here = Router(name="approvals")
    here.callback_query.register(accept, F.data.startswith(f"{YES}:"))
    here.callback_query.register(decline, F.data.startswith(f"{NO}:"))
    return here


async def accept(
    query: CallbackQuery,
    person: Recipient | None,
    sessions: Sessions,
    library: Library,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    async with sessions.begin() as session:
        request = await join_requests.find(session, last_number(query.data))
        said = refusal(request, person)
        if not said and request and person:
            said = await let_in(session, request, person, library, now)
    soon()
    await acknowledge(query, said, alert=said != texts.DONE[True])


async def decline(
    query: CallbackQuery,
    person: Recipient | None,
    sessions: Sessions,
    now: datetime,
    soon: Callable[[], None],
) -> None:
    async with sessions.begin() as session:
        request = await join_requests.find(session, last_number(query.data))
        said = refusal(request, person)
        if not said and request and person:
            said = await turn_away(session, request, person, now)
    soon()
    await acknowledge(query, said, alert=said != texts.DONE[False])


def refusal(request: Request | None, person: Recipient | None) -> str:
    """ "" for who may decide what is still to be decided."""
    if request is None or not request.may_be_decided_by(person):
        return texts.NOT_FOR_YOU
    return "" if request.state == WAITING else texts.SETTLED


async def let_in(
    session: AnySession, request: Request, by: Recipient, library: Library, now: datetime
) -> str:
    match await joining.accept(session, request, by, now):
        case Joined(person_id):
            about = {"request": request.id, "role": request.invited.role}
            await audit.note(
                session, "let_in", f"person:{person_id}", actor=by.id, now=now, **about
            )
            person = await people.person(session, person_id)
            assert person is not None
            mine = [(one.title, role) for one, role in programmes_of(person, library)]
            html = texts.welcome(person.name, mine, coordinates=person.coordinator)
            html = f"{plain(texts.ACCEPTED)}\n{html}"
            await joining_letters.tell(session, request, html, now)
            if person.coordinator:
                await joining_letters.ask_all_waiting(session, now)
            return texts.DONE[True]
        case Ambiguous():
            return texts.AMBIGUOUS
        case NameTaken():
            return texts.TAKEN_MEANWHILE
        case Beyond():
            return texts.BEYOND
        case _:
            return texts.SETTLED


async def turn_away(session: AnySession, request: Request, by: Recipient, now: datetime) -> str:
    if not await join_requests.decide(session, request.id, accepted=False, by=by.id, now=now):
        return texts.SETTLED
    about = {"role": request.invited.role}
    await audit.note(session, "turn_away", f"request:{request.id}", actor=by.id, now=now, **about)
    await joining_letters.tell(session, request, plain(texts.DECLINED), now)
    return texts.DONE[False]
