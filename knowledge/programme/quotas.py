"""Tasks that count up (回答10个问题, 编3期简报), and what counts towards which of them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from knowledge.chinese.numerals import folded, words
from knowledge.names import bare_name
from knowledge.programme.values import Amount, Programme, Stage, Task

_UNITS = frozenset(
    words("期 篇 份 次 节 门 条 场 件 张 讲 章 项 轮 支 套 册 本 幅 集 堂 例 题 课次")
)
_NOT_COUNTED = re.compile(
    r"个(?:半?月|工作日|自然日|学时|课时|小时|学期|学年|百分点|名额|人|学员|教师|老师)"
)
_AT_MOST = re.compile(r"不得?(?:超过|多于|高于|大于)|[至最][多高]|不足|小于|以[内下]|内|<|≤|第")
_PER = re.compile(r"每(?!人|位|名|组|个人)|[为给对与向]每")  # 每周1期, 为每名学员写1条
_ABOUT = re.compile(r"(?:就|对|针对|围绕|从|根据|依据|结合|按照?|基于)$")  # 就6节课例…写报告
_FIRST_DONE = re.compile(r"[^,。;]*?(?:后|时|基础上)(?:[,。;]|$)|[^,。;]{1,8}后")  # 看完6节后…
_CLAUSE_ENDS = ",。;:、\n"
_CLAUSE_END = re.compile(f"[{_CLAUSE_ENDS}]")
_ANSWERS = re.compile(r"答|回应|回复")
_QUESTIONS = re.compile(r"个|条|次|题")
_BULLETIN = "简报"
_QUOTED = re.compile(r"《[^》]*》")
_READS = re.compile(r"阅读|浏览|观看|查看|学习$|(?<!解)读")
_MAKES = re.compile(  # what may stand between these and 简报 is the name of a kind
    r"编写|编辑|编制|编发|制作|发布|撰写|上传|提交|报送|印发|推送|完成|不少于|至少|学科|各?期|[份篇次本编写发办出的《》]"
)


@dataclass(frozen=True, slots=True)
class Count:
    number: int
    unit: str  # 个问题, 期, 节


def counted(task: Task) -> Count | None:
    """How far the task counts up. None where it is done in one go: an amount of one, 不少于800字,
    20学时, and what comes back every week without an end."""
    amount = _main(task)
    if amount is None or amount.value < 2:
        return None
    return Count(int(amount.value), amount.unit)


def quota_task(
    programme: Programme,
    role: str,
    what: Literal["answer", "bulletin"],
    today: date,
    *,
    kind: str = "",
) -> tuple[Stage, Task] | None:
    """The task of the role that an answered question, or a posted bulletin of this kind
    (课程简报), counts towards today. In a pause between stages that is the one of the stage
    before. `counted` is None where the first answer or bulletin is all that is asked for."""
    for stage in _stages_on(programme, today):
        tasks = [task for task in stage.tasks if task.role == role]
        for fits in _tests(what, kind):
            if found := next((task for task in tasks if fits(task)), None):
                return stage, found
    return None


def _tests(what: Literal["answer", "bulletin"], kind: str) -> list[Callable[[Task], bool]]:
    """From the strictest on: a bulletin goes to the task that names its kind, else to any."""
    if what == "answer":
        return [_asks_for_answers]
    return [
        lambda task: _asks_for_bulletins(task) and _names(task, kind),
        lambda task: _asks_for_bulletins(task) and (not _own(kind) or not any(_kinds(task))),
    ]


def _stages_on(programme: Programme, today: date) -> list[Stage]:
    running = [stage for stage in programme.stages if stage.starts <= today <= stage.ends]
    if running:
        return sorted(running, key=lambda stage: stage.ends)
    over = [stage for stage in programme.stages if stage.ends < today]
    if len(over) == len(programme.stages):
        return []
    return sorted(over, key=lambda stage: stage.ends)[-1:]


def _main(task: Task) -> Amount | None:
    """Of several counts more than one goes first, then the one that the title speaks of."""
    found = [(amount, clause) for amount, clause in _clauses(task) if _counts(amount, clause)]
    title = bare_name(task.title)
    pairs = [title[at : at + 2] for at in range(len(title) - 1)]

    def rank(each: tuple[Amount, "_Clause"]) -> tuple[bool, bool]:
        return each[0].value < 2, not any(pair in each[1].whole for pair in pairs)

    return min(found, key=rank)[0] if found else None


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words around an amount, folded."""

    before: str
    amount: str
    after: str

    @property
    def whole(self) -> str:
        return f"{self.before}{self.amount}{re.split(_CLAUSE_END, self.after)[0]}"


def _clauses(task: Task) -> Iterator[tuple[Amount, _Clause]]:
    for amount in task.amounts:
        printed = folded(amount.text)
        text = next(
            (plain for each in (task.detail, task.title) if printed in (plain := folded(each))), ""
        )
        at = text.find(printed) if text else 0
        begin = 1 + max(text.rfind(mark, 0, at) for mark in _CLAUSE_ENDS)
        after = text[at + len(printed) :] if text else ""
        yield amount, _Clause(text[begin:at], printed, after)


def _counts(amount: Amount, clause: _Clause) -> bool:
    unit = folded(amount.unit)
    known = unit in _UNITS or (unit.startswith("个") and not _NOT_COUNTED.match(unit))
    whole = amount.value >= 1 and amount.value == int(amount.value)
    at_most = _AT_MOST.search(folded(amount.bound)) or _AT_MOST.match(clause.amount)
    per = _PER.search(clause.before + clause.amount)
    aside = _ABOUT.search(clause.before) or _FIRST_DONE.match(clause.after)
    return known and whole and not (at_most or per or aside)


def _asks_for_answers(task: Task) -> bool:
    return _main_is(task, _is_of_answers)


def _asks_for_bulletins(task: Task) -> bool:
    return _main_is(task, _is_of_bulletins)


def _main_is(task: Task, of: Callable[[Task, Amount, _Clause], bool]) -> bool:
    """Only what the task counts: an answer is none of its bulletins."""
    main = _main(task)
    return any(amount is main and of(task, amount, clause) for amount, clause in _clauses(task))


def _is_of_answers(task: Task, amount: Amount, clause: _Clause) -> bool:
    said = clause.before + clause.amount + folded(task.title)
    return bool(_QUESTIONS.match(folded(amount.unit)) and _ANSWERS.search(said))


def _is_of_bulletins(task: Task, amount: Amount, clause: _Clause) -> bool:
    said = clause.whole if _BULLETIN in clause.whole else folded(task.title + task.detail)
    title = folded(task.title)
    reads = _READS.search(_QUOTED.sub("", clause.before)) or _READS.search(title)
    return _BULLETIN in said and folded(amount.unit) in "期份篇次个条" and not reads


def _names(task: Task, kind: str) -> bool:
    """创课指导简报 is named by 《县级创课指导简报》, and the other way round."""
    own = _own(kind)
    return bool(own) and any(own in each or each in own for each in _kinds(task) if each)


def _own(kind: str) -> str:
    return bare_name(kind).replace(_BULLETIN, "")


def _kinds(task: Task) -> list[str]:
    """What stands before each 简报 of the task: 课程, 县级创课指导; "" where nothing does."""
    text = folded(f"{task.title}。{task.detail}")
    names = re.findall(
        rf"([\u4e00-\u9fff《》“”]{{0,24}}){_BULLETIN}(?!制作|编制|编写|编辑|学习)", text
    )
    return [bare_name(_MAKES.split(name)[-1]) for name in names]
