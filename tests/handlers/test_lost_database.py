"""While the database is gone nothing is answered wrongly and nothing is lost."""

import pytest

from handlers import make_dispatcher
from handlers.conversation.state import DatabaseState
from storage.database import DatabaseTrouble, make_engine, make_sessions
from tests.cast import Clock
from tests.handlers.conftest import Chat
from tests.handlers.scripted import ScriptedLibrary


async def test_update_is_left_for_later_without_an_excuse(clock: Clock) -> None:
    engine = make_engine("postgresql://nobody@127.0.0.1:1/none?connect_timeout=2")
    sessions = make_sessions(engine)
    dispatcher = make_dispatcher(DatabaseState(sessions, clock))
    chat = Chat(dispatcher, sessions, clock, ScriptedLibrary())

    with pytest.raises(DatabaseTrouble):
        await chat.say("云南什么时候报到")

    assert chat.telegram.sent == []
    await engine.dispose()
