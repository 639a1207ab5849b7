"""An expert's answer has become an entry: whom it was told is told by the documents from now on."""

import asyncio

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer
from knowledge.entries import Entry
from scheduler.corrections import asker_of
from storage import answers_given
from storage.answers_given import Given
from storage.database import Sessions


async def adopt(sessions: Sessions, answer: int, entry: Entry, library: Library) -> None:
    """Who asked in words that lead to the entry is corrected with it when it changes."""
    async with sessions() as session:
        given = await answers_given.of_origin(session, answers_given.from_expert(answer))
    answered = await asyncio.to_thread(_answered, given, entry, library)
    async with sessions.begin() as session:
        for id, verdict in answered:
            await answers_given.rests_on(session, id, verdict.text, verdict.sources)


def _answered(given: list[Given], entry: Entry, library: Library) -> list[tuple[int, Answer]]:
    found = []
    for each in given:
        verdict = library.ask(each.question, *asker_of(each))
        if isinstance(verdict, Answer) and entry.source in verdict.sources:
            found.append((each.id, verdict))
    return found
