"""«更正：…» to exactly those who were told what does not hold any more, once."""

import asyncio
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Clarify, Memory, Unknown, Verdict
from knowledge.chinese.normal import normal
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.programme.values import Programme
from knowledge.sources import Source
from scheduler import outbox, question_texts
from scheduler.heard_moves import moves_heard
from scheduler.letters import NewLetter
from scheduler.rendering import NOTE
from storage import answers_given, learned
from storage.answers_given import Given
from storage.database import AnySession, Sessions

CHUNK = 200  # asked again at a time, beside the conversations
KEPT = timedelta(days=180)  # how long we know who was told what
A_WEEK = timedelta(days=7)
LONGEST_OLD = 80
Key = tuple[str, str, str]

_SOURCE_LINE = re.compile(r"(?:来源|來源)：|（已按")
_ASIDE = re.compile(r"（[^（）]*）|\([^()]*\)")
_FIGURE = re.compile(r"\d+(?:[.:]\d+)?")


@dataclass(frozen=True, slots=True)
class Changed:
    verdict: Answer


@dataclass(frozen=True, slots=True)
class Gone:
    """What it rested on was withdrawn, and nothing stands in its place."""


Correction = Changed | Gone


@dataclass(frozen=True, slots=True)
class There:
    """Sources that hold: notices and programmes whatever the section, entries one by one."""

    notices: frozenset[tuple[str, str]] = frozenset()  # title, number
    entries: frozenset[Key] = frozenset()

    def __contains__(self, source: Key) -> bool:
        return source in self.entries or source[:2] in self.notices


def judged(given: Given, verdict: Verdict, there: There) -> Correction | None:
    """`verdict`: what would be said to the same question today; `there`: sources that hold. Another
    sentence of the same notice is no news, another wording of an entry is."""
    lost = not all(source in there for source in given.sources)
    match verdict:
        case Answer() if _says_the_same(given.text, verdict.text):
            return None
        case Answer(sources=sources):
            new = {_key(each) for each in sources}
            figures = _figures(given.text) != _figures(verdict.text)
            elsewhere = not new <= set(given.sources)
            reworded = new <= there.entries
            return Changed(verdict) if lost or figures or elsewhere or reworded else None
        case Clarify() | Unknown():
            nothing_left = not any(source in there for source in given.sources)
            return Gone() if given.sources and nothing_left else None


def sources_there(documents: Sequence[Document], entries: Iterable[Entry] = ()) -> There:
    """`entries`: those that do not hold on this day, but were not withdrawn either."""
    cited = [
        source
        for document in documents
        for source in (
            *(Source(each.title, each.number) for each in document.notices),
            *(each.source for each in document.programmes),
        )
    ]
    known = [each for document in documents for each in document.entries]
    return There(
        frozenset((each.title, each.number) for each in cited),
        frozenset(_key(each.source) for each in (*known, *entries)),
    )


def _key(source: Source) -> Key:
    return source.title, source.number, source.section


def headline(text: str) -> str:
    """What the reply comes to: its first line, or all lines that stand side by side."""
    lines = [line for line in text.splitlines() if line.strip() and not _SOURCE_LINE.match(line)]
    if lines and lines[0].startswith("·"):
        return "\n".join(lines)
    return lines[0] if lines else ""


def _says_the_same(old: str, new: str) -> bool:
    before, after = _figures(old), _figures(new)
    if before and after:
        beside = headline(new).startswith("·")
        return before <= after if beside else before == after
    return _bare(old) == _bare(new)


def _figures(text: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(_bare(text)))


def _bare(text: str) -> str:
    """Without asides: 25号（原为8号） says 25."""
    return "".join(normal(_ASIDE.sub("", headline(text))).split())


async def correct(sessions: Sessions, library: Library, *, now: datetime) -> int:
    """Asks again what people were told. How many are told otherwise."""
    wrong = await _asked_again(sessions, library)
    told = 0
    for given, correction, newest in wrong:
        async with sessions.begin() as session:
            ours = await answers_given.corrected(session, given.id, now=now)
            if ours and newest:
                told += await _tell(session, given, correction, library.programmes, now)
    return told


