"""A printed schedule to a programme: dates, deadlines, amounts, and every doubt about them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.chinese.amounts import find_amounts
from knowledge.chinese.dates import DateMention, find_dates
from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import folded
from knowledge.programme.codes import programme_code, task_code
from knowledge.programme.printed import PrintedPlan, PrintedStage, PrintedTask
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Source

_HANDED_IN = ("完成", "提交", "上传", "上报", "报送", "截止", "交")
_LONG_BEFORE = timedelta(days=60)  # a stage that begins so much earlier belongs to the next year


@dataclass(frozen=True, slots=True)
class Draft:
    programme: Programme
    doubts: tuple[str, ...] = ()


def drafted(plan: PrintedPlan, source: Source, *, province: str, years: tuple[int, ...]) -> Draft:
    """The programme that the plan prints; nothing of it is left out, what is odd is a doubt."""
    code = programme_code(plan.title, province, years)
    doubts = list(plan.doubts)
    stages: list[Stage] = []
    for printed in plan.stages:
        period = _period(printed, years, stages[-1] if stages else None, doubts)
        if period:
            stages.append(_with_tasks(period, printed, code))
    programme = Programme(code, plan.title, source, tuple(stages), province, years)
    return Draft(programme, tuple(doubts))


def _period(
    printed: PrintedStage, years: tuple[int, ...], before: Stage | None, doubts: list[str]
) -> Stage | None:
    name = simplified(printed.name)
    mention = _dated(printed.when, years, before)
    if mention is None or not (mention.start or mention.end):
        return _undated(name, printed.when, years, before, doubts)
    starts = mention.start or (before.ends if before and mention.end else mention.end)
    ends = mention.end or starts
    assert starts
    assert ends
    if mention.reading:
        doubts.append(f"“{name}”阶段：{simplified(mention.reading)}。")
    elif mention.vague:
        doubts.append(f"“{name}”阶段：“{printed.when}”没有写明日子，按{starts}至{ends}计。")
    return Stage(name, min(starts, ends), ends, printed.when, simplified(mention.reading))


def _dated(when: str, years: tuple[int, ...], before: Stage | None) -> DateMention | None:
    """The dates of a stage; one that would lie long before the last stage is of the next year."""
    year = years[0] if years else None
    mention = next(iter(find_dates(when, year=year)), None)
    if mention is None or not (year and before and mention.start):
        return mention
    printed_year = str(mention.first.year) in folded(when)
    if printed_year or mention.start > before.starts - _LONG_BEFORE:
        return mention
    return find_dates(when, year=before.starts.year + 1)[0]


def _undated(
    name: str, when: str, years: tuple[int, ...], before: Stage | None, doubts: list[str]
) -> Stage | None:
    """A stage without a readable day keeps its tasks: it is taken to last as long as it may."""
    if not years:
        doubts.append(f"“{name}”阶段的时间“{when}”没有年份，无法排出日期。")
        return None
    starts = before.ends if before else date(years[0], 1, 1)
    ends = date(max(years[-1], starts.year), 12, 31)
    reading = f"原文没有写明时间，暂按{starts}至{ends}计"
    doubts.append(f"“{name}”阶段：{reading}。")
    return Stage(name, starts, ends, when, reading)


def _with_tasks(stage: Stage, printed: PrintedStage, programme: str) -> Stage:
    tasks = [_task(task, role, stage, programme) for role, tasks in printed.lists for task in tasks]
    return replace(stage, tasks=tuple(with_own_codes(tasks, stage.name, programme)))


def with_own_codes(tasks: Iterable[Task], stage: str, programme: str) -> Iterable[Task]:
    """Codes for tasks that have none; tasks of one title in one list are counted."""
    seen: Counter[tuple[str, str]] = Counter()
    for task in tasks:
        seen[task.role, task.title] += 1
        occurrence = seen[task.role, task.title]
        code = task_code(programme, stage, task.role, task.title, occurrence)
        yield replace(task, code=task.code or code)


def _task(printed: PrintedTask, role: str, stage: Stage, programme: str) -> Task:
    text = f"{printed.title}。{printed.detail}"
    due, due_text = deadline_in(text, stage)
    return Task(
        code="",
        role=simplified(role),
        position=printed.position,
        title=printed.title,
        detail=printed.detail,
        marks=printed.marks,
        due=due,
        due_text=due_text,
        amounts=amounts_in(printed.title, printed.detail),
    )


def deadline_in(text: str, stage: Stage) -> tuple[date | None, str]:
    """The first of the task's own deadlines, and the words of all of them."""
    mentions = [
        mention
        for year in dict.fromkeys((stage.starts.year, stage.ends.year))
        for mention in find_dates(text, year=year)
        if mention.end and _is_deadline(text, mention)
    ]
    within = [each for each in mentions if each.end and stage.starts <= each.end <= stage.ends]
    chosen = within or mentions
    days = [each.end for each in chosen if each.end]
    return min(days, default=None), "、".join(dict.fromkeys(each.text for each in chosen))


def _is_deadline(text: str, mention: DateMention) -> bool:
    after = folded(text[mention.stop : mention.stop + 6])
    return mention.relation == "前" or (
        mention.start == mention.end and after.startswith(_HANDED_IN)
    )


def amounts_in(*texts: str) -> tuple[Amount, ...]:
    """Every figure of a task once, as it is printed."""
    found: dict[tuple[float, str], Amount] = {}
    for text in texts:
        for each in find_amounts(text):
            amount = Amount(each.values[0], each.unit, each.text, each.bound)
            found.setdefault((amount.value, amount.unit), amount)
    return tuple(found.values())
