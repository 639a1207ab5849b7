"""Opens the database for one command, and says in one line what is wrong with it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.documents_at_hand import is_missing
from bot.refusal import Refused
from storage.database import (
    DatabaseTrouble,
    Sessions,
    is_current,
    make_engine,
    make_sessions,
    upgrade,
)

NOT_CURRENT = "数据库的版本与程序不同，请先运行 yanxiu db upgrade"


async def made_if_missing(url: str) -> None:
    """A file that is not there yet is made with every table."""
    if is_missing(url):
        engine = make_engine(url)
        try:
            await upgrade(engine)
        finally:
            await engine.dispose()


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
