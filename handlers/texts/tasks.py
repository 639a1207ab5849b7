"""What is said about one's own tasks and deadlines."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from handlers.conversation.html import bold, plain
from handlers.tasks.timetable import Duty, Page
from handlers.texts.dates import day, days_left, until
from knowledge.programme.bulletins import reads_bulletins
from knowledge.programme.quotas import counted
from knowledge.programme.values import Programme, Stage

PRIVATELY = "任务清单请私聊我查看。"
NO_ROLE = (
    "我还不知道您的角色，所以列不出您的任务。\n"
    "可以这样问：学员集中研修要做什么？（或组长、指导教师、省级专家）"
)
NO_TASKS_OF_ONES_OWN = "您是项目办，没有自己的任务；发 /group 看各组的进度。"
NO_PROGRAMME = "您参加的项目还没有任务安排，请向承训机构确认。"
NO_TASK_OF_YOURS = "这个阶段没有您的任务。"
NOTHING_DUE = "两周内没有截止的任务。"
ENDED = "已结束的项目（点开可以查看）："
NOT_YOURS = "这个按钮不是给您的。"
GONE = "这项任务已经变了，请再发一次 /tasks。"

MARKED = "好，记下了 ✅"
UNMARKED = "好，改回未完成。"
ALREADY = "已经是最新的了。"
TO_MY_TASKS = "去标记完成"

LONGEST_TITLE = 80


def done_label(number: int) -> str:
    return f"完成 {number}"


def undo_label(number: int) -> str:
    return f"撤销 {number}"


def count_label(number: int, by: int) -> str:
    return f"第{number}项 {'＋' if by > 0 else '－'}1"


def stage_label(stage: Stage, today: date) -> str:
    running = stage.starts <= today <= stage.ends
    return f"{'▶ ' if running else ''}{short(stage.name)}"


def short(title: str) -> str:
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…"


def task_line(number: int, duty: Duty, today: date, *, unread: int = 0) -> str:
    """The deadline only where it is not that of the stage, which stands above."""
    facts = [] if duty.done else [*how_far(duty), *(one.text for one in duty.task.amounts)]
    if unread and not duty.done and reads_bulletins(duty.task):
        facts.append(f"{unread} 份没看，见 /bulletins")
    if duty.due != duty.stage.ends and not duty.done:
        facts.append(until(duty.due, today))
    tick = "✅ " if duty.done else ""
    mark = f" {duty.task.marks}" if duty.task.marks else ""
    more = f"：{'，'.join(facts)}" if facts else ""
    return plain(f"{tick}{number}. {short(duty.task.title)}{mark}{more}")


def how_far(duty: Duty) -> list[str]:
    goal = counted(duty.task)
    return [f"已完成 {duty.progress.count}/{goal.number}"] if goal else []


def stage_head(stage: Stage, today: date) -> list[str]:
    lines = ["", bold(f"{stage.name} {stage.when}")]
    if stage.reading:
        lines.append(plain(f"（{stage.reading}）"))
    if stage.starts > today:
        lines.append(plain(f"{day(stage.starts)}开始，还有{(stage.starts - today).days}天"))
    else:
        lines.append(plain(until(stage.ends, today)))
    return lines


def task_page(page: Page, today: date) -> str:
    """The tasks of the stages that are to be seen, under the programme's title."""
    lines = [plain(f"{page.programme.title} · {page.role}")]
    for stage in page.stages:
        lines += stage_head(stage, today)
        mine = [
            task_line(number, duty, today, unread=page.unread)
            for number, duty in enumerate(page.duties, start=1)
            if duty.stage == stage
        ]
        lines += mine or [NO_TASK_OF_YOURS]
    if not page.stages:
        lines.append(over(page.programme))
    return "\n".join(lines)


def over(programme: Programme) -> str:
    return plain(f"各阶段都已结束（{day(max(stage.ends for stage in programme.stages))}）。")


def deadline_list(late: Sequence[Duty], soon: Sequence[Duty], today: date) -> str:
    several = len({duty.programme.code for duty in (*late, *soon)}) > 1
    lines = []
    if late:
        lines += [bold("已过期，还没有标记完成"), *_by_day(late, today, name_programme=several), ""]
    if soon:
        lines += [bold("两周内截止"), *_by_day(soon, today, name_programme=several)]
    else:
        lines.append(NOTHING_DUE)
    return "\n".join(lines)


def _by_day(duties: Sequence[Duty], today: date, *, name_programme: bool) -> Iterator[str]:
    def heading(duty: Duty) -> tuple[date, str, str]:
        return duty.due, duty.stage.name, duty.programme.title if name_programme else ""

    for (due, stage, title), same in groupby(duties, heading):
        where = f"{stage} · {title}" if title else stage
        yield ""
        yield plain(f"{day(due)} {days_left(due, today)} · {where}")
        for duty in same:
            facts = how_far(duty)
            yield plain(f"• {short(duty.task.title)}{'：' if facts else ''}{''.join(facts)}")