async def _asked_again(
    sessions: Sessions, library: Library
) -> list[tuple[Given, Correction, bool]]:
    """With whether it is the last that was said in that chat to that question."""
    async with sessions() as session:
        not_today = [each.entry for each in await learned.entries(session)]
    there = sources_there(library.documents, not_today)
    last: dict[tuple[str, int, str], int] = {}
    wrong: list[tuple[Given, Correction]] = []
    verdicts: dict[str, Verdict] = {}  # many ask the same
    clock = asyncio.get_running_loop().time
    after = 0
    while True:
        async with sessions() as session:
            some = await answers_given.standing(session, after=after, limit=CHUNK)
        if not some:
            break
        after = some[-1].id
        last.update((_same(each), each.id) for each in some)
        began = clock()
        wrong += await asyncio.to_thread(_wrong_of, some, library, there, verdicts)
        await asyncio.sleep(clock() - began)  # half of the time is the conversations'
    return [(given, found, last[_same(given)] == given.id) for given, found in wrong]


def _same(given: Given) -> tuple[str, int, str]:
    return given.place.surface, given.place.chat_id, normal(given.question)


def _wrong_of(
    some: Sequence[Given], library: Library, there: There, verdicts: dict[str, Verdict]
) -> list[tuple[Given, Correction]]:
    found = []
    for given in some:
        asked = json.dumps([given.question, given.asked_on.isoformat(), given.context], default=str)
        if asked not in verdicts:
            verdicts[asked] = library.ask(given.question, *asker_of(given))
        if correction := judged(given, verdicts[asked], there):
            found.append((given, correction))
    return found


def context_of(asker: Asker, memory: Memory) -> dict[str, Any]:
    """What an answer depended on besides its question."""
    about: dict[str, Any] = {
        "province": asker.province,
        "role": asker.role,
        "year": asker.year,
        "programmes": list(asker.programmes),
    }
    before = {
        "question": memory.question,
        "province": memory.province,
        "role": memory.role,
        "year": memory.year,
    }
    return about | {"memory": before}


def asker_of(given: Given) -> tuple[Asker, Memory]:
    about = given.context
    asker = Asker(
        given.asked_on,
        about.get("province", ""),
        about.get("role", ""),
        about.get("year"),
        tuple(about.get("programmes", ())),
    )
    return asker, Memory(**about.get("memory", {}))


async def _tell(
    session: AnySession,
    given: Given,
    correction: Correction,
    programmes: Sequence[Programme],
    now: datetime,
) -> bool:
    """False: «已改期» tells them."""
    old = _shortened(given.text)
    day = f"{given.asked_on.month}月{given.asked_on.day}日"
    match correction:
        case Changed(verdict):
            html = question_texts.corrected(given.question, verdict.text, old, day)
            await answers_given.log(
                session,
                given.place,
                given.question,
                verdict.text,
                sources=verdict.sources,
                context=given.context,
                today=given.asked_on,
                now=now,
            )
            if await _heard_anyway(session, given, verdict.text, programmes, now):
                return False
        case Gone():
            html = question_texts.withdrawn(given.question, old, day)
    await outbox.add(session, [_letter(given, html, now)], now=now)
    return True


async def _heard_anyway(
    session: AnySession, given: Given, new: str, programmes: Sequence[Programme], now: datetime
) -> bool:
    """Nothing is new but the day of a task, and that it moved they are told already."""
    if given.place.person_id is None:
        return False
    moves = await moves_heard(session, given.place.person_id, programmes, now=now)
    return any(
        move.title in given.question + new and _bare(move.with_new_day(given.text)) == _bare(new)
        for move in moves
    )


async def correct_answer(session: AnySession, answer: int, text: str, *, now: datetime) -> int:
    """An expert's answer was wrong: those who had it get this one. In the caller's transaction."""
    told = 0
    for given in await answers_given.of_origin(session, answers_given.from_expert(answer)):
        if await answers_given.corrected(session, given.id, now=now):
            day = f"{given.asked_on.month}月{given.asked_on.day}日"
            html = question_texts.corrected(given.question, text, _shortened(given.text), day)
            await answers_given.log(
                session,
                given.place,
                given.question,
                text,
                context=given.context,
                origin=given.origin,
                today=given.asked_on,
                now=now,
            )
            told += await outbox.add(session, [_letter(given, html, now)], now=now)
    return told


def _shortened(text: str) -> str:
    said = " ".join(headline(text).split())
    return said if len(said) <= LONGEST_OLD else said[: LONGEST_OLD - 1] + "…"


def _letter(given: Given, html: str, now: datetime) -> NewLetter:
    place = given.place
    known = place.person_id is not None
    return NewLetter(
        key=f"correction:{given.id}",
        kind=NOTE,
        person_id=place.person_id,
        chat_id=None if known else place.chat_id,
        thread_id=None if known else place.thread_id,
        surface="" if known else place.surface,
        not_before=now,
        expires_at=now + A_WEEK,
        data={"html": html, "quiet": True},
        priority=50,
    )
