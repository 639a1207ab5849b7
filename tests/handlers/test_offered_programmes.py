"""Whose people can be written to: programmes that are over and empty are not in the way."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete

from knowledge.programme.running import is_over, running_first
from storage.database import Sessions
from storage.models import Membership
from tests.cast import PROGRAMME, ZHAO_CHAT, Clock
from tests.databases import Database
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.wire import labels

ENDS = max(stage.ends for stage in PROGRAMME.stages)


async def test_an_old_programme_is_offered_while_somebody_is_in_it(
    new_chat: NewChat, sqlite: Database, clock: Clock
) -> None:
    chat = await new_chat(user=ZHAO_CHAT)
    clock.advance(days=700)

    assert await offered(chat) == ["全部项目", PROGRAMME.title]
    await all_leave(sqlite.sessions)
    assert await offered(chat) == ["全部项目"]


async def offered(chat: Chat) -> list[str]:
    await chat.say("/broadcast")
    [asked] = await chat.send("明天停电")
    return labels(asked)


async def all_leave(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await session.execute(delete(Membership))


def test_what_runs_comes_before_what_is_over() -> None:

    first = PROGRAMME.stages[0]
    later = replace(first, starts=ENDS, ends=ENDS + timedelta(days=30))
    running = replace(PROGRAMME, code="new", stages=(later,))

    assert not is_over(PROGRAMME, ENDS)
    assert running_first([PROGRAMME, running], ENDS) == [PROGRAMME, running]
    assert running_first([PROGRAMME, running], ENDS + timedelta(days=1)) == [running, PROGRAMME]
