"""What a page of the roster has done: to plan for a million people without all their progress."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from knowledge.programme.values import Task
from storage.models import Credit, Progress
from storage.progress import Done, is_done
from storage.progress import Progress as State

TASKS_BY_NAME = 500  # more are not named in the question, but picked from the answer

Tasks = Mapping[tuple[str, str], Task]  # by programme and code


async def done_between(session: AsyncSession, first: int, last: int, tasks: Tasks) -> Done:
    """Which of these tasks the people from `first` to `last` have done."""
    if not tasks:
        return frozenset()
    credits = await _credits(session, first, last, tasks)
    states = {key: State(number) for key, number in credits.items()}
    chosen = select(
        Progress.person_id,
        Progress.programme_code,
        Progress.task_code,
        Progress.count,
        Progress.done_at,
    ).where(Progress.person_id.between(first, last))
    if len(tasks) <= TASKS_BY_NAME:
        chosen = chosen.where(Progress.task_code.in_({code for _, code in tasks}))
    for person, programme, code, count, done_at in await session.execute(chosen):
        key = person, programme, code
        states[key] = State(count + credits.get(key, 0), done_at)
    return frozenset(
        key
        for key, state in states.items()
        if (task := tasks.get(key[1:])) and is_done(task, state)
    )


async def _credits(
    session: AsyncSession, first: int, last: int, tasks: Tasks
) -> dict[tuple[int, str, str], int]:
    key = Credit.person_id, Credit.programme_code, Credit.task_code
    chosen = select(*key, func.count()).where(Credit.person_id.between(first, last)).group_by(*key)
    if len(tasks) <= TASKS_BY_NAME:
        chosen = chosen.where(Credit.task_code.in_({code for _, code in tasks}))
    return {(row[0], row[1], row[2]): row[3] for row in await session.execute(chosen)}
