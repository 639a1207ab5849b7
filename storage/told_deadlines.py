"""Days that people were told and that are deadlines no longer."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import ColumnElement, and_, or_, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import ToldDeadline as Row
from storage.progress import Deadline

Days = Mapping[str, Sequence[date]]  # the deadlines of each task, in order
TASKS_AT_ONCE = 50  # in one statement
KEY = Row.person_id, Row.programme_code, Row.task_code, Row.due


@dataclass(frozen=True, slots=True)
class Told:
    person_id: int
    programme: str
    task: str
    due: date


async def moved_away(
    session: AsyncSession, programme: str, days: Days, *, limit: int
) -> list[Told]:
    """Told days that are no deadline of their task now, and of which nothing was planned yet that
    still holds. In the order of the people."""
    found: list[Told] = []
    for some in _in_parts(days):
        # One look-up in the index for each span: an OR of them would read every row.
        spans = union_all(
            *(
                select(*KEY).where(*_of(programme, task), span, _unsaid(due))
                for task, due in some
                for span in _elsewhere(due)
            )
        ).subquery()
        rows = select(spans).order_by(spans.c.person_id).limit(limit - len(found))
        found += [Told(*row) for row in await session.execute(rows)]
    return sorted(found, key=lambda told: told.person_id)


async def will_announce(session: AsyncSession, new: Mapping[Told, date]) -> list[Told]:
    """Those that are ours to announce: nobody else plans them already. In the same order."""
    together: defaultdict[tuple[Deadline, date], list[int]] = defaultdict(list)
    for told, day in new.items():
        together[(told.programme, told.task, told.due), day].append(told.person_id)
    ours: set[Told] = set()
    for ((programme, task, due), day), people in together.items():
        marked = (
            update(Row)
            .where(*_of(programme, task), Row.due == due, Row.person_id.in_(people))
            .where(or_(Row.replaced_by.is_(None), Row.replaced_by != day))
            .values(replaced_by=day)
            .returning(*KEY)
            .execution_options(synchronize_session=False)
        )
        ours.update(Told(*row) for row in await session.execute(marked))
    return [told for told in new if told in ours]


async def waiting(session: AsyncSession) -> list[Deadline]:
    """The days that wait to be announced as moved."""
    rows = await session.execute(
        select(Row.programme_code, Row.task_code, Row.due)
        .where(Row.replaced_by.is_not(None))  # nothing else, or another index would be taken
        .distinct()
    )
    return [(programme, task, due) for programme, task, due in rows]


async def hold_again(session: AsyncSession, deadlines: Sequence[Deadline]) -> None:
    """They moved back before anybody heard of it."""
    for programme, task, due in deadlines:
        await session.execute(
            update(Row)
            .where(*_of(programme, task), Row.due == due, Row.replaced_by.is_not(None))
            .values(replaced_by=None)
            .execution_options(synchronize_session=False)
        )


def _in_parts(days: Days) -> list[list[tuple[str, Sequence[date]]]]:
    tasks = [(task, due) for task, due in days.items() if due]
    return [tasks[at : at + TASKS_AT_ONCE] for at in range(0, len(tasks), TASKS_AT_ONCE)]


def _elsewhere(days: Sequence[date]) -> list[ColumnElement[bool]]:
    between = [and_(Row.due > one, Row.due < other) for one, other in pairwise(days)]
    return [Row.due < days[0], *between, Row.due > days[-1]]


def _unsaid(days: Sequence[date]) -> ColumnElement[bool]:
    return or_(Row.replaced_by.is_(None), Row.replaced_by.not_in(days))


def _of(programme: str, task: str) -> tuple[ColumnElement[bool], ...]:
    return Row.programme_code == programme, Row.task_code == task
