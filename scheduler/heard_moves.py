"""Moved deadlines that somebody hears of by «已改期»: «更正» need not say the same once more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Programme, Stage, Task
from scheduler.hours import SHANGHAI
from scheduler.moved import MOVED, nearest
from storage import people, progress, told_moves
from storage.database import AnySession
from storage.progress import NOT_BEGUN, is_done

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Heard:
    title: str  # of the task
    old: date
    new: date

    def with_new_day(self, text: str) -> str:
        return re.sub(rf"(?<!\d){_day(self.old)}", _day(self.new), text)


async def moves_heard(
    session: AnySession, person_id: int, programmes: Sequence[Programme], *, now: datetime
) -> list[Heard]:
    """What is announced to them, or will be with the next tick."""
    tasks = {
        (programme.code, task.code): (stage, task)
        for programme in programmes
        for stage in programme.stages
        for task in stage.tasks
    }
    said = await told_moves.announced(session, MOVED, person_id, since=now - A_WEEK)
    found = [
        Heard(tasks[programme, code][1].title, old, new)
        for programme, code, old, new in said
        if (programme, code) in tasks
    ]
    theirs = await _theirs(session, person_id, tasks)
    today = now.astimezone(SHANGHAI).date()
    for programme, code, due in await told_moves.days_told(session, person_id):
        if (programme, code) in theirs:
            found += _moved_away(*tasks[programme, code], due, today)
    return found


def _moved_away(stage: Stage, task: Task, due: date, today: date) -> Iterator[Heard]:
    days = deadlines_of(task, stage)
    if days and due not in days and nearest(days, due) >= today:
        yield Heard(task.title, due, nearest(days, due))


async def _theirs(
    session: AnySession, person_id: int, tasks: dict[tuple[str, str], tuple[Stage, Task]]
) -> set[tuple[str, str]]:
    """What they still have to do: nobody hears that anything else moved."""
    person = await people.person(session, person_id)
    states = await progress.of_person(session, person_id)
    roles = {one.programme: one.role for one in (person.roles if person else ())}
    return {
        key
        for key, (_, task) in tasks.items()
        if roles.get(key[0]) == task.role and not is_done(task, states.get(key, NOT_BEGUN))
    }


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
