"""A conversation through the real dispatcher: `await chat.say(...)` returns the replies."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from aiogram import Bot, Dispatcher
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.methods import SendMessage

from handlers import make_dispatcher
from handlers.conversation.doors import Doors
from handlers.conversation.limits import Limits, Rate
from handlers.conversation.menus import Menus
from handlers.conversation.state import DatabaseState
from knowledge.answering.library import Library
from knowledge.documents import Document
from storage.database import Sessions
from storage.phones import Phones
from storage.roster import TELEGRAM
from tests.cast import GROUP_CHAT, LIN_CHAT, PROGRAMME, SHANGHAI, Clock, enroll
from tests.databases import Database, NewDatabase, copies_of, opened
from tests.handlers.wire import (
    TOKEN,
    RecordingSession,
    callback_data,
    chat_of,
    person,
    text_message,
)


class Chat:
    """What one user does in one chat, and what the bot sends then."""

    def __init__(
        self,
        dispatcher: Dispatcher,
        sessions: Sessions,
        clock: Clock,
        library: Library,
        user_id: int = LIN_CHAT,
        chat_id: int | None = None,
    ) -> None:
        self.dispatcher = dispatcher
        self.sessions = sessions
        self.clock = clock
        self.library = library
        self.user_id = user_id
        self.chat_id = chat_id or user_id
        self.telegram = RecordingSession()
        self.bot = Bot(TOKEN, session=self.telegram)
        self.count = 0
        self.surface = TELEGRAM
        self.doors = Doors("https://page.example", {TELEGRAM: self.bot})
        self.phones: Phones | None = Phones("a secret of these tests")
        self.hurried = 0  # how often a handler wanted its letters delivered at once

    def soon(self) -> None:
        self.hurried += 1

    async def say(self, text: str, **more: Any) -> list[str]:
        return [message.text for message in await self.send(text, **more)]

    async def send(self, text: str, **more: Any) -> list[SendMessage]:
        message = text_message(self.count + 1, self.user_id, self.chat_id, text, **more)
        return await self.update(message=message)

    async def show(self, **content: Any) -> list[str]:
        """A message without text."""
        message = text_message(self.count + 1, self.user_id, self.chat_id, "", **content)
        del message["text"]
        return [reply.text for reply in await self.update(message=message)]

    async def press(self, message: SendMessage, index: int = 0, by: int = 0) -> list[str]:
        return await self.press_data(callback_data(message, index), by)

    async def press_data(self, data: str, by: int = 0) -> list[str]:
        shown = text_message(900, 42, self.chat_id, "…")
        shown["from"] = {**person(42), "is_bot": True}
        query = {
            "id": "1",
            "from": person(by or self.user_id),
            "chat_instance": "1",
            "data": data,
            "message": shown,
        }
        return [message.text for message in await self.update(callback_query=query)]

    async def becomes(self, status: str) -> None:
        """Telegram tells that the user blocked us, or came back."""
        before = {"status": "member", "user": person(42)}
        after = {"status": status, "user": person(42), "until_date": 0}
        await self.update(
            my_chat_member={
                "chat": chat_of(self.chat_id),
                "from": person(self.user_id),
                "date": 0,
                "old_chat_member": before,
                "new_chat_member": after,
            }
        )

    async def update(self, **event: Any) -> list[SendMessage]:
        self.count += 1
        before = len(self.telegram.messages)
        await self.dispatcher.feed_raw_update(
            self.bot,
            {"update_id": self.count, **event},
            now=self.clock.now,
            zone=SHANGHAI,
            sessions=self.sessions,
            surface=self.surface,
            soon=self.soon,
            doors=self.doors,
            phones=self.phones,
            library=self.library,
        )
        return self.telegram.messages[before:]


NewChat = Callable[..., Awaitable[Chat]]


@pytest.fixture(scope="session")
def with_cast(new_sqlite: NewDatabase) -> NewDatabase:
    """The cast is enrolled once, and copied."""
    url = new_sqlite()

    async def enrolled() -> None:
        database = opened(url)
        async with database.sessions.begin() as session:
            await enroll(session)
        await database.engine.dispose()

    asyncio.run(enrolled())
    return copies_of(url)


@pytest.fixture
async def sqlite(
    request: pytest.FixtureRequest, new_sqlite: NewDatabase, with_cast: NewDatabase
) -> AsyncIterator[Database]:
    """Where somebody chats, the cast is on the roster."""
    chats = "new_chat" in request.fixturenames
    opening = opened(with_cast() if chats else new_sqlite())
    yield opening
    await opening.engine.dispose()


@pytest.fixture(scope="session")
def one_dispatcher() -> Dispatcher:
    """Its 900 observers keep nothing between two updates, and take longer to make than a test."""
    much = Rate(1e6, 1e6)
    limits = Limits(person=much, files=much, everybody=much)
    dispatcher = make_dispatcher(MemoryStorage(), limits)
    dispatcher["calendar_url"] = "https://yanxiu.example/calendar/{}.ics".format
    return dispatcher


@pytest.fixture
def dispatcher(one_dispatcher: Dispatcher, sqlite: Database, clock: Clock) -> Iterator[Dispatcher]:
    """As new: what it remembers, and what a test gave it, is of this test only."""
    as_made = dict(one_dispatcher.workflow_data)
    one_dispatcher.fsm.storage = DatabaseState(sqlite.sessions, clock)
    menus = Menus()
    for talking in (one_dispatcher.message, one_dispatcher.callback_query):
        [known] = [each for each in talking.outer_middleware if isinstance(each, Menus)]
        talking.outer_middleware.unregister(known)
        talking.outer_middleware(menus)
    yield one_dispatcher
    one_dispatcher.workflow_data.clear()
    one_dispatcher.workflow_data.update(as_made)


@pytest.fixture(scope="session")
def programme() -> Library:
    return Library([Document("安排.md", programmes=(PROGRAMME,))])


@pytest.fixture
async def new_chat(
    sqlite: Database, clock: Clock, dispatcher: Dispatcher, programme: Library
) -> NewChat:
    """`await new_chat(library, user, chat)`; the cast is enrolled."""

    async def make(library: Library = programme, user: int = LIN_CHAT, chat: int = 0) -> Chat:
        return Chat(dispatcher, sqlite.sessions, clock, library, user, chat or user)

    return make


@pytest.fixture
async def chat(new_chat: NewChat) -> Chat:
    return await new_chat()


@pytest.fixture
async def group(new_chat: NewChat) -> Chat:
    return await new_chat(chat=GROUP_CHAT)
