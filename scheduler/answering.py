"""An answer comes in: everybody who asked gets it, it counts, and it may become an entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.entries import Entry
from knowledge.programme.quotas import counted, quota_task
from knowledge.programme.values import Programme
from knowledge.sources import Scope, Source
from scheduler import handing_on, outbox, question_texts
from scheduler.letters import NewLetter
from scheduler.rendering import NOTE
from storage import (
    answers_given,
    audit,
    expert_answers,
    gaps,
    people,
    progress,
    proposals,
    questions,
    turns,
)
from storage.answers_given import Place
from storage.database import AnySession
from storage.questions import SOLVED, Waiting
from storage.roster import COORDINATOR, Recipient

MOST_PHRASINGS = 20
A_MONTH = timedelta(days=30)
LONGEST_COPY = 256
SOLVED_IT, UNSOLVED_IT = "qa:ok", "qa:no"  # what the buttons say to the handlers


@dataclass(frozen=True, slots=True)
class Quota:
    given: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Delivered:
    """`told`: how many who asked get it."""

    answer: int
    told: int
    quota: Quota | None


async def answer(
    session: AnySession,
    question: Waiting,
    by: Recipient,
    text: str,
    *,
    programmes: Sequence[Programme],
    today: date,
    now: datetime,
) -> Delivered | None:
    """None: somebody else was quicker. In the caller's transaction."""
    mine = by.role_in(question.programme)
    role = mine.role if mine else COORDINATOR
    given = await expert_answers.record(session, question.id, by.id, role, text, now=now)
    if given is None:
        return None
    current = (await turns.running(session, [question.id])).get(question.id)
    if current:
        outcome = turns.ANSWERED if current.person_id == by.id else turns.TAKEN
        await handing_on.end(session, current, outcome, now=now)
    told = await _tell(session, question, given, text, role + by.name, today=today, now=now)
    programme = next((one for one in programmes if one.code == question.programme), None)
    quota = await _credit(session, by, role, programme, given, today, now) if programme else None
    entry = await _as_entry(session, question, given, text, role + by.name, programme, today)
    await proposals.add(session, given, question.id, entry, valid_from=today, now=now)
    await _tell_coordinators(session, today, now)
    await audit.note(session, "answer", f"question:{question.id}", actor=by.id, now=now)
    return Delivered(given, told, quota)


async def _tell(
    session: AnySession,
    question: Waiting,
    answer: int,
    text: str,
    by: str,
    *,
    today: date,
    now: datetime,
) -> int:
    wanting = {
        each.person_id: each.wording
        for each in await questions.askers(session, question.id)
        if each.verdict != SOLVED
    }
    letters = []
    for person in await people.of_ids(session, list(wanting)):
        wording = wanting[person.id]
        html = question_texts.answered(wording, text, by)
        letters.append(_answered(question, answer, person.id, html, text, now))
        if person.chat_id is not None:
            place = Place(person.surface, person.chat_id, person_id=person.id)
            await answers_given.log(
                session,
                place,
                wording,
                text,
                context={"province": person.province, "role": question.asker_role},
                origin=answers_given.from_expert(answer),
                today=today,
                now=now,
            )
    await outbox.add(session, letters, now=now)
    return len(letters)


def _answered(
    question: Waiting, answer: int, person: int, html: str, text: str, now: datetime
) -> NewLetter:
    buttons = [
        {"label": "已解决", "data": f"{SOLVED_IT}:{answer}"},
        {"label": "仍未解决", "data": f"{UNSOLVED_IT}:{answer}"},
    ]
    rows = [buttons]
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_COPY:
        rows.append([{"label": "复制", "copy": text}])
    return NewLetter(
        key=f"answered:{answer}:{person}",
        kind=NOTE,
        person_id=person,
        not_before=now,
        expires_at=now + A_MONTH,
        data={"html": html, "buttons": rows},
        priority=10,
    )


async def _credit(
    session: AnySession,
    by: Recipient,
    role: str,
    programme: Programme,
    answer: int,
    today: date,
    now: datetime,
) -> Quota | None:
    """Where the programme wants a number of answers from this role."""
    found = quota_task(programme, role, "answer", today)
    if found is None:
        return None
    _, task = found
    origin = answers_given.from_expert(answer)
    await progress.credit(session, by.id, origin, programme.code, task.code, now=now)
    state = (await progress.of_person(session, by.id)).get((programme.code, task.code))
    wanted = counted(task)
    return Quota(state.count if state else 1, wanted.number if wanted else 1)


async def _as_entry(
    session: AnySession,
    question: Waiting,
    answer: int,
    text: str,
    by: str,
    programme: Programme | None,
    today: date,
) -> Entry:
    said = [each.wording for each in await questions.askers(session, question.id)]
    said += await gaps.wordings(session, question.id)
    others = [each for each in dict.fromkeys(said) if each != question.text]
    years = programme.years if programme and programme.years else (today.year,)
    return Entry(
        id=f"answer-{answer}",
        question=question.text,
        answer=text,
        source=Source(title=f"{by}的答复", section=f"第{answer}号", issued=today, text=text),
        scope=Scope(
            provinces=frozenset([question.province] if question.province else []),
            years=frozenset(years),
            programme=programme.title if programme else "",
        ),
        phrasings=tuple(others[:MOST_PHRASINGS]),
    )


async def _tell_coordinators(session: AnySession, today: date, now: datetime) -> None:
    """Once a day: more are told on the list itself."""
    waiting = await proposals.count(session)
    letters = [
        NewLetter(
            key=f"proposals:{person.id}:{today.isoformat()}",
            kind=NOTE,
            person_id=person.id,
            not_before=now,
            expires_at=now + timedelta(days=1),
            data={"html": question_texts.proposals_wait(waiting), "quiet": True},
            priority=100,
        )
        for person in await people.coordinators(session)
    ]
    await outbox.add(session, letters, now=now)
