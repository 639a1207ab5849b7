"""Letters about who wants to come in: to those who decide, and back to who asked."""

from datetime import datetime, timedelta

from scheduler import outbox
from scheduler.letters import Button, Edit, Letter, NewLetter, NothingToSay, Rendered, Text
from scheduler.rendering import NOTE, LoadProgrammes
from scheduler.texts import safe
from storage import groups, join_requests, people
from storage.database import AnySession, Sessions
from storage.join_requests import ACCEPTED, WAITING, Request
from storage.roster import Recipient

ASK, DECIDED = "join_ask", "join_decided"
WORTH = timedelta(days=14)
ALERT, ANSWER = 50, 10
YES, NO = "jn:y", "jn:n"


async def ask(session: AnySession, request_id: int, now: datetime) -> int:
    """Everybody who may decide and has not been asked yet."""
    request = await join_requests.find(session, request_id)
    if request is None or request.state != WAITING:
        return 0
    deciders = await join_requests.deciders(session, request)
    letters = [
        NewLetter(
            key=_key(request_id, person_id),
            kind=ASK,
            person_id=person_id,
            not_before=now,
            expires_at=now + WORTH,
            data={"request": request_id},
            priority=ALERT,
        )
        for person_id in deciders
    ]
    return await outbox.add(session, letters, now=now)


async def ask_all_waiting(session: AnySession, now: datetime) -> None:
    """Somebody who may decide has come in: those who waited for one are heard."""
    for request_id in await join_requests.waiting(session):
        await ask(session, request_id, now)


async def tell(session: AnySession, request: Request, html: str, now: datetime) -> None:
    """Who asked learns of it, and the others who were asked see that it is settled."""
    letters = [
        NewLetter(
            key=f"join_told:{request.id}",
            kind=NOTE,
            chat_id=request.arrival.user_id,
            surface=request.arrival.surface,
            not_before=now,
            expires_at=now + WORTH,
            data={"html": html},
            priority=ANSWER,
        )
    ]
    for person_id in await join_requests.deciders(session, request):
        if await outbox.message_id(session, _key(request.id, person_id)):
            letters.append(
                NewLetter(
                    key=f"{_key(request.id, person_id)}:decided",
                    kind=DECIDED,
                    person_id=person_id,
                    not_before=now,
                    expires_at=now + WORTH,
                    data={"request": request.id, "key": _key(request.id, person_id)},
                    priority=ALERT,
                )
            )
    await outbox.add(session, letters, now=now)


async def warn(
    session: AnySession, before: Recipient, invitation_id: int, html: str, now: datetime
) -> None:
    """Where they were until now: somebody came in as them elsewhere."""
    letter = NewLetter(
        key=f"linked:{invitation_id}",
        kind=NOTE,
        chat_id=before.chat_id,
        surface=before.surface,
        not_before=now,
        expires_at=now + WORTH,
        data={"html": html},
        priority=ALERT,
    )
    await outbox.add(session, [letter] if before.chat_id else [], now=now)


class JoiningLetters:
    def __init__(self, sessions: Sessions, load_programmes: LoadProgrammes) -> None:
        self._sessions, self._load_programmes = sessions, load_programmes

    async def ask(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            request = await join_requests.find(session, letter.data["request"])
            if request is None or request.state != WAITING:
                return NothingToSay()
            words = await self._words(session, request)
        buttons = Button("同意", f"{YES}:{request.id}"), Button("不同意", f"{NO}:{request.id}")
        return Text(f"{words}\n您认识这位老师、名单上也该有，再点同意。", (buttons,))

    async def decided(self, letter: Letter, now: datetime) -> Rendered:
        async with self._sessions() as session:
            request = await join_requests.find(session, letter.data["request"])
            message_id = await outbox.message_id(session, letter.data["key"])
            if request is None or message_id is None or request.state == WAITING:
                return NothingToSay()
            words = await self._words(session, request)
            by = await people.person(session, request.decided_by or 0)
        word = "已同意" if request.state == ACCEPTED else "没有同意"
        return Edit(message_id, f"{words}\n<b>{word}</b>{safe(f'（{by.name}）' if by else '')}")

    async def _words(self, session: AnySession, request: Request) -> str:
        invited = request.invited
        titles = {one.code: one.title for one in await self._load_programmes()}
        group = await groups.group(session, invited.group_id or 0)
        where = (
            f"《{titles.get(invited.programme, invited.programme)}》" if invited.programme else ""
        )
        where += f"（{group.name}）" if group else ""
        return safe(f"“{request.arrival.name}”想以{invited.role}身份加入{where}。")


def _key(request_id: int, person_id: int) -> str:
    return f"join:{request_id}:{person_id}"
