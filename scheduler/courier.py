"""Takes due letters from the outbox to the wire, one worker per message in flight."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape
from re import sub

import structlog

from scheduler import outbox
from scheduler.crash_points import At, nowhere
from scheduler.delivery import (
    IN_FLIGHT,
    BadMarkup,
    Blocked,
    Bot,
    Delivered,
    Moved,
    NotSent,
    Outcome,
    Refused,
    SlowDown,
    Unknown,
    send,
)
from scheduler.leadership import Leadership
from scheduler.letters import (
    Content,
    Edit,
    Later,
    Letter,
    NothingToSay,
    Pin,
    Rendered,
    State,
    Text,
)
from scheduler.outbox import OnSent
from scheduler.pacing import Pacer
from storage.database import DatabaseTrouble, Sessions
from storage.roster import TELEGRAM

log = structlog.get_logger(__name__)

Clock = Callable[[], datetime]
Render = Callable[[Letter, datetime], Awaitable[Rendered]]

SOON, LATEST = timedelta(seconds=10), timedelta(minutes=5)  # between tries when nothing was sent
AFTER_A_FAULT = timedelta(hours=1)


class Courier:
    def __init__(
        self,
        sessions: Sessions,
        bot: Bot,
        *,
        pacer: Pacer,
        render: Render,
        clock: Clock,
        leadership: Leadership,
        owner: str,
        surface: str = TELEGRAM,
        in_flight: int = IN_FLIGHT,
        on_sent: OnSent | None = None,
        at: At = nowhere,
    ) -> None:
        """`on_sent` runs in the transaction that marks a letter sent; `letter.data["told"]` is what
        its text said."""
        self._sessions, self._bot, self._pacer = sessions, bot, pacer
        self._render, self._clock, self._leadership = render, clock, leadership
        self._owner, self._surface = owner, surface
        self._in_flight, self._on_sent, self._at = in_flight, on_sent, at
        self._claimed: deque[Letter] = deque()
        self._receipts: dict[
            int, tuple[Letter, Outcome]
        ] = {}  # what the wire said, not yet written
        self._claiming = asyncio.Lock()
        self._delivering = asyncio.Lock()
        self._stopping = False

    async def deliver_due(self) -> Counter[str]:
        """Until nothing is due, a halt stops us, or another process is the sender. Returns what
        became of the letters, by state."""
        done: Counter[str] = Counter()
        async with self._delivering:
            term = self._leadership.term
            if self._stopping or not await self._leadership.is_ours():
                return done
            if self._leadership.term != term:
                self._pacer.start_over()
            workers = [self._work(done) for _ in range(self._in_flight)]
            # One that fails must not cancel the others: they may be on the wire.
            ends = await asyncio.gather(*workers, return_exceptions=True)
            for failure in filter(None, ends):
                raise failure
            await self._release_claimed()
        return done

    async def hand_in_receipts(self) -> None:
        """What could not be written when it was known, e.g. while the database restarted. Before
        `recover`, or it would take those letters for uncertain."""
        for letter, outcome in list(self._receipts.values()):
            try:
                await self._record(letter, outcome)
            except DatabaseTrouble:
                raise
            except Exception:  # it was sent: that is written, whatever `on_sent` makes of it
                log.exception("on_sent_failed", key=letter.key)
                await self._record(letter, outcome, hook=False)
            self._receipts.pop(letter.id, None)

    async def stop(self) -> None:
        """Takes nothing new and returns when what is on the wire is done."""
        self._stopping = True
        async with self._delivering:
            await self._leadership.give_up()

    async def _work(self, done: Counter[str]) -> None:
        while letter := await self._next():
            done[await self._handle(letter)] += 1

    async def _next(self) -> Letter | None:
        async with self._claiming:
            if self._stopping or self._pacer.halted_for or not await self._leadership.is_ours():
                return None
            if not self._claimed:
                async with self._sessions.begin() as session:
                    due = await outbox.claim(
                        session, self._owner, surface=self._surface, now=self._clock()
                    )
                self._claimed.extend(due)
                self._at("claimed")
            return self._claimed.popleft() if self._claimed else None

    async def _release_claimed(self) -> None:
        while self._claimed:
            await self._postpone(self._claimed.popleft(), self._clock())

    async def _handle(self, letter: Letter) -> str:
        """One letter's trouble stays its own: it is tried again later, the others go on."""
        try:
            return await self._deliver(letter)
        except Exception as error:
            log.exception("letter_failed", key=letter.key)
            return await self._postpone(letter, self._clock() + AFTER_A_FAULT, repr(error))

    async def _deliver(self, letter: Letter) -> str:
        if letter.chat_id is None or not letter.reachable:
            return await self._record(letter, Blocked("没有可用的聊天"))
        match await self._render(letter, self._clock()):
            case Text() | Edit() | Pin() as content:
                self._at("rendered")
                return await self._send(letter, letter.chat_id, content)
            case Later(at, reason):
                return await self._postpone(letter, at, reason)
            case NothingToSay():
                async with self._sessions.begin() as session:
                    await outbox.mark_superseded(session, letter, now=self._clock())
                return State.SUPERSEDED

    async def _send(self, letter: Letter, chat_id: int, content: Content) -> str:
        if not await self._pacer.slot(chat_id):
            pause = timedelta(seconds=self._pacer.halted_for)
            return await self._postpone(letter, self._clock() + pause, "429")
        if not (self._leadership.is_trusted() or await self._leadership.is_ours()):
            return await self._postpone(letter, self._clock())
        self._at("before intent")
        if isinstance(content, Text):
            letter = letter.with_told(content.told)
        async with self._sessions.begin() as session:
            ours = await outbox.begin_sending(session, letter, content.html, now=self._clock())
        if not ours:
            return "taken"
        self._at("intent")
        outcome = await send(self._bot, chat_id, content, thread_id=letter.thread_id)
        if isinstance(outcome, BadMarkup):
            outcome = await self._send_plain(letter, chat_id, content)
        self._receipts[letter.id] = letter, outcome
        self._at("answered")
        state = await self._record(letter, outcome)
        self._receipts.pop(letter.id, None)
        self._at("marked")
        return state

    async def _send_plain(self, letter: Letter, chat_id: int, content: Content) -> Outcome:
        """Once: a message without bold letters is better than none."""
        if not await self._pacer.slot(chat_id):
            return SlowDown(self._pacer.halted_for)
        plain = replace(content, html=unescape(sub(r"<[^>]*>", "", content.html)))
        return await send(self._bot, chat_id, plain, thread_id=letter.thread_id, html=False)

    async def _record(self, letter: Letter, outcome: Outcome, *, hook: bool = True) -> str:
        match outcome:
            case Moved() | SlowDown() | NotSent():
                return await self._again(letter, outcome)
            case Unknown(reason):  # stays `sending`: recover decides when the lease is over
                log.warning("outcome_unknown", key=letter.key, reason=reason)
                return "unknown"
            case Delivered() | Blocked() | Refused() | BadMarkup():
                return await self._finish(letter, outcome, self._on_sent if hook else None)

    async def _finish(
        self,
        letter: Letter,
        outcome: Delivered | Blocked | Refused | BadMarkup,
        on_sent: OnSent | None,
    ) -> str:
        async with self._sessions.begin() as session:
            match outcome:
                case Delivered(message_id):
                    ours = await outbox.mark_sent(session, letter, message_id, now=self._clock())
                    if ours and on_sent:
                        await on_sent(session, letter)
                    self._at("marking")
                    return State.SENT
                case Blocked(reason):
                    await outbox.mark_unreachable(session, letter, reason)
                    return State.UNREACHABLE
                case Refused(reason) | BadMarkup(reason):
                    await outbox.mark_failed(session, letter, reason)
                    return State.FAILED

    async def _again(self, letter: Letter, outcome: Moved | SlowDown | NotSent) -> str:
        now = self._clock()
        async with self._sessions.begin() as session:
            match outcome:
                case Moved(chat_id):
                    if letter.chat_id is not None:
                        await outbox.move_chat(session, letter.surface, letter.chat_id, chat_id)
                    await outbox.put_back(session, letter, not_before=now, reason="群已迁移")
                case SlowDown(seconds):
                    if not self._pacer.halted_for:
                        self._pacer.halt(seconds)
                    until = now + timedelta(seconds=seconds)
                    await outbox.put_back(session, letter, not_before=until, reason="429")
                    self._at("halted")
                case NotSent(reason):
                    pause = min(SOON * 2 ** min(letter.attempt - 1, 10), LATEST)
                    await outbox.put_back(session, letter, not_before=now + pause, reason=reason)
        return State.PLANNED

    async def _postpone(self, letter: Letter, until: datetime, reason: str = "") -> str:
        """For what has not been near the wire; anything else stays as it is."""
        async with self._sessions.begin() as session:
            await outbox.postpone(session, letter, not_before=until, reason=reason)
        return State.PLANNED
