"""Questions that nobody answered yet, each text once per programme, and who wants to know."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import OpenQuestion, QuestionAsker
from storage.roster import Recipient
from storage.upserts import insert_into

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"
SOLVED, UNSOLVED = "solved", "unsolved"
SHOWN = 1_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question; `askers` is how many people want its answer, 0 for one from a file."""

    id: int
    text: str
    detail: str
    asked_at: datetime
    document_id: int | None = None
    asked_by: int | None = None
    programme: str = ""  # code
    group_id: int | None = None
    province: str = ""
    area: str = ""
    subject: str = ""
    asker_role: str = ""
    askers: int = 0
    state: str = OPEN


@dataclass(frozen=True, slots=True)
class AskedBy:
    person_id: int
    wording: str
    verdict: str = ""


async def add_open(
    session: AsyncSession,
    text: str,
    *,
    detail: str = "",
    document_id: int | None = None,
    asked_by: int | None = None,
    now: datetime,
) -> bool:
    """False if the same text waits already."""
    row = insert_into(session, OpenQuestion).values(
        digest=_digest(text, ""),
        text=text.strip(),
        detail=detail,
        document_id=document_id,
        asked_by=asked_by,
        asked_at=now,
        state=OPEN,
    )
    added = await session.scalar(
        row.on_conflict_do_nothing(index_elements=["digest"]).returning(OpenQuestion.id)
    )
    return added is not None


async def ask(
    session: AsyncSession, text: str, asker: Recipient, programme: str, *, now: datetime
) -> Waiting:
    """Opens the question, or again what was closed; the same words in one programme are one
    question, in which the asker joins."""
    mine = asker.role_in(programme)
    about = {
        "programme_code": programme,
        "group_id": mine.group_id if mine else None,
        "province": asker.province,
        "area": asker.area,
        "subject": asker.subject,
        "asker_role": mine.role if mine else "",
        "asked_by": asker.id,
    }
    row = insert_into(session, OpenQuestion).values(
        digest=_digest(text, programme), text=text.strip(), asked_at=now, state=OPEN, **about
    )
    await session.execute(
        row.on_conflict_do_update(
            index_elements=["digest"],
            set_={"state": OPEN, "asked_at": now, **about},
            where=OpenQuestion.state == CLOSED,
        )
    )
    chosen = select(OpenQuestion.id).where(OpenQuestion.digest == _digest(text, programme))
    question = (await session.scalars(chosen)).one()
    await join(session, question, asker.id, text, now=now)
    return await show(session, question)


async def adopt(session: AsyncSession, question: int, asker: Recipient, programme: str) -> None:
    """A question from a file belongs to the programme of the first who wants to know, too."""
    mine = asker.role_in(programme)
    await session.execute(
        update(OpenQuestion)
        .where(OpenQuestion.id == question, OpenQuestion.programme_code == "")
        .values(
            programme_code=programme,
            group_id=mine.group_id if mine else None,
            province=asker.province,
            area=asker.area,
            subject=asker.subject,
            asker_role=mine.role if mine else "",
        )
    )


async def join(
    session: AsyncSession, question: int, person_id: int, wording: str, *, now: datetime
) -> bool:
    """False: they have asked it already. Who asks once more is not content any more."""
    row = insert_into(session, QuestionAsker).values(
        question_id=question, person_id=person_id, asked_at=now, wording=wording, verdict=""
    )
    new = row.on_conflict_do_nothing(index_elements=["question_id", "person_id"])
    if (await session.execute(new.returning(QuestionAsker.person_id))).first() is not None:
        return True
    await judge(session, question, person_id, "")
    return False


async def show(session: AsyncSession, question: int) -> Waiting:
    found = await _questions(session, select(OpenQuestion).where(OpenQuestion.id == question))
    return found[0]


async def find(session: AsyncSession, question: int) -> Waiting | None:
    found = await _questions(session, select(OpenQuestion).where(OpenQuestion.id == question))
    return found[0] if found else None


async def waiting(
    session: AsyncSession, programmes: Collection[str] | None = None
) -> list[Waiting]:
    """Everything that is open, the oldest first; of these programmes and of none."""
    chosen = select(OpenQuestion).where(OpenQuestion.state == OPEN)
    if programmes is not None:
        chosen = chosen.where(OpenQuestion.programme_code.in_(["", *programmes]))
    return await _questions(session, chosen.order_by(OpenQuestion.asked_at, OpenQuestion.id))


