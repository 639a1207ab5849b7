"""«更正：…» to exactly those who were told what does not hold any more: once, and together."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker, Memory, Verdict
from knowledge.chinese.normal import normal
from knowledge.chinese.subjects import subjects_in
from knowledge.programme.values import Programme
from scheduler import outbox, outbox_upkeep, question_texts
from scheduler.correction_texts import Fact, corrections
from scheduler.heard_moves import moves_heard
from scheduler.judging import (
    Changed,
    Correction,
    News,
    There,
    judged,
    news,
    sources_there,
)
from scheduler.letters import SETTLING, NewLetter
from scheduler.rendering import NOTE
from scheduler.said import bare, parts_of, shortened
from storage import answers_given, documents, learned, people
from storage.answers_given import Given, Place
from storage.database import AnySession, Sessions

CHUNK = 200  # asked again at a time, beside the conversations
KEPT = timedelta(days=180)  # how long we know who was told what
A_WEEK = timedelta(days=7)
CORRECTION = "correction"  # kind of the letters about documents


@dataclass(frozen=True, slots=True)
class Wrong:
    """`newest`: the last that was said in that chat to that question."""

    given: Given
    correction: Correction
    subject: str = ""  # of who was told, where it matters
    newest: bool = True


async def correct(sessions: Sessions, library: Library, *, now: datetime) -> int:
    """Asks again what people were told. How many are told otherwise, in one letter each."""
    async with sessions.begin() as session:
        await _take_back(session)
    by_place: dict[Place, list[Wrong]] = {}
    for wrong in await _asked_again(sessions, library):
        by_place.setdefault(wrong.given.place, []).append(wrong)
    told = 0
    for place, found in by_place.items():
        async with sessions.begin() as session:
            told += await _tell(session, place, found, library.programmes, now)
    return told


async def _take_back(session: AnySession) -> None:
    """What nobody has read yet was not said: the change may have been undone meanwhile."""
    for letter in await outbox_upkeep.take_back(session, CORRECTION):
        await answers_given.stand_again(session, letter["given"], instead_of=letter["instead"])


async def _asked_again(sessions: Sessions, library: Library) -> list[Wrong]:
    async with sessions() as session:
        not_today = [each.entry for each in await learned.entries(session)]
        kept = await documents.current(session) + await documents.withdrawn(session)
    again = _Again(library, sources_there(library.documents, not_today), news(kept, not_today))
    last: dict[tuple[str, int, str], int] = {}
    wrong: list[Wrong] = []
    clock = asyncio.get_running_loop().time
    after = 0
    while True:
        async with sessions() as session:
            some = await answers_given.standing(session, after=after, limit=CHUNK)
            subjects = await _subjects(session, some)
        if not some:
            break
        after = some[-1].id
        last.update((_same(each), each.id) for each in some)
        began = clock()
        wrong += await asyncio.to_thread(again.wrong_of, some, subjects)
        await asyncio.sleep(clock() - began)  # half of the time is the conversations'
    return [replace(each, newest=last[_same(each.given)] == each.given.id) for each in wrong]


async def _subjects(session: AnySession, some: Sequence[Given]) -> dict[int, str]:
    ids = {each.place.person_id for each in some if each.place.person_id is not None}
    return {one.id: one.subject for one in await people.of_ids(session, sorted(ids))}


def _same(given: Given) -> tuple[str, int, str]:
    return given.place.surface, given.place.chat_id, normal(given.question)


@dataclass(frozen=True, slots=True)
class _Again:
    library: Library
    there: There
    news: News
    verdicts: dict[str, Verdict] = field(default_factory=dict)  # many ask the same

    def wrong_of(self, some: Sequence[Given], subjects: Mapping[int, str]) -> list[Wrong]:
        found = []
        for given in some:
            subject = subjects.get(given.place.person_id or 0, "")
            if subjects_in(normal(given.question)):
                subject = ""  # it was asked for that subject, whosever it is
            correction = judged(given, self._verdict(given), self.there, subject)
            if correction and self.news.touches(given, correction, self.there):
                found.append(Wrong(given, correction, subject))
        return found

    def _verdict(self, given: Given) -> Verdict:
        asked = json.dumps([given.question, given.asked_on.isoformat(), given.context], default=str)
        if asked not in self.verdicts:
            self.verdicts[asked] = self.library.ask(given.question, *asker_of(given))
        return self.verdicts[asked]


def context_of(asker: Asker, memory: Memory) -> dict[str, Any]:
    """What an answer depended on besides its question."""
    about: dict[str, Any] = {
        "province": asker.province,
        "role": asker.role,
        "year": asker.year,
        "subject": asker.subject,
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
        province=about.get("province", ""),
        role=about.get("role", ""),
        year=about.get("year"),
        subject=about.get("subject", ""),
        programmes=tuple(about.get("programmes", ())),
    )
    return asker, Memory(**about.get("memory", {}))


async def _tell(
    session: AnySession,
    place: Place,
    found: Sequence[Wrong],
    programmes: Sequence[Programme],
    now: datetime,
) -> bool:
    """False: nothing is new to them, or «已改期» tells them."""
    ours = [
        each for each in found if await answers_given.corrected(session, each.given.id, now=now)
    ]
    facts: list[Fact] = []
    instead: list[int] = []
    for each in ours:
        if not each.newest:
            continue
        new = each.correction.verdict.text if isinstance(each.correction, Changed) else ""
        if isinstance(each.correction, Changed):
            instead.append(await _log(session, each.given, each.correction.verdict, now))
            if await _heard_anyway(session, each.given, new, programmes, now):
                continue
        facts.append(
            Fact(each.given.question, each.given.text, new, _day(each.given), each.subject)
        )
    if not facts:
        return False
    data = {"given": [each.given.id for each in ours], "instead": instead}
    letter = _letter(ours[-1].given, corrections(facts), now + SETTLING, CORRECTION, data)
    return bool(await outbox.add(session, [letter], now=now))


async def _log(session: AnySession, given: Given, verdict: Answer, now: datetime) -> int:
    return await answers_given.log(
        session,
        given.place,
        given.question,
        verdict.text,
        sources=verdict.sources,
        context=given.context,
        today=given.asked_on,
        now=now,
    )


async def _heard_anyway(
    session: AnySession, given: Given, new: str, programmes: Sequence[Programme], now: datetime
) -> bool:
    """Nothing is new but the day of a task, and that it moved they are told already."""
    if given.place.person_id is None:
        return False
    moves = await moves_heard(session, given.place.person_id, programmes, now=now)
    return any(
        move.title in given.question + new
        and bare(parts_of(move.with_new_day(given.text))) == bare(parts_of(new))
        for move in moves
    )


async def correct_answer(session: AnySession, answer: int, text: str, *, now: datetime) -> int:
    """An expert's answer was wrong: those who had it get this one. In the caller's transaction."""
    told = 0
    for given in await answers_given.of_origin(session, answers_given.from_expert(answer)):
        if await answers_given.corrected(session, given.id, now=now):
            html = question_texts.corrected(
                given.question, text, shortened(given.text), _day(given)
            )
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


def _day(given: Given) -> str:
    return f"{given.asked_on.month}月{given.asked_on.day}日"


def _letter(
    given: Given, html: str, at: datetime, kind: str = NOTE, more: Mapping[str, Any] | None = None
) -> NewLetter:
    place = given.place
    known = place.person_id is not None
    return NewLetter(
        key=f"correction:{given.id}",
        kind=kind,
        person_id=place.person_id,
        chat_id=None if known else place.chat_id,
        thread_id=None if known else place.thread_id,
        surface="" if known else place.surface,
        not_before=at,
        expires_at=at + A_WEEK,
        data={"html": html, "quiet": True} | dict(more or {}),
        priority=50,
    )
