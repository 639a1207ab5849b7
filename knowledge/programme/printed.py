"""A schedule as it is printed, before anything is understood: stages, roles, numbered tasks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.chinese.dates import find_dates
from knowledge.chinese.numerals import folded, number_of

MARKS = "*○△☆★●▲◎□■◆◇√#▽※"
_NUMBERED = re.compile(
    rf"(?:^|(?<=[\s。;]))(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)"
    r"(?:\((?P<bracketed>\d{1,2})\)|(?P<plain>\d{1,2})\s*[.、)])\s*"
)
_CIRCLED = re.compile(rf"(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)(?P<circled>[①-⑳]|[⑴-⒇])[.、]?\s*")
_A_DAY = re.compile(r"(?:\d{4}\s*年|\d{1,2}\s*[月日号])")
_SPELLED = re.compile(
    rf"(?:^|(?<=[\s。;,]))(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)"
    r"(?:\((?P<in_brackets>[一二三四五六七八九十]{1,2})\)|第?(?P<spelled>[一二三四五六七八九十]{1,2})[是、,])\s*"
)
_BULLET = re.compile(rf"^\s*(?P<marks>(?:[{re.escape(MARKS)}]\s*)*)[-–—•·▪►➢]?\s*")
_BULLETED = re.compile(rf"\s*[-–—•·▪►➢{re.escape(MARKS)}]")
_BULLET_INSIDE = re.compile(r"(?<=[^\s•])\s*[•▪►➢]")
_LONE_NUMBER = re.compile(r"\(?\d{1,2}[.、)](?!\d)\s*")
_ON_ITS_OWN = re.compile(
    r"(?!\s*(?:并|且|其中|每[篇份次条门节期本个件]|不少于|由|如|即|同时|否则|逾期))\s*[^\s]{2}"
)
_COLON = r":(?:(?<!\d:)|(?!\d\d))"  # not that of 21:00
_TITLE = re.compile(rf"(?P<title>(?:[^。:;]|(?!{_COLON}):){{1,24}}?)\s*(?P<end>[。;]|{_COLON})\s*")
_LONGEST_TITLE = 24
_TO_A_DAY = re.compile(r"(?:请|须|应|需|必须)?[于在]?")


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
    starts = starts or _at_least_two(list(_in_sequence(_SPELLED.finditer(plain), plain)))
    stops = [*(start.start() for start in starts[1:]), len(text)]
    lists: list[list[PrintedTask]] = []
    for start, stop in zip(starts, stops, strict=False):
        number = _number(start)
        if number == 1:
            lists.append([])
        marks = "".join(text[start.start("marks") : start.end("marks")].split())
        lists[-1].append(_task(marks, number, text[start.end() : stop]))
    return [tuple(tasks) for tasks in lists]


def _at_least_two(starts: list[re.Match[str]]) -> list[re.Match[str]]:
    """一、 alone numbers nothing, and what stands before it is no task."""
    return starts if len(starts) > 1 and starts[0].start() == 0 else []


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
    if spelled := groups.get("spelled") or groups.get("in_brackets"):
        return int(number_of(spelled) or 0)
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
    """The tasks of one cell: numbered ones, bulleted ones, else one on each line or in each part
    of a sentence that semicolons divide."""
    if lists := task_lists(text):
        tasks = [task for tasks in lists for task in tasks]
        return tuple(replace(task, position=at) for at, task in enumerate(tasks, 1))
    return tuple(_unnumbered(position, part) for position, part in enumerate(_parts(text), 1))


def _parts(text: str) -> list[str]:
    lines = [line.strip() for line in _BULLET_INSIDE.sub("\n•", text).splitlines()]
    lines = [line for line in lines if re.search(r"\w", line)]
    if lines and _BULLETED.match(folded(lines[0])):
        return _from_one_to_the_next(lines, _BULLETED)
    if len(lines) == 1 and not re.search("[。:].*;", folded(lines[0])):
        parts = [part for part in re.split("[;；]", lines[0]) if re.search(r"\w", part)]
        return _from_one_to_the_next(parts, _ON_ITS_OWN)
    return lines


def _from_one_to_the_next(parts: Sequence[str], opening: re.Pattern[str]) -> list[str]:
    """What does not open a task goes on with the one before."""
    joined: list[str] = []
    for part in parts:
        if joined and not opening.match(folded(part)):
            joined[-1] += ("" if opening is _BULLETED else "；") + part
        else:
            joined.append(part)
    return joined


def _unnumbered(position: int, line: str) -> PrintedTask:
    bullet = _BULLET.match(line)
    assert bullet
    marks = "".join(bullet["marks"].split())
    rest = line[bullet.end() :]
    number = _LONE_NUMBER.match(folded(rest))
    return _task(marks, position, rest[number.end() :] if number else rest)


def _task(marks: str, number: int, text: str) -> PrintedTask:
    """观评课。登录… -> 观评课 + 登录…; without such a head the first clause is the title."""
    text = " ".join(text.split()).rstrip("；; ")
    if after_day := _after_leading_day(text):
        return PrintedTask(marks, number, _clause(text[after_day:]), text)
    plain = folded(text)
    if (head := _TITLE.match(plain)) and (head["end"] != "。" or "," not in head["title"]):
        title = text[head.start("title") : head.end("title")]
        return PrintedTask(marks, number, title, text[head.end() :])
    title = _clause(text)
    return PrintedTask(marks, number, title, "" if title == text else text)


def _clause(text: str) -> str:
    """The first clause, as far as a title goes."""
    plain = folded(text)
    clause = re.split(r"[,。;、(]", plain, maxsplit=1)[0] or plain
    return text[: min(len(clause), _LONGEST_TITLE)]


def _after_leading_day(text: str) -> int:
    """Where 10月29日前 ends that a task begins with: the day is no part of its name."""
    first = next(iter(find_dates(text)), None)
    if first is None or first.relation != "前" or not _TO_A_DAY.fullmatch(text[: first.begin]):
        return 0
    return first.stop if re.match(r"[\u4e00-\u9fff]{2}", text[first.stop :]) else 0
