"""How far people are: tasks done by a press, counted up, or credited by what they did elsewhere."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    delete,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.programme.quotas import counted
from knowledge.programme.values import Programme, Task
from storage.models import Credit, ToldDeadline
from storage.models import Progress as Row
from storage.upserts import insert_into

A_FEW = 500  # above that the whole programme is read: fewer parameters than SQLite allows

Deadline = tuple[str, str, date]  # programme, task, day
Done = frozenset[tuple[int, str, str]]  # person, programme, task


@dataclass(frozen=True, slots=True)
class Progress:
    """`count` is all that counts; `credited` the part of it that no press takes back."""

    count: int = 0
    done_at: datetime | None = None
    credited: int = 0


NOT_BEGUN = Progress()


def is_done(task: Task, progress: Progress) -> bool:
    """By a press, or because a counted task has reached its number."""
    if progress.done_at is not None:
        return True
    goal = counted(task)
    return goal is not None and progress.count >= goal.number


async def mark_done(
    session: AsyncSession, person_id: int, programme: str, task_code: str, *, now: datetime
) -> bool:
    """False: it was done already, and stays done since then."""
    row = insert_into(session, Row).values(
        **_key(person_id, programme, task_code), count=0, done_at=now, changed_at=now
    )
    upsert = row.on_conflict_do_update(
        index_elements=list(_key(0, "", "")),
        set_={"done_at": now, "changed_at": now},
        where=Row.done_at.is_(None),
    )
    return (await session.execute(upsert.returning(Row.person_id))).first() is not None


async def undo(
    session: AsyncSession, person_id: int, programme: str, task_code: str, *, now: datetime
) -> bool:
    """Takes the press back; what was counted stays counted."""
    undone = (
        update(Row)
        .where(*_is(Row, person_id, programme, task_code), Row.done_at.is_not(None))
        .values(done_at=None, changed_at=now)
        .returning(Row.person_id)
    )
    return (await session.execute(undone)).first() is not None


async def count_up(
    session: AsyncSession,
    person_id: int,
    programme: str,
    task_code: str,
    *,
    by: int = 1,
    now: datetime,
    seen: int | None = None,
) -> bool:
    """Never below what is credited. With `seen`, the count that was on the screen, a press that
    comes a second time changes nothing."""
    credited = await session.scalar(
        select(func.count())
        .select_from(Credit)
        .where(*_is(Credit, person_id, programme, task_code))
    )
    own = None if seen is None else seen - (credited or 0)
    if by < 0 and own == 0:
        return False
    row = insert_into(session, Row).values(
        **_key(person_id, programme, task_code), count=max(by, 0), changed_at=now
    )
    counted_up = case((Row.count + by > 0, Row.count + by), else_=0)
    upsert = row.on_conflict_do_update(
        index_elements=list(_key(0, "", "")),
        set_={"count": counted_up, "changed_at": now},
        where=Row.count == own if own is not None else None,
    )
    return (await session.execute(upsert.returning(Row.person_id))).first() is not None


async def credit(
    session: AsyncSession,
    person_id: int,
    origin: str,
    programme: str,
    task_code: str,
    *,
    now: datetime,
) -> bool:
    """Counts by itself, once per origin (bulletin:12); False: it has counted already."""
    row = insert_into(session, Credit).values(
        **_key(person_id, programme, task_code), origin=origin, at=now
    )
    new = row.on_conflict_do_nothing(index_elements=["person_id", "origin"])
    return (await session.execute(new.returning(Credit.person_id))).first() is not None


async def take_back(session: AsyncSession, person_id: int, origin: str) -> bool:
    gone = delete(Credit).where(Credit.person_id == person_id, Credit.origin == origin)
    return (await session.execute(gone.returning(Credit.person_id))).first() is not None


async def of_person(session: AsyncSession, person_id: int) -> dict[tuple[str, str], Progress]:
    """By programme and task; a task that is not begun is not in it (`NOT_BEGUN`)."""
    found = await _progress(session, Row.person_id == person_id, Credit.person_id == person_id)
    return {(programme, task): state for (_, programme, task), state in found.items()}


async def of_people(
    session: AsyncSession, ids: Collection[int], programme: str
) -> dict[int, dict[str, Progress]]:
    """By person and task; everybody asked for is in it."""
    mine, credits = Row.programme_code == programme, Credit.programme_code == programme
    if len(ids) <= A_FEW:
        mine, credits = mine & Row.person_id.in_(ids), credits & Credit.person_id.in_(ids)
    people: dict[int, dict[str, Progress]] = {person: {} for person in ids}
    for (person, _, task), state in (await _progress(session, mine, credits)).items():
        if person in people:
            people[person][task] = state
    return people


async def _progress(
    session: AsyncSession, mine: ColumnElement[bool], credits: ColumnElement[bool]
) -> dict[tuple[int, str, str], Progress]:
    key = Credit.person_id, Credit.programme_code, Credit.task_code
    chosen = select(*key, func.count()).where(credits).group_by(*key)
    credited = {(one[0], one[1], one[2]): one[3] for one in await session.execute(chosen)}
    states = {key: Progress(number, credited=number) for key, number in credited.items()}
    for row in await session.scalars(select(Row).where(mine)):
        at = row.person_id, row.programme_code, row.task_code
        extra = credited.get(at, 0)
        states[at] = Progress(row.count + extra, row.done_at, extra)
    return states


async def done_pairs(session: AsyncSession, programmes: Sequence[Programme]) -> Done:
    """Everything that is done in these programmes, by `is_done`, at once. For planning there is
    done_pages, which goes through a large roster in steps."""
    names: dict[str, str] = {}  # a million rows share a few codes
    return frozenset(
        (person, names.setdefault(programme, programme), names.setdefault(task, task))
        for person, programme, task in await session.execute(select(done_in(programmes)))
    )


def done_in(programmes: Sequence[Programme]) -> Subquery:
    """(person, programme, task), a task that is done in both ways twice."""
    codes = [programme.code for programme in programmes]
    pressed = select(Row.person_id, Row.programme_code, Row.task_code).where(
        Row.done_at.is_not(None), Row.programme_code.in_(codes)
    )
    return union_all(pressed, _reached(programmes)).subquery("done")


def _reached(programmes: Sequence[Programme]) -> Select[tuple[int, str, str]]:
    goals = [
        (programme.code, task.code, goal.number)
        for programme in programmes
        for stage in programme.stages
        for task in stage.tasks
        if (goal := counted(task))
    ]
    tasks = [task for _, task, _ in goals]
    own = select(Row.person_id, Row.programme_code, Row.task_code, Row.count.label("number"))
    credits = select(
        Credit.person_id, Credit.programme_code, Credit.task_code, literal(1).label("number")
    )
    total = union_all(
        own.where(Row.count > 0, Row.task_code.in_(tasks)),
        credits.where(Credit.task_code.in_(tasks)),
    ).subquery("total")
    enough = (
        and_(
            total.c.programme_code == programme,
            total.c.task_code == task,
            func.sum(total.c.number) >= number,
        )
        for programme, task, number in goals
    )
    key = total.c.person_id, total.c.programme_code, total.c.task_code
    return select(*key).group_by(*key).having(or_(false(), *enough))


async def told(
    session: AsyncSession, person_id: int, deadlines: Iterable[Deadline], *, now: datetime
) -> None:
    """They have been told these days. A day that waits to be announced as moved, and whose new day
    is among these, need not be remembered any longer: its announcement is planned."""
    for programme, task, due in sorted(set(deadlines)):
        here = _key(person_id, programme, task)
        row = insert_into(session, ToldDeadline).values(**here, due=due, told_at=now)
        await session.execute(
            row.on_conflict_do_update(
                index_elements=[*here, "due"],
                set_={"replaced_by": None},
                where=ToldDeadline.replaced_by.is_not(None),
            )
        )
        await session.execute(
            delete(ToldDeadline).where(
                *_is(ToldDeadline, person_id, programme, task), ToldDeadline.replaced_by == due
            )
        )


async def told_to(session: AsyncSession, person_id: int) -> frozenset[Deadline]:
    """What they were told and what still held when it was last looked at."""
    rows = await session.scalars(
        select(ToldDeadline).where(
            ToldDeadline.person_id == person_id, ToldDeadline.replaced_by.is_(None)
        )
    )
    return frozenset((row.programme_code, row.task_code, row.due) for row in rows)


def _key(person_id: int, programme: str, task_code: str) -> dict[str, int | str]:
    return {"person_id": person_id, "programme_code": programme, "task_code": task_code}


def _is(
    table: type[Row] | type[Credit] | type[ToldDeadline],
    person_id: int,
    programme: str,
    task_code: str,
) -> tuple[ColumnElement[bool], ...]:
    return (
        table.person_id == person_id,
        table.programme_code == programme,
        table.task_code == task_code,
    )
