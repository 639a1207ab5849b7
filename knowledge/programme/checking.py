"""What a coordinator should look at before a programme takes effect."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.chinese.dates import find_dates
from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.headings import is_role
from knowledge.programme.values import Programme, Stage, Task
from knowledge.programme.yaml_form import Loaded, load_with_lines, parts_of

_PREPARATION = timedelta(days=7)  # plans for a stage are due in the week before it


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong. `line` is 1-based; 0 where the programme is no text."""

    place: str  # 集中研修 · 学员 第2项“提交作业”
    text: str
    line: int = 0

    def __str__(self) -> str:
        return (
            f"第{self.line}行：{self.place}：{self.text}"
            if self.line
            else f"{self.place}：{self.text}"
        )


def check_text(text: str) -> list[Finding]:
    """Findings in a YAML text, with lines. Raises Malformed where it cannot be read at all."""
    loaded = map(load_with_lines, parts_of(text))
    return [finding for each in loaded for finding in _findings(each)]


def check(programme: Programme) -> list[Finding]:
    stages = programme.stages
    no_lines = Loaded(
        programme, (0,) * len(stages), tuple((0,) * len(each.tasks) for each in stages)
    )
    return list(_findings(no_lines))


def _findings(loaded: Loaded) -> Iterator[Finding]:
    stages = loaded.programme.stages
    codes = Counter(task.code for stage in stages for task in stage.tasks)
    names = Counter(stage.name for stage in stages)
    known: set[str] = set()
    for stage, line, task_lines in zip(stages, loaded.stage_lines, loaded.task_lines, strict=True):
        for reason in _about_stage(stage, names):
            yield Finding(f"“{stage.name}”阶段", reason, line)
        titles = Counter((task.role, task.title) for task in stage.tasks)
        for task, task_line in zip(stage.tasks, task_lines, strict=True):
            place = f"“{stage.name}”阶段 {task.role} 第{task.position}项“{task.title}”"
            repeated = codes[task.code] > 1 or titles[task.role, task.title] > 1
            for reason in _about_task(task, stage, repeated=repeated):
                yield Finding(place, reason, task_line)
            if task.role not in known and not is_role(task.role):
                yield Finding(place, f"不认识的角色“{task.role}”。", task_line)
            known.add(task.role)


def _about_stage(stage: Stage, names: Counter[str]) -> Iterator[str]:
    if stage.ends < stage.starts:
        yield f"结束日期{stage.ends}早于开始日期{stage.starts}。"
    elif (printed := _printed_span(stage)) and printed != (stage.starts, stage.ends):
        yield f"“{stage.when}”与起止日期{stage.starts}至{stage.ends}不一致。"
    if names[stage.name] > 1:
        yield "阶段名称重复。"
    if not stage.tasks:
        yield "没有任务。"


def _printed_span(stage: Stage) -> tuple[date, date] | None:
    """What the words of the notice give by themselves; a reading explains why it is otherwise."""
    mentions = find_dates(stage.when, year=stage.starts.year)
    if len(mentions) != 1 or stage.reading:
        return None
    start, end = mentions[0].start, mentions[0].end
    return (start, end) if start and end and start != end else None


def _about_task(task: Task, stage: Stage, *, repeated: bool) -> Iterator[str]:
    for day in deadlines_of(task, stage) if task.due else ():
        if not stage.starts - _PREPARATION <= day <= stage.ends:
            yield f"截止日期{day}不在本阶段（{stage.starts}至{stage.ends}）内。"
    if task.due_text and task.due is None:
        yield f"没有读出“{task.due_text}”是哪一天，请写 due。"
    elif task.due and not _says(task.due_text, task.due):
        yield f"“{task.due_text}”与截止日期{task.due}不一致。"
    if repeated:
        yield "任务重复。"
    for amount in task.amounts:
        if not amount.unit:
            yield f"数量“{amount.text or amount.value}”没有单位。"


def _says(words: str, due: date) -> bool:
    """Whether the day is among those that the words name; words without a day say nothing."""
    named = find_dates(words, year=due.year)
    return not named or any(due in (mention.start, mention.end) for mention in named)
