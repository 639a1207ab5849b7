"""Which stage or task of a programme words mean; what means none of them for sure means none."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.names import bare_name
from knowledge.programme.change_sentences import Words
from knowledge.programme.values import Programme, Stage, Task

Placed = tuple[Stage, Task]

_AROUND_TASKS = (
    r"截止时间|截止日期|最迟|最晚|截止|截至|时间|日期|期限|要求|数量|篇数|份数|字数|提交|上交|上传|上报|报送|完成|撰写"
    r"|每位|每名|每人|全体|所有|参训|有关|调整|变更|安排|阶段|期间|任务|环节|由原来|原来|原定|由|从|原|将|现|仍|的|相应"
    r"|为|于|在(?!线)|须|应|需|前"
)
_AROUND_STAGES = r"经研究|决定|起止|举行|举办|开展|进行|开始|启动|结束|统一|整体|活动|培训时间|各项"
_AROUND_CANCELLED = r"阶段|期间|任务|环节|提交|的|中"
_OF_EVERY_TASK = ("研修", "学习", "培训", "网络研修", "个人")
_ALL = re.compile(r"(?:各|全|所有|全部)(?:省|市|县|区|州|旗|学科|学段|班级?|地|坊|[、（）()])+")
_REASON = re.compile(r"^\s*(?:因|由于|鉴于|受|根据|按照|按|经).*")
_TITLE = re.compile(r"《[^》]*》")
_SOME = re.compile(
    r"小学|初中|高中|中学|中职|幼儿园|学前|特教|学科|语文|数学|英语|物理|化学|生物|历史|地理|政治|道德与法治|思想品德"
    r"|音乐|体育|美术|书法|信息技术|科学|劳动|班(?!主任)|坊|[批组]次?(?=学员|教师|$)|片区|考区|[省市县区州旗](?!级)"
    r"|院校|承办|学校|部分|个别|其中|少数|如[遇果需有]|若|未|视情|原则上"
)


@dataclass(frozen=True, slots=True)
class Meant:
    """`stage`: the stage as a whole. `tasks`: those whose name fits, more than one where it is
    not clear which. `named`: whether anything but the surroundings of a name is there."""

    stage: Stage | None
    tasks: tuple[Placed, ...]
    named: bool


def meant_by(clause: str, programme: Programme) -> Meant:
    words = bare_name(_ALL.sub("", clause))
    everything = [(stage, task) for stage in programme.stages for task in stage.tasks]
    if exact := [one for one in everything if _core(words) == _core(bare_name(one[1].title))]:
        return Meant(None, tuple(exact) if _core(words) else (), bool(_core(words)))
    stages = [stage for stage in programme.stages if bare_name(stage.name) in words]
    rest = _less(words, [bare_name(stage.name) for stage in stages])
    roles = [role for role in programme.roles if role in rest]
    within = [
        (stage, task)
        for stage, task in everything
        if (not stages or stage in stages) and (not roles or task.role in roles)
    ]
    noun = _core(_less(rest, roles))
    whole = not re.sub(_AROUND_STAGES, "", noun) and not roles and len(stages) == 1
    return Meant(stages[0] if whole else None, tuple(_fitting(noun, within)), bool(noun or stages))


def cancelled_by(what: str, programme: Programme) -> list[tuple[Placed, ...]]:
    """For each thing that is named, the tasks of its name."""
    found = []
    for thing in re.split(r"[、和及与]", what):
        words = bare_name(thing)
        stages = [stage for stage in programme.stages if bare_name(stage.name) in words]
        noun = re.sub(_AROUND_CANCELLED, "", _less(words, [bare_name(s.name) for s in stages]))
        within = [(s, t) for s in stages or programme.stages for t in s.tasks]
        found.append(tuple(one for one in within if noun and bare_name(one[1].title) == noun))
    return found


def for_some(words: Words, programme: Programme) -> bool:
    """Whether it is said that a change holds for some only, a subject, a class, a county; or only
    under a condition; or on the day of arrival."""
    own = [bare_name(each) for stage in programme.stages for each in _names_in(stage)]
    own += [bare_name(programme.title)]
    if any("报到" in _less(bare_name(clause), own) for clause in words.clauses):
        return True
    for clause in (*words.clauses, words.after):
        rest = _less(bare_name(_ALL.sub("", _TITLE.sub("", _REASON.sub("", clause)))), own)
        if any(hit[0] not in programme.title for hit in _SOME.finditer(rest)):
            return True
    return False


def names_something_of(text: str, programme: Programme) -> bool:
    words = bare_name(text)
    return any(bare_name(each) in words for stage in programme.stages for each in _names_in(stage))


def _names_in(stage: Stage) -> Iterator[str]:
    yield stage.name
    yield from (task.title for task in stage.tasks)


def _fitting(noun: str, tasks: Sequence[Placed]) -> list[Placed]:
    """研修总结 is the task 总结 whose words are 提交研修总结; 日志 the task 研修日志."""
    if len(noun) < 2:
        return []
    if exact := [one for one in tasks if _core(bare_name(one[1].title)) == noun]:
        return exact
    found = []
    for stage, task in tasks:
        title = _core(bare_name(task.title))
        longer = noun.endswith(title) and noun in bare_name(task.detail)
        shorter = title.endswith(noun) and title.removesuffix(noun) in _OF_EVERY_TASK
        if len(title) > 1 and (longer or shorter):
            found.append((stage, task))
    return found


def _core(words: str) -> str:
    return re.sub(_AROUND_TASKS, "", re.sub(r"\W", "", words))


def _less(words: str, names: Sequence[str]) -> str:
    for name in sorted(filter(None, names), key=len, reverse=True):
        words = words.replace(name, "")
    return words
