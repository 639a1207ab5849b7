"""Conversation state is kept in the database, apart for every bot, chat and person."""

from dataclasses import replace

from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import StorageKey

from handlers.conversation.state import DatabaseState
from handlers.questions.topics import Topic, from_data
from storage.database import Sessions
from tests.cast import Clock

KEY = StorageKey(bot_id=42, chat_id=7_000_000_001, user_id=7_000_000_001)


class Wizard(StatesGroup):
    name = State()


async def test_state_and_data_outlive_the_process(sessions: Sessions, clock: Clock) -> None:
    before = DatabaseState(sessions, clock)
    await before.set_state(KEY, Wizard.name)
    await before.set_data(KEY, {"step": 1})

    after = DatabaseState(sessions, clock)

    assert await after.get_state(KEY) == "Wizard:name"
    assert await after.get_data(KEY) == {"step": 1}


async def test_nothing_is_kept_at_first(sessions: Sessions, clock: Clock) -> None:
    state = DatabaseState(sessions, clock)

    assert (await state.get_state(KEY), await state.get_data(KEY)) == (None, {})


async def test_cleared_state_leaves_the_data(sessions: Sessions, clock: Clock) -> None:
    state = DatabaseState(sessions, clock)
    await state.set_state(KEY, "x")
    await state.set_data(KEY, {"step": 1})

    await state.set_state(KEY, None)

    assert (await state.get_state(KEY), await state.get_data(KEY)) == (None, {"step": 1})


async def test_other_bot_chat_and_person_are_apart(sessions: Sessions, clock: Clock) -> None:
    state = DatabaseState(sessions, clock)
    await state.set_data(KEY, {"step": 1})

    for other in (
        replace(KEY, bot_id=43),
        replace(KEY, chat_id=-5),
        replace(KEY, user_id=6),
        replace(KEY, destiny="menu"),
    ):
        assert await state.get_data(other) == {}


def test_data_of_an_older_version_is_forgotten() -> None:
    assert from_data({"memory": 5}) == Topic()
    assert from_data({"memory": {"colour": "red"}, "asked": []}) == Topic()
    assert from_data({"asked": [{"options": []}]}) == Topic()
