"""Questions about roles and days, answered from the programmes: whose, by when, which stage."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from knowledge.answering.framing import word_set
from knowledge.answering.periods import BEFORE, MONTH, last_day_of, period_of
from knowledge.answering.question_words import Kind
from knowledge.answering.questions import Question
from knowledge.answering.verdicts import Asker, Option
from knowledge.answering.which_stage import ASKS_STAGE, stages_said
from knowledge.answering.wording import day, short
from knowledge.chinese.normal import normal, simplified
from knowledge.programme.deadlines import deadlines_of, next_due
from knowledge.programme.values import Programme, Stage, Task, due_of
from knowledge.sources import Source

DETAIL = 26  # characters of a task without a figure; nine of them still fit on a phone
NOTHING_DUE = "这段时间没有到期的任务，还在进行的有："
_LISTS = re.compile(r"(?:任务|职责|事情?|工作|作业|安排|要求|内容|做|干|完成|交|提交)")
_NEXT = re.compile(
    r"(?:下一?[个次项]|最近的?|接下来)[^?？，,]{0,4}(?:要|该)?(?:交|提交|完成|做)[^?？，,]{0,6}(?:日子|日期|期限|时间|哪天|几号|什么时候)|"
    r"(?:下一?个|最近的?|还有.{0,4}天|离|距离?|什么时候|哪天|几号).{0,6}截止|截止.{0,8}(?:还有|几天|哪天|什么时候|几号|是)|还有多久|还剩(?:几|多少)天|(?:马上|快|要|即将|快要)到期|到期的|要截止|今天.{0,6}截止|临近的?截止"
)
_PAPERS = {"材料", "作业", "资料"}  # 这个月要交什么材料 asks for the tasks
_WHERETO = {"平台", "系统", "网上", "线上", "空间", "群里"}  # as 还要传什么到平台 does


@dataclass(frozen=True, slots=True)
class Listing:
    """A reply made from a programme."""

    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class WhichRole:
    """The question fits several roles and the asker's is not known."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Mine:
    """A task of somebody, with the stage that it belongs to."""

    stage: Stage
    task: Task

    @property
    def due(self) -> date:
        return due_of(self.task, self.stage)


def answer_from_schedule(
    question: Question, asker: Asker, programmes: Sequence[Programme], role: str
) -> Listing | WhichRole | None:
    """None where the question is about something else."""
    asks_stage = ASKS_STAGE.search(question.text)
    dated = BEFORE.search(question.text)
    period = period_of(question.text, asker.today)
    terms = [
        term
        for term in question.terms
        if not (asks_stage and (len(term) == 1 or term in word_set("staging")))
        and not (dated and term in dated[0])
        and not ((period or question.asked.kind is Kind.TASKS) and term in _PAPERS)
        and not (question.asked.kind is Kind.TASKS and term in _WHERETO)
    ]
    applying = [
        programme
        for programme in programmes
        if _applies(programme, question, asker)
        and all(_is_generic(term) or term in normal(programme.title) for term in terms)
    ]
    if not applying:
        return None
    applying = [one for one in applying if one.code in asker.programmes] or applying
    if asks_stage:
        return _listing(stages_said(question.text, applying, asker.today), applying)
    if _NEXT.search(question.text) and not question.stages:
        return _next_deadline(applying, question, role, asker.today)
    if _is_listing(question, role):
        return _tasks(question, asker, applying, role)
    return None


def _is_generic(term: str) -> bool:
    return term in word_set("generic") or term.isdigit() or bool(MONTH.fullmatch(term))


def _is_listing(question: Question, role: str) -> bool:
    if question.asked.kind is Kind.TASKS:
        return True
    bare = question.asked.kind in (Kind.OPEN, Kind.WHAT, Kind.HOW)
    return (
        bare
        and bool(role or question.roles or question.stages)
        and bool(_LISTS.search(question.text))
    )


def _applies(programme: Programme, question: Question, asker: Asker) -> bool:
    provinces = question.provinces or ((asker.province,) if asker.province else ())
    years = question.years or ((asker.year,) if asker.year else ())
    stages = {stage.name for stage in programme.stages}
    return (
        (not provinces or not programme.province or programme.province in provinces)
        and (not years or not programme.years or bool(set(years) & set(programme.years)))
        and (not question.stages or bool(set(question.stages) & stages))
        and (not question.roles or bool(question.kin & set(programme.roles)))
    )


def _next_deadline(
    programmes: Sequence[Programme], question: Question, role: str, today: date
) -> Listing:
    days = [
        (next_due(one.task, one.stage, today), one) for one in _of_role(programmes, question, role)
    ]
    ahead = [(due, mine) for due, mine in days if due >= today]
    if not ahead:
        return _listing(["没有还没到期的任务了。"], programmes)
    first = min(due for due, _ in ahead)
    due = [mine for when, mine in ahead if when == first]
    left = (first - today).days
    names = "、".join(dict.fromkeys(simplified(mine.task.title) for mine in due))
    when = f"还有{left}天" if left else "就是今天"
    who = f"{role}的" if role else ""
    text = f"{who}下一个截止日是{day(first)}（{when}）：{names}。"
    return _listing([text], programmes)


