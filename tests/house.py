"""Everything between the wires, for stories with many people: dispatcher, shelf, outbox, renderers
on a real database; Telegram is a table of what each of them received."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from aiogram import Bot
from aiogram.methods import SendMessage
from aiogram.types import InlineKeyboardMarkup

from bot.correcting import correct_once
from bot.shelf import Shelf
from handlers import make_dispatcher
from handlers.conversation.doors import Doors
from handlers.conversation.limits import Limits, Rate
from handlers.conversation.state import DatabaseState
from handlers.questions.desk import Desk
from knowledge.answering.library import Library
from knowledge.bundled import bundled_documents
from knowledge.documents import Document
from scheduler import outbox
from scheduler.handing_on import Escalation
from scheduler.hours import Hours
from scheduler.letters import SETTLING, Edit, Later, Letter, NothingToSay, Rows, Text
from scheduler.moved import MOVED, MovedLetters
from scheduler.question_letters import QuestionLetters
from scheduler.rendering import Renderer
from storage import documents
from storage.database import Sessions
from storage.learned import anew
from storage.roster import TELEGRAM
from tests.cast import SHANGHAI, Clock
from tests.handlers.wire import TOKEN, RecordingSession, chat_of, person, text_message

FIRST_LETTER = 500_000  # message ids of letters; replies have small ones
PATIENCE = timedelta(hours=24)


@cache
def read_once() -> Library:
    """What every house knows from the beginning; each reads only its own documents."""
    return Library(bundled_documents())


@dataclass(frozen=True)
class Received:
    html: str
    buttons: tuple[tuple[str, str], ...] = ()  # label, data; what is copied has none
    message_id: int = 0
    key: str = ""  # of the letter; "" for a reply

    def data(self, label: str) -> str | None:
        return next((data for name, data in self.buttons if name.startswith(label)), None)


class House:
    """`say` and `press` return what the bot replied; letters come with `deliver` or `tick`."""

    def __init__(
        self,
        sessions: Sessions,
        clock: Clock,
        *,
        desk: Desk | None = None,
        patience: timedelta = PATIENCE,
    ) -> None:
        self.sessions, self.clock = sessions, clock
        hours = Hours()
        self.shelf = Shelf(sessions, lambda: hours.day_of(clock.now))
        self.shelf._library = read_once()
        fast = Limits(person=Rate(1e6, 1), everybody=Rate(1e6, 1))
        self.dispatcher = make_dispatcher(DatabaseState(sessions, clock), fast)
        wanted = replace(desk or Desk(), patience=patience)
        self.dispatcher["desk"] = replace(
            wanted, refresh=self.shelf.refresh, preview=self.shelf.preview
        )
        self._escalation = Escalation(patience, SHANGHAI)
        moved = MovedLetters(sessions, self.shelf.programmes, hours=hours)
        kinds = QuestionLetters(sessions, hours).kinds | {MOVED: moved}
        self._render = Renderer(sessions, self.shelf.programmes, hours=hours, kinds=kinds)
        self.inbox: defaultdict[int, list[Received]] = defaultdict(list)
        self.notes: list[str] = []  # said over buttons
        self.blocked: set[int] = set()
        self.story: list[dict[str, Any]] = []  # every update, as it came
        self._count = 0
        self._letters = FIRST_LETTER

    @property
    def library(self) -> Library:
        return self.shelf.library

    async def knows(self, *known: Document) -> None:
        async with self.sessions.begin() as session:
            for document in known:
                digest = sha256(repr(document).encode()).hexdigest()
                await documents.save(
                    session, document, digest=digest, region="", now=self.clock.now
                )
            await anew(session)
        await self.shelf.refresh()

    async def say(self, user: int, text: str, *, reply_to: int = 0, chat: int = 0) -> list[str]:
        more: dict[str, Any] = {}
        if reply_to:
            quoted = text_message(reply_to, 42, chat or user, "…")
            more["reply_to_message"] = quoted | {"from": {**person(42), "is_bot": True}}
        message = text_message(self._count + 1, user, chat or user, text, **more)
        return await self._update(chat or user, message=message)

    async def press(self, user: int, label: str, *, chat: int = 0) -> list[str]:
        """The latest button of this name in the chat."""
        found = (each.data(label) for each in reversed(self.inbox[chat or user]))
        data = next(each for each in found if each)
        return await self.press_data(user, data, chat=chat)

    async def press_data(self, user: int, data: str, *, chat: int = 0) -> list[str]:
        shown = text_message(900, 42, chat or user, "…")
        query = {
            "id": "1",
            "from": person(user),
            "chat_instance": "1",
            "data": data,
            "message": shown | {"from": {**person(42), "is_bot": True}},
        }
        return await self._update(chat or user, callback_query=query)

    async def reply_to_letter(self, user: int, text: str) -> list[str]:
        """Answering as people do: replying to the last question they were sent."""
        letters = [each for each in self.inbox[user] if each.key.startswith("question:")]
        return await self.say(user, text, reply_to=letters[-1].message_id)

    async def becomes(self, user: int, status: str) -> None:
        self.blocked.discard(user)
        if status == "kicked":
            self.blocked.add(user)
        await self._update(
            user,
            my_chat_member={
                "chat": chat_of(user),
                "from": person(user),
                "date": 0,
                "old_chat_member": {"status": "member", "user": person(42)},
                "new_chat_member": {"status": status, "user": person(42), "until_date": 0},
            },
        )

    async def tick(self, **step: float) -> None:
        """Time goes on, then what the scheduler does."""
        self.clock.advance(**step)
        await self._escalation(self.sessions, self.library.programmes, self.clock.now)
        await self.deliver()

    async def correct(self) -> int:
        await self.shelf.refresh()
        told = await correct_once(self.shelf, self.sessions, self.clock.now)
        self.clock.advance(seconds=SETTLING.total_seconds())
        await self.deliver()
        return told

    async def deliver(self) -> None:
        while True:
            async with self.sessions.begin() as session:
                due = await outbox.claim(session, "house", now=self.clock.now, limit=100)
            if not due:
                return
            for letter in due:
                await self._deliver(letter)

    async def _deliver(self, letter: Letter) -> None:
        now = self.clock.now
        content = await self._render(letter, now)
        async with self.sessions.begin() as session:
            if letter.chat_id is None or not letter.reachable or letter.chat_id in self.blocked:
                await outbox.mark_unreachable(session, letter, "blocked")
                return
            match content:
                case NothingToSay():
                    await outbox.mark_superseded(session, letter, now=now)
                case Later(at):
                    await outbox.postpone(session, letter, not_before=at)
                case Text(html, rows) | Edit(_, html, rows):
                    await outbox.begin_sending(session, letter, html, now=now)
                    self._letters += 1
                    await outbox.mark_sent(session, letter, self._letters, now=now)
                    self.inbox[letter.chat_id].append(
                        Received(html, buttons_of(rows), self._letters, letter.key)
                    )

    async def _update(self, chat: int, **event: Any) -> list[str]:
        self._count += 1
        self.story.append({"update_id": self._count, **event})
        telegram = RecordingSession()  # one each: many write at once
        await self.dispatcher.feed_raw_update(
            Bot(TOKEN, session=telegram),
            {"update_id": self._count, **event},
            now=self.clock.now,
            zone=SHANGHAI,
            sessions=self.sessions,
            surface=TELEGRAM,
            soon=lambda: None,
            doors=Doors("https://page.example", {}),
            library=self.library,
        )
        replies = [replied(message) for message in telegram.messages]
        self.inbox[chat] += replies
        self.notes += telegram.notes
        return [each.html for each in replies]


def replied(message: SendMessage) -> Received:
    markup = message.reply_markup
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    buttons = [(each.text, each.callback_data or "") for row in rows for each in row]
    return Received(message.text, tuple(buttons))


def buttons_of(rows: Rows) -> tuple[tuple[str, str], ...]:
    return tuple((each.label, each.data) for row in rows for each in row)


def named(received: Sequence[Received], words: str) -> list[str]:
    return [each.html for each in received if words in each.html]