async def known(
    session: AsyncSession, programmes: Collection[str], *, without: str, limit: int = SHOWN
) -> list[Waiting]:
    """Of these programmes and of none, the latest first."""
    chosen = select(OpenQuestion).where(
        OpenQuestion.state != without, OpenQuestion.programme_code.in_(["", *programmes])
    )
    return await _questions(session, chosen.order_by(OpenQuestion.asked_at.desc()).limit(limit))


async def every(session: AsyncSession, state: str = "") -> list[Waiting]:
    chosen = select(OpenQuestion).order_by(OpenQuestion.asked_at, OpenQuestion.id)
    return await _questions(session, chosen.where(OpenQuestion.state == state) if state else chosen)


async def of_person(session: AsyncSession, person_id: int, limit: int = 10) -> list[Waiting]:
    """What they asked, the latest first."""
    mine = select(QuestionAsker.question_id).where(QuestionAsker.person_id == person_id)
    chosen = select(OpenQuestion).where(OpenQuestion.id.in_(mine))
    return await _questions(session, chosen.order_by(OpenQuestion.asked_at.desc()).limit(limit))


async def content_with(session: AsyncSession, person_id: int) -> set[int]:
    """The questions that are solved for them, whatever the others who asked say."""
    mine = QuestionAsker.person_id == person_id, QuestionAsker.verdict == SOLVED
    return set(await session.scalars(select(QuestionAsker.question_id).where(*mine)))


async def askers(session: AsyncSession, question: int) -> list[AskedBy]:
    rows = await session.scalars(
        select(QuestionAsker)
        .where(QuestionAsker.question_id == question)
        .order_by(QuestionAsker.asked_at, QuestionAsker.person_id)
    )
    return [AskedBy(row.person_id, row.wording, row.verdict) for row in rows]


async def judge(session: AsyncSession, question: int, person_id: int, verdict: str) -> bool:
    """False: they did not ask it, or have said so already."""
    changed = (
        update(QuestionAsker)
        .where(
            QuestionAsker.question_id == question,
            QuestionAsker.person_id == person_id,
            QuestionAsker.verdict != verdict,
        )
        .values(verdict=verdict)
        .returning(QuestionAsker.person_id)
    )
    return (await session.execute(changed)).first() is not None


async def change_state(session: AsyncSession, question: int, *, before: str, after: str) -> bool:
    """False: somebody else was quicker."""
    changed = (
        update(OpenQuestion)
        .where(OpenQuestion.id == question, OpenQuestion.state == before)
        .values(state=after)
        .returning(OpenQuestion.id)
    )
    return (await session.execute(changed)).first() is not None


async def _questions(session: AsyncSession, chosen: Select[OpenQuestion]) -> list[Waiting]:
    rows = (await session.scalars(chosen)).all()
    counts = await _counts(session, [row.id for row in rows])
    return [_value(row, counts[row.id]) for row in rows]


async def _counts(session: AsyncSession, ids: Sequence[int]) -> defaultdict[int, int]:
    counts: defaultdict[int, int] = defaultdict(int)
    chosen = select(QuestionAsker.question_id, func.count()).group_by(QuestionAsker.question_id)
    if len(ids) < SHOWN:
        chosen = chosen.where(QuestionAsker.question_id.in_(ids))
    for question, count in await session.execute(chosen):
        counts[question] = count
    return counts


def _digest(text: str, programme: str) -> str:
    words = "".join(text.split())
    return sha256((f"{programme}\n{words}" if programme else words).encode()).hexdigest()


def _value(row: OpenQuestion, askers: int) -> Waiting:
    return Waiting(
        id=row.id,
        text=row.text,
        detail=row.detail,
        asked_at=row.asked_at,
        document_id=row.document_id,
        asked_by=row.asked_by,
        programme=row.programme_code,
        group_id=row.group_id,
        province=row.province,
        area=row.area,
        subject=row.subject,
        asker_role=row.asker_role,
        askers=askers,
        state=row.state,
    )
