"""Everything that is known here, kept current while other processes import and withdraw."""

import asyncio
from collections.abc import Sequence

from bot.documents_at_hand import with_bundled
from knowledge.answering.library import Library
from knowledge.programme.values import Programme
from storage import documents, remembered
from storage.database import Sessions

STAMP = "documents"  # changes with every import and withdrawal


class Shelf:
    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._stamp: str | None = None
        self._library: Library | None = None

    @property
    def library(self) -> Library:
        assert self._library, "refresh() comes first"
        return self._library

    async def programmes(self) -> Sequence[Programme]:
        return self.library.programmes

    async def refresh(self) -> bool:
        """Builds a new library if documents came or went; costs one small query if not."""
        async with self._sessions() as session:
            stamp = await remembered.get(session, STAMP) or ""
            if self._library and stamp == self._stamp:
                return False
            kept = await documents.current(session)
        imported = [one.document for one in kept]
        # Half a second of work: the conversations go on meanwhile.
        self._library = await asyncio.to_thread(Library, with_bundled(imported), self._library)
        self._stamp = stamp
        return True
