"""A schedule as it is printed, before anything is understood: stages, roles, numbered tasks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.chinese.dates import find_dates
from knowledge.chinese.numerals import folded

MARKS = "*○△☆★●▲◎□■◆◇√#▽※"
_NUMBERED = re.compile(
    rf"(?:^|(?<=[\s。;]))(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)"
    r"(?:\((?P<bracketed>\d{1,2})\)|(?P<plain>\d{1,2})\s*[.、)])\s*"
)
_CIRCLED = re.compile(rf"(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)(?P<circled>[①-⑳]|[⑴-⒇])[.、]?\s*")
_A_DAY = re.compile(r"(?:\d{4}\s*年|\d{1,2}\s*[月日号])")
_BULLET = re.compile(rf"^\s*(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)[-•·]?\s*")
_COLON = r":(?:(?<!\d:)|(?!\d\d))"  # not that of 21:00
_TITLE = re.compile(rf"(?P<title>(?:[^。:;]|(?!{_COLON}):){{1,24}}?)\s*(?P<end>[。;]|{_COLON})\s*")
_LONGEST_TITLE = 24


@dataclass(frozen=True, slots=True)
class PrintedTask:
    marks: str
    position: int
    title: str
    detail: str
    amounts: tuple[str, ...] = ()  # from columns of their own: 2篇
    due: str = ""  # from a column of its own: 8月15日


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

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(role for stage in self.stages for role, _ in stage.lists))


def joined(plans: Sequence[PrintedPlan]) -> PrintedPlan:
    """Tables of one programme, one for each role or one for each stage, as one plan."""
    stages: dict[str, PrintedStage] = {}
    for stage in (stage for plan in plans for stage in plan.stages):
        before = stages.get(stage.name)
        stages[stage.name] = _with_lists_of(before, stage) if before else stage
    doubts = dict.fromkeys(doubt for plan in plans for doubt in plan.doubts)
    return PrintedPlan(plans[0].title, tuple(stages.values()), tuple(doubts))


def _with_lists_of(stage: PrintedStage, more: PrintedStage) -> PrintedStage:
    lists = dict(stage.lists)
    for role, tasks in more.lists:
        own = lists.get(role, ())
        lists[role] = (
            *own,
            *(replace(task, position=len(own) + at) for at, task in enumerate(tasks, 1)),
        )
    return PrintedStage(stage.name, stage.when or more.when, tuple(lists.items()))


def task_lists(text: str) -> list[tuple[PrintedTask, ...]]:
    """Lists of numbered tasks; each number 1 begins the next list."""
    plain = folded(text)
    starts = list(_in_sequence(_NUMBERED.finditer(plain), plain))
    starts = starts or list(_in_sequence(_CIRCLED.finditer(plain), plain))
    stops = [*(start.start() for start in starts[1:]), len(text)]
    lists: list[list[PrintedTask]] = []
    for start, stop in zip(starts, stops, strict=False):
        number = _number(start)
        if number == 1:
            lists.append([])
        marks = "".join(text[start.start("marks") : start.end("marks")].split())
        lists[-1].append(_task(marks, number, text[start.end() : stop]))
    return [tuple(tasks) for tasks in lists]


def _in_sequence(matches: Iterator[re.Match[str]], plain: str) -> Iterator[re.Match[str]]:
    """Only numbers that carry a list on or begin one: 2015. and 3. in a sentence do neither."""
    expected = 1
    for match in matches:
        number = _number(match)
        if number == expected or (number == 1 and not _goes_on_in_digits(match, plain)):
            if _goes_on_in_digits(match, plain) and not _may_stand_before_digits(match, plain):
                continue
            expected = number + 1
            yield match


def _number(match: re.Match[str]) -> int:
    groups = match.groupdict()
    if mark := groups.get("circled"):
        return ord(mark) - ord("①" if mark <= "⑳" else "⑴") + 1
    return int(groups["bracketed"] or groups["plain"])


def _goes_on_in_digits(match: re.Match[str], plain: str) -> bool:
    printed = bool(match.groupdict().get("plain"))
    return printed and plain[match.end() : match.end() + 1].isdigit()


def _may_stand_before_digits(match: re.Match[str], plain: str) -> bool:
    """3.8月10日前 is an item and a day where 3 was awaited; 2.5小时 is an amount in a line."""
    begins_line = not plain[: match.start()].strip(" ") or plain[match.start() - 1] == "\n"
    return begins_line or bool(_A_DAY.match(plain, match.end()))


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
    if after_day := _after_leading_day(text):
        return PrintedTask(marks, number, _clause(text[after_day:]), text)
    plain = folded(text)
    if (head := _TITLE.match(plain)) and (head["end"] != "。" or "," not in head["title"]):
        title = text[head.start("title") : head.end("title")]
        return PrintedTask(marks, number, title, text[head.end() :])
    return PrintedTask(marks, number, _clause(text), text)


def _clause(text: str) -> str:
    """The first clause, as far as a title goes."""
    plain = folded(text)
    clause = re.split(r"[,。;、(]", plain, maxsplit=1)[0] or plain
    return text[: min(len(clause), _LONGEST_TITLE)]


def _after_leading_day(text: str) -> int:
    """Where 10月29日前 ends that a task begins with: the day is no part of its name."""
    first = next(iter(find_dates(text)), None)
    if first is None or first.begin > 0 or first.relation != "前":
        return 0
    return first.stop if re.match(r"[\u4e00-\u9fff]{2}", text[first.stop :]) else 0
