"""Which kinds of bulletin a programme speaks of, and which tasks ask to read them."""

import re
from collections.abc import Iterable

from knowledge.programme.values import Programme, Task

ANY_KIND = "简报"
_NAMED = re.compile(r"《([^《》]{0,20}简报)》")
_READS = re.compile(r"阅读|浏览|观看|查看|读")


def kinds_of(programme: Programme, role: str) -> list[str]:
    """The bulletins that this role's tasks ask to make, as named in quotes; then those of others.
    Never empty."""
    tasks = [task for stage in programme.stages for task in stage.tasks]
    own = [task for task in tasks if task.role == role and not _reads(task)]
    found = dict.fromkeys([*_names(own), *_names(tasks)])
    return list(found) or [ANY_KIND]


def reads_bulletins(task: Task) -> bool:
    """Whether the task is to read bulletins, not to make them."""
    return ANY_KIND in task.title + task.detail and _reads(task)


def _names(tasks: Iterable[Task]) -> Iterable[str]:
    for task in tasks:
        yield from _NAMED.findall(f"{task.title}。{task.detail}")


def _reads(task: Task) -> bool:
    return bool(_READS.search(task.title) or _READS.search(task.detail.partition("简报")[0]))
