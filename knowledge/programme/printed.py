"""A schedule as it is printed, before anything is understood: stages, roles, numbered tasks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.chinese.numerals import folded

MARKS = "*○△☆★●▲◎□■◆◇√#▽※"
_NUMBERED = re.compile(
    rf"(?:^|(?<=[\s。;]))(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)"
    r"(?:\((?P<bracketed>\d{1,2})\)|(?P<plain>\d{1,2})\s*[.、)](?!\d))\s*"
)
_BULLET = re.compile(rf"^\s*(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)[-•·]?\s*")
_TITLE = re.compile(r"(?P<title>[^。:;]{1,24}?)\s*(?P<end>[。:;])\s*")
_LONGEST_TITLE = 24


@dataclass(frozen=True, slots=True)
class PrintedTask:
    marks: str
    position: int
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class PrintedStage:
    """`lists`: the tasks of each role, in the order of the table."""

    name: str
    when: str
    lists: tuple[tuple[str, tuple[PrintedTask, ...]], ...]


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    title: str
    stages: tuple[PrintedStage, ...]
    doubts: tuple[str, ...] = ()


def task_lists(text: str) -> list[tuple[PrintedTask, ...]]:
    """Lists of numbered tasks; each number 1 begins the next list."""
    plain = folded(text)
    starts = list(_in_sequence(_NUMBERED.finditer(plain)))
    stops = [*(start.start() for start in starts[1:]), len(text)]
    lists: list[list[PrintedTask]] = []
    for start, stop in zip(starts, stops, strict=False):
        number = int(start["bracketed"] or start["plain"])
        if number == 1:
            lists.append([])
        marks = "".join(text[start.start("marks") : start.end("marks")].split())
        lists[-1].append(_task(marks, number, text[start.end() : stop]))
    return [tuple(tasks) for tasks in lists]


def _in_sequence(matches: Iterator[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Only numbers that carry a list on or begin one: 2015. and 3. in a sentence do neither."""
    expected = 1
    for match in matches:
        number = int(match["bracketed"] or match["plain"])
        if number in (1, expected):
            expected = number + 1
            yield match


def tasks_of_cell(text: str) -> tuple[PrintedTask, ...]:
    """The tasks of one cell: numbered ones, else one on each line."""
    if lists := task_lists(text):
        tasks = [task for tasks in lists for task in tasks]
        return tuple(
            PrintedTask(task.marks, position, task.title, task.detail)
            for position, task in enumerate(tasks, 1)
        )
    lines = [line for line in text.splitlines() if re.search(r"\w", line)]
    return tuple(_unnumbered(position, line) for position, line in enumerate(lines, 1))


def _unnumbered(position: int, line: str) -> PrintedTask:
    bullet = _BULLET.match(line)
    assert bullet
    marks = "".join(bullet["marks"].split())
    return _task(marks, position, line[bullet.end() :])


def _task(marks: str, number: int, text: str) -> PrintedTask:
    """观评课。登录… -> 观评课 + 登录…; without such a head the first clause is the title."""
    text = " ".join(text.split())
    plain = folded(text)
    if (head := _TITLE.match(plain)) and (head["end"] != "。" or "," not in head["title"]):
        title = text[head.start("title") : head.end("title")]
        return PrintedTask(marks, number, title, text[head.end() :])
    clause = re.split(r"[,。;、(]", plain, maxsplit=1)[0] or plain
    return PrintedTask(marks, number, text[: min(len(clause), _LONGEST_TITLE)], text)
