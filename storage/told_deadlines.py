"""Days that people were told and that are deadlines no longer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.models import ToldDeadline as Row

Days = Mapping[str, Sequence[date]]  # the deadlines of each task, in order
TASKS_AT_ONCE = 50  # terms in one condition


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
        gone = or_(
            *(and_(Row.task_code == task, _elsewhere(due), _unsaid(due)) for task, due in some)
        )
        chosen = select(Row).where(Row.programme_code == programme, gone)
        rows = await session.scalars(chosen.order_by(Row.person_id).limit(limit - len(found)))
        found += [Told(row.person_id, row.programme_code, row.task_code, row.due) for row in rows]
    return sorted(found, key=lambda told: told.person_id)


async def will_announce(session: AsyncSession, new: Mapping[Told, date]) -> list[Told]:
    """Those that are ours to announce: nobody else plans them already."""
    ours = []
    for told, day in new.items():
        marked = (
            update(Row)
            .where(*_is(told), or_(Row.replaced_by.is_(None), Row.replaced_by != day))
            .values(replaced_by=day)
            .returning(Row.person_id)
            .execution_options(synchronize_session=False)
        )
        if (await session.execute(marked)).first() is not None:
            ours.append(told)
    return ours


async def moved_back(session: AsyncSession, programme: str, days: Days) -> list[Told]:
    """Days that were to be announced as moved, and hold again."""
    found: list[Told] = []
    for some in _in_parts(days):
        again = or_(*(and_(Row.task_code == task, Row.due.in_(due)) for task, due in some))
        rows = await session.scalars(
            select(Row).where(Row.replaced_by.is_not(None), Row.programme_code == programme, again)
        )
        found += [Told(row.person_id, row.programme_code, row.task_code, row.due) for row in rows]
    return found


async def holds_again(session: AsyncSession, told: Sequence[Told]) -> None:
    for one in told:
        await session.execute(
            update(Row)
            .where(*_is(one))
            .values(replaced_by=None)
            .execution_options(synchronize_session=False)
        )


def _in_parts(days: Days) -> list[list[tuple[str, Sequence[date]]]]:
    tasks = [(task, due) for task, due in days.items() if due]
    return [tasks[at : at + TASKS_AT_ONCE] for at in range(0, len(tasks), TASKS_AT_ONCE)]


def _elsewhere(days: Sequence[date]) -> ColumnElement[bool]:
    """As spans between the days: an index finds them, which it does not for NOT IN."""
    between = (and_(Row.due > one, Row.due < other) for one, other in pairwise(days))
    return or_(Row.due < days[0], Row.due > days[-1], *between)


def _unsaid(days: Sequence[date]) -> ColumnElement[bool]:
    return or_(Row.replaced_by.is_(None), Row.replaced_by.not_in(days))


def _is(told: Told) -> tuple[ColumnElement[bool], ...]:
    return (
        Row.person_id == told.person_id,
        Row.programme_code == told.programme,
        Row.task_code == told.task,
        Row.due == told.due,
    )
