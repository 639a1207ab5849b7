"""Everything that is known here, kept current while other processes import and approve."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bot.documents_at_hand import with_bundled
from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.entries import Entry, LearnedPhrasing, with_phrasings
from knowledge.programme.values import Programme
from storage import documents, learned, remembered
from storage.database import Sessions
from storage.learned import Learned

STAMP = learned.STAMP  # changes with every import and withdrawal, and whatever is learnt


class Shelf:
    """`today`: entries hold from a day, until a day."""

    def __init__(self, sessions: Sessions, today: Callable[[], date] = lambda: date.min) -> None:
        self._sessions, self._today = sessions, today
        self._library: Library | None = None
        self._documents: tuple[Document, ...] = ()  # without what was learnt
        self._entries: tuple[Entry, ...] = ()  # that hold today
        self._phrasings: tuple[LearnedPhrasing, ...] = ()
        self._until: date | None = None  # then other entries hold
        self.stamp: str | None = None
        self.news = asyncio.Event()  # set whenever something else is known

    @property
    def library(self) -> Library:
        assert self._library, "refresh() comes first"
        return self._library

    async def programmes(self) -> Sequence[Programme]:
        return self.library.programmes

    async def refresh(self) -> bool:
        """Builds a new library if documents came or went; costs one small query if not."""
        today = self._today()
        async with self._sessions() as session:
            stamp = await remembered.get(session, STAMP) or ""
            if self._library and stamp == self.stamp and not self._has_ended(today):
                return False
            kept = await documents.current(session)
            entries = await learned.entries(session)
            phrasings = await learned.phrasings(session)
        self._documents = with_bundled([one.document for one in kept])
        self._entries = tuple(each.entry for each in entries if each.holds_on(today))
        self._phrasings = tuple(phrasings)
        self._until = next_change(entries, today)
        # Half a second of work: the conversations go on meanwhile.
        self._library = await asyncio.to_thread(self.preview, (), ())
        self.stamp = stamp
        self.news.set()
        return True

    def preview(self, entries: Sequence[Entry], phrasings: Sequence[LearnedPhrasing]) -> Library:
        """What would be known with these, too; an entry stands instead of the one of its id."""
        new = {entry.id for entry in entries}
        all_entries = (*(each for each in self._entries if each.id not in new), *entries)
        last = (Document(learned.NAME, entries=all_entries),) if all_entries else ()
        known = with_phrasings((*self._documents, *last), (*self._phrasings, *phrasings))
        return Library(known, self._library)

    def _has_ended(self, today: date) -> bool:
        return self._until is not None and today >= self._until


def next_change(entries: Sequence[Learned], today: date) -> date | None:
    """The next day on which an entry begins or ceases to hold."""
    days = [each.valid_from for each in entries if each.valid_from]
    days += [each.valid_until + timedelta(days=1) for each in entries if each.valid_until]
    return min((day for day in days if day > today), default=None)
