"""What the schedule table of a notice says: programme, stages, tasks per role."""

from dataclasses import dataclass
from datetime import date

from knowledge.sources import Source


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of something: 不少于800字, 3期, 50篇. `text` is as printed."""

    value: float
    unit: str
    text: str
    bound: str = ""  # 不少于, 至少, 不超过 … "" where the figure stands alone


@dataclass(frozen=True, slots=True)
class Task:
    """One thing one role has to do in one stage."""

    code: str  # stable over edits of wording: progress and reminders hang on it
    role: str
    position: int  # its number in the role's list, from 1
    title: str  # 观评课
    detail: str  # the sentence(s) after the title, as printed
    marks: str = ""  # *, ○, △, *○, *△ as printed; the page has no legend, so none is invented
    due: date | None = None  # its own deadline; None: the end of the stage
    due_text: str = ""  # the words the deadline was read from
    amounts: tuple[Amount, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A period with its tasks. Days are calendar days in Asia/Shanghai, both ends included."""

    name: str
    starts: date
    ends: date
    when: str  # the words of the notice: 7月下旬-9月30日
    reading: str = (
        ""  # said where what is printed cannot be meant: 原文写2006年1月底，按2016年1月底理解
    )
    tasks: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    code: str  # stable: e.g. shandong-2015-gaozhong
    title: str
    source: Source
    stages: tuple[Stage, ...]
    province: str = ""
    years: tuple[int, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles in the order in which the table names them."""
        return tuple(dict.fromkeys(task.role for stage in self.stages for task in stage.tasks))


def due_of(task: Task, stage: Stage) -> date:
    """The last day for the task: its own deadline, else the stage's end."""
    return task.due or stage.ends
