"""Questions go up the ladder: handed to one person, after a while to the next, never to two."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from knowledge.programme.values import Programme
from scheduler import outbox, question_texts
from scheduler.letters import NewLetter
from scheduler.rendering import NOTE
from scheduler.routing import choose, newly_skipped
from storage import questions, turns
from storage.answerers import answerers
from storage.database import AnySession, Sessions
from storage.questions import OPEN, SOLVED, Waiting
from storage.turns import LATE, UNREACHABLE, Turn

log = structlog.get_logger(__name__)

ASK, OVER = "question", "question_over"  # kinds of letters, see question_letters
AT_ONCE = 100  # questions a tick
A_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Handed:
    """Whose turn it is now; `skipped` are those who could not be reached; `is_last`: nobody comes
    after, as things stand."""

    turn: Turn | None
    skipped: tuple[str, ...] = ()
    is_last: bool = False


async def hand_on(
    session: AnySession, question: Waiting, *, patience: timedelta, now: datetime
) -> Handed:
    """To the next on the ladder, with the letter that tells them; in the caller's transaction."""
    history = await turns.history(session, question.id)
    found = await answerers(session, question)
    busy = await turns.load(session, [each.person.id for each in found])
    choice = choose(question, found, history, busy)
    for each in newly_skipped(choice, history):
        await turns.skip(session, question.id, each.person.id, each.role, now=now)
    skipped = tuple(each.role + each.person.name for each in choice.skipped)
    if choice.chosen:
        await begin(
            session,
            question,
            choice.chosen.person.id,
            choice.chosen.role,
            until=now + patience,
            now=now,
        )
    return replace(await where_it_is(session, question), skipped=skipped)


async def where_it_is(session: AnySession, question: Waiting) -> Handed:
    current = (await turns.running(session, [question.id])).get(question.id)
    return Handed(current, is_last=not await somebody_next(session, question))


async def somebody_next(session: AnySession, question: Waiting) -> bool:
    """Whether there is anybody to hand it on to, once the turn that runs is over."""
    history = await turns.history(session, question.id)
    found = await answerers(session, question)
    return choose(question, found, history, {}).chosen is not None


async def begin(
    session: AnySession,
    question: Waiting,
    person_id: int,
    role: str,
    *,
    until: datetime,
    now: datetime,
) -> None:
    turn = await turns.begin(session, question.id, person_id, role, until=until, now=now)
    if turn is None:
        return
    letter = NewLetter(
        key=f"{ASK}:{turn}",
        kind=ASK,
        person_id=person_id,
        not_before=now,
        expires_at=until,
        data={"turn": turn},
        priority=50,
    )
    await outbox.add(session, [letter], now=now)


async def end(session: AnySession, turn: Turn, outcome: str, *, now: datetime) -> bool:
    """Their message says from now on that it is over. False: it was."""
    if not await turns.end(session, turn.id, outcome, now=now):
        return False
    letter = NewLetter(
        key=f"{OVER}:{turn.id}",
        kind=OVER,
        person_id=turn.person_id,
        not_before=now,
        expires_at=now + timedelta(days=1),
        data={"turn": turn.id},
        priority=60,
    )
    await outbox.add(session, [letter], now=now)
    return True


class Escalation:
    """Planned with every tick: who had long enough, or is out of reach, has it no more."""

    def __init__(self, patience: timedelta, zone: ZoneInfo) -> None:
        self._patience, self._zone = patience, zone
        self._seen = 0  # those that are nobody's turn are looked at in rotation

    async def __call__(
        self, sessions: Sessions, _programmes: Sequence[Programme], now: datetime
    ) -> int:
        async with sessions() as session:
            over = await turns.over(session, now=now, limit=AT_ONCE)
            left = await turns.without(session, after=self._seen, limit=AT_ONCE)
        for turn in over:
            await self._go_on(sessions, turn, now)
        for question in left:
            await self._try_again(sessions, question, now)
        self._seen = left[-1] if len(left) == AT_ONCE else 0
        if over:
            log.info("questions handed on", count=len(over))
        return len(over)

    async def _go_on(self, sessions: Sessions, turn: Turn, now: datetime) -> None:
        outcome = LATE if turn.until <= now else UNREACHABLE
        async with sessions.begin() as session:
            if not await end(session, turn, outcome, now=now):
                return
            question = await questions.show(session, turn.question_id)
            if question.state == OPEN:
                handed = await hand_on(session, question, patience=self._patience, now=now)
                await tell_askers(session, question, handed, self._zone, origin=turn.id, now=now)

    async def _try_again(self, sessions: Sessions, id: int, now: datetime) -> None:
        """There was nobody who could be reached; perhaps somebody came back."""
        async with sessions() as session:
            question = await questions.show(session, id)
            if not await somebody_next(session, question):
                return
        async with sessions.begin() as session:
            handed = await hand_on(session, question, patience=self._patience, now=now)
            if handed.turn:
                await tell_askers(
                    session, question, handed, self._zone, origin=-handed.turn.id, now=now
                )


async def tell_askers(
    session: AnySession,
    question: Waiting,
    handed: Handed,
    zone: ZoneInfo,
    *,
    origin: int,
    now: datetime,
    but: Sequence[int] = (),
) -> None:
    """`origin`: the turn that ended; `but`: who is told already."""
    html = question_texts.handed_on(question.text, handed.turn, handed.skipped, zone)
    letters = [
        NewLetter(
            key=f"moved:{question.id}:{origin}:{each.person_id}",
            kind=NOTE,
            person_id=each.person_id,
            not_before=now,
            expires_at=now + timedelta(days=2),
            data={"html": html, "quiet": True},
            priority=60,
        )
        for each in await questions.askers(session, question.id)
        if each.verdict != SOLVED and each.person_id not in but
    ]
    await outbox.add(session, letters, now=now)
