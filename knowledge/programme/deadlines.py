"""Every day by which something of a task is due: 9月20日前…，9月30日前… are two."""

import re
from datetime import date

from knowledge.chinese.dates import find_dates
from knowledge.programme.values import Stage, Task, due_of

_REMARK = re.compile(r"（[^）]*）")  # （原为8月10日，按…改为8月25日）


def deadlines_of(task: Task, stage: Stage) -> tuple[date, ...]:
    """The first deadline and those that `due_text` names after it; else the end of the stage."""
    first = due_of(task, stage)
    if task.due is None:
        return (first,)
    named = find_dates(_REMARK.sub("", task.due_text), year=first.year)
    later = {day for mention in named if (day := mention.end or mention.start) and day > first}
    return (first, *sorted(later))


def next_due(task: Task, stage: Stage, today: date) -> date:
    """The deadline that lies ahead, today included; when all have passed, the last."""
    days = deadlines_of(task, stage)
    return next((day for day in days if day >= today), days[-1])
