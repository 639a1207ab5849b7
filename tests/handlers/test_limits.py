"""Who writes faster than people do hears so once; others do not notice."""

from typing import Any

import pytest
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import TelegramObject, Update

from handlers import make_dispatcher, texts
from handlers.conversation.limits import Buckets, Limits, Rate
from handlers.conversation.state import DatabaseState
from storage.database import Sessions
from tests.cast import CHEN_CHAT, GROUP_CHAT, LIN_CHAT
from tests.databases import Database
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.wire import text_message


class Seconds:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Shut(Sessions):
    """No database work is done for what is held back."""

    def __init__(self) -> None: ...

    def __call__(self, *_: object, **__: object) -> None:  # type: ignore[override]
        raise AssertionError("the database was asked")


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
async def narrow(new_chat: NewChat, sqlite: Database, seconds: Seconds) -> NewChat:
    """Five at once, then one in two seconds."""
    first = await new_chat()
    limits = Limits(seconds, person=Rate(5, 0.5), files=Rate(50, 1))
    dispatcher = make_dispatcher(DatabaseState(sqlite.sessions, first.clock), limits)
    dispatcher["calendar_url"] = "{}".format

    async def make(user: int = LIN_CHAT, chat: int = 0) -> Chat:
        return Chat(dispatcher, sqlite.sessions, first.clock, first.library, user, chat or user)

    return make


async def test_one_warning_then_silence_then_as_before(narrow: NewChat, seconds: Seconds) -> None:
    lin, chen = await narrow(), await narrow(CHEN_CHAT)
    said = [await lin.say("/privacy") for _ in range(9)]

    assert said == [[texts.PRIVACY]] * 5 + [[texts.SLOWER]] + [[]] * 3
    assert await chen.say("/privacy") == [texts.PRIVACY]
    seconds.now += 4
    said = [await lin.say("/privacy") for _ in range(4)]
    assert said == [[texts.PRIVACY]] * 2 + [[texts.SLOWER]] + [[]]


async def test_a_button_never_spins_on(narrow: NewChat) -> None:
    lin = await narrow()
    real = lin.sessions
    for _ in range(5):
        await lin.press_data("qa:u:1")
    lin.sessions = Shut()
    for _ in range(3):
        await lin.press_data("qa:u:1")
    lin.sessions = real

    answered = [one for one in lin.telegram.sent if isinstance(one, AnswerCallbackQuery)]
    assert [one.text for one in answered[5:]] == [texts.SLOWER, None, None]


async def test_a_group_is_not_talked_to_and_costs_nothing_in_private(narrow: NewChat) -> None:
    group = await narrow(LIN_CHAT, GROUP_CHAT)
    said = [await group.say("大家好") for _ in range(20)]

    assert said == [[]] * 20
    assert await (await narrow()).say("/privacy") == [texts.PRIVACY]


async def let_through(chat: Chat, limits: Limits, *contents: dict[str, Any]) -> int:
    seen = []

    async def handler(event: TelegramObject, data: dict[str, Any]) -> None:
        seen.append(event)

    for more in contents:
        raw = text_message(1, chat.user_id, chat.chat_id, "大家好") | more
        update = Update.model_validate({"update_id": 1, "message": raw})
        await limits(handler, update, {"bot": chat.bot})
    return len(seen)


async def test_a_folder_of_files_may_come_at_once(chat: Chat) -> None:
    document = {"document": {"file_id": "f", "file_unique_id": "u"}}
    limits = Limits(Seconds(), person=Rate(5, 0.5), files=Rate(50, 1))

    assert await let_through(chat, limits, *[document] * 60) == 50
    assert await let_through(chat, limits, *[{}] * 9) == 5
    assert [one.text for one in chat.telegram.messages] == [texts.SLOWER] * 2


async def test_where_a_group_moved_to_is_never_held_back(group: Chat) -> None:
    limits = Limits(Seconds(), person=Rate(0, 0))

    assert await let_through(group, limits, {"migrate_to_chat_id": -1001}, {}) == 1


async def test_everybody_together_is_limited_too(new_chat: NewChat, sqlite: Database) -> None:
    chat = await new_chat()
    limits = Limits(Seconds(), everybody=Rate(3, 0))
    chat.dispatcher = make_dispatcher(DatabaseState(sqlite.sessions, chat.clock), limits)
    said = []
    for user in range(1, 6):
        chat.user_id = chat.chat_id = user
        said += await chat.say("/privacy")

    assert said == [texts.PRIVACY] * 3 + [texts.SLOWER] * 2


def test_memory_does_not_grow_with_the_number_of_writers() -> None:
    buckets = Buckets(Rate(1, 1), most=100)

    for user in range(10_000):
        buckets.take(user, 0.0)

    assert len(buckets) == 100
    assert not buckets.take(9_999, 0.0)
    assert buckets.take(5, 0.0)
