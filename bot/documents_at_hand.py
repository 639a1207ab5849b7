"""Every document that is known: what is bundled, and what was imported here."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.running import run_now
from knowledge.bundled import bundled_documents
from knowledge.documents import Document
from knowledge.entries import with_phrasings

SHANGHAI = ZoneInfo("Asia/Shanghai")
SQLITE_FILE = re.compile(r"sqlite(\+\w+)?:///(?P<path>[^?]+)")


def documents_at_hand(database_url: str) -> tuple[Document, ...]:
    """A database file that is not there is not created, and sqlalchemy not even imported."""
    if is_missing(database_url):
        return bundled_documents()
    return run_now(_known(database_url))


def is_missing(database_url: str) -> bool:
    file = SQLITE_FILE.fullmatch(database_url)
    return file is not None and not Path(file["path"]).exists()


def folder_of(database_url: str) -> Path:
    """Where files of this installation lie: beside the database, if it is a file."""
    file = SQLITE_FILE.fullmatch(database_url)
    return Path(file["path"]).parent if file else Path("var")


def with_bundled(imported: Sequence[Document]) -> tuple[Document, ...]:
    """A programme that was imported stands instead of the bundled one of the same code."""
    codes = {programme.code for document in imported for programme in document.programmes}
    bundled = (
        replace(
            document,
            programmes=tuple(one for one in document.programmes if one.code not in codes),
        )
        for document in bundled_documents()
    )
    return (*bundled, *imported)


async def _known(database_url: str) -> tuple[Document, ...]:
    """With what was learnt here and holds today."""
    from bot.clock import SystemClock
    from bot.opening import opened_database
    from storage import documents, learned

    today = SystemClock().now().astimezone(SHANGHAI).date()
    async with opened_database(database_url) as sessions, sessions() as session:
        imported = [kept.document for kept in await documents.current(session)]
        entries = await learned.document(session, today)
        phrasings = await learned.phrasings(session)
    return with_phrasings(with_bundled([*imported, *entries]), phrasings)