def _tasks(
    question: Question, asker: Asker, programmes: Sequence[Programme], role: str
) -> Listing | WhichRole | None:
    roles = question.roles or ((role,) if role else ())
    if not roles:
        return _which_role(question, programmes)
    period = period_of(question.text, asker.today)
    last = last_day_of(question.text, asker.today)
    stages = set(question.stages)
    chosen = [
        mine
        for mine in _of_role(programmes, question, *roles)
        if (mine.stage.name in stages if stages else _falls_in(mine, period, asker.today))
    ]
    if last and not stages:
        period = asker.today, last
        under_way = [
            mine
            for mine in _of_role(programmes, question, *roles)
            if _falls_in(mine, period, asker.today)
        ]
        chosen = [mine for mine in under_way if mine.due <= last] or under_way
    if not chosen and not stages and period is None:
        chosen = _next_stage(_of_role(programmes, question, *roles), asker.today)
    if not chosen and not stages:
        return _listing([f"{'、'.join(roles)}在这段时间没有任务。"], programmes)
    if not chosen:
        return None
    named = [one for one in programmes if any(mine.stage in one.stages for mine in chosen)]
    lines = _grouped(chosen) if stages else _by_day(chosen, asker.today)
    calm = period is not None and not any(_is_due(mine, *period) for mine in chosen)
    return _listing([NOTHING_DUE, *lines] if calm else lines, named)


def _which_role(question: Question, programmes: Sequence[Programme]) -> WhichRole:
    names = dict.fromkeys(role for programme in programmes for role in programme.roles)
    return WhichRole(tuple(Option(name, f"{name}{question.text}") for name in names))


def _of_role(programmes: Sequence[Programme], question: Question, *roles: str) -> list[Mine]:
    """The tasks of these roles, under the name that each programme has for them; of all where the
    role is not known ("")."""
    return [
        Mine(stage, task)
        for programme in programmes
        for stage in programme.stages
        for task in stage.tasks
        if not any(roles) or task.role in _called_in(programme, question, roles)
    ]


def _called_in(programme: Programme, question: Question, roles: Sequence[str]) -> frozenset[str]:
    there = frozenset(programme.roles)
    return there & frozenset(roles) or there & (question.kin or question.mine)


def _falls_in(mine: Mine, period: tuple[date, date] | None, today: date) -> bool:
    if period:  # a task may be due before its stage is said to begin
        return min(mine.stage.starts, mine.due) <= period[1] and mine.due >= period[0]
    return mine.stage.starts <= today <= mine.stage.ends


def _is_due(mine: Mine, first: date, last: date) -> bool:
    return any(first <= due <= last for due in deadlines_of(mine.task, mine.stage))


def _next_stage(tasks: Sequence[Mine], today: date) -> list[Mine]:
    """Between two stages, what comes next."""
    ahead = [mine for mine in tasks if mine.stage.starts > today]
    first = min((mine.stage.starts for mine in ahead), default=None)
    return [mine for mine in ahead if mine.stage.starts == first]


def _by_day(chosen: Sequence[Mine], today: date) -> list[str]:
    """What is due next comes first; what has no day of its own comes last."""

    def when(mine: Mine) -> tuple[int, date]:
        due = next_due(mine.task, mine.stage, today)
        if mine.task.due is None:
            return 2, date.min
        return (0, due) if due >= today else (1, due)

    lines: list[str] = []
    for stage, together in groupby(sorted(chosen, key=when), key=lambda mine: mine.stage):
        several = len({mine.task.role for mine in chosen if mine.stage is stage}) > 1
        lines.append(_heading(chosen, stage))
        for mine in together:
            due = next_due(mine.task, mine.stage, today) if mine.task.due else None
            lines.append(f"· {_said(mine, several=several)}{_left(due, today)}")
    return lines


def _left(due: date | None, today: date) -> str:
    if due is None:
        return ""
    left = (due - today).days
    days = f"还有{left}天" if left > 0 else "已过" if left else "就是今天"
    return f"，{due.month}月{due.day}日前，{days}"


def _grouped(chosen: Sequence[Mine]) -> list[str]:
    """Under each stage, for the roles as its programme calls them."""
    lines: list[str] = []
    for stage in dict.fromkeys(mine.stage for mine in chosen):
        several = len({mine.task.role for mine in chosen if mine.stage is stage}) > 1
        lines.append(_heading(chosen, stage))
        for mine in chosen:
            if mine.stage is stage:
                due = mine.task.due
                own = f"，{due.month}月{due.day}日前" if due else ""
                lines.append(f"{mine.task.position}. {_said(mine, several=several)}{own}")
    return lines


def _heading(chosen: Sequence[Mine], stage: Stage) -> str:
    roles = dict.fromkeys(mine.task.role for mine in chosen if mine.stage is stage)
    who = "、".join(map(simplified, roles))
    return f"{who} · {simplified(stage.name)}（{simplified(stage.when)}）"


def _said(mine: Mine, *, several: bool) -> str:
    task = mine.task
    amounts = "，".join(dict.fromkeys(simplified(amount.text) for amount in task.amounts))
    amounts = amounts or short(simplified(task.detail).rstrip("。"), DETAIL)
    who = f"[{task.role}] " if several else ""
    return f"{who}{simplified(task.title)}{f'（{amounts}）' if amounts else ''}"


def _listing(lines: Sequence[str], programmes: Sequence[Programme]) -> Listing:
    sources = tuple(programme.source for programme in programmes)
    cited = "；".join(dict.fromkeys(f"《{simplified(source.title)}》" for source in sources))
    return Listing("\n".join([*lines, f"来源：{cited}"]), sources)
