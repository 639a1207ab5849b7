"""Opens the database for one command, and says in one line what is wrong with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.refusal import Refused
from storage.database import DatabaseTrouble, Sessions, is_current, make_engine, make_sessions

NOT_CURRENT = "数据库的版本与程序不同，请先运行 yanxiu db upgrade"


@asynccontextmanager
async def opened_database(url: str) -> AsyncIterator[Sessions]:
    try:
        engine = make_engine(url)
        try:
            if not await is_current(engine):
                raise Refused(NOT_CURRENT)
            yield make_sessions(engine)
        finally:
            await engine.dispose()
    except DatabaseTrouble as trouble:
        raise Refused(str(trouble)) from None
