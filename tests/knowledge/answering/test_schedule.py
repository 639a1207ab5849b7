"""What is to be done: what is due next comes first, and how far it is; what has no day last."""

from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker
from knowledge.documents import Document
from knowledge.programme.values import Programme, Stage, Task
from knowledge.sources import Source

TITLE = "2026年湖北省乡村骨干教师培训安排"


def task(position: int, title: str, due: date | None = None) -> Task:
    return Task(f"学员-{position}", "学员", position, title, "", due=due)


ONLINE = Stage(
    "线上研修",
    date(2026, 11, 20),
    date(2026, 12, 25),
    "11月20日—12月25日",
    tasks=(
        task(1, "课程学习"),
        task(2, "教学反思", date(2026, 12, 20)),
        task(3, "教学设计", date(2026, 12, 10)),
        task(4, "报名登记", date(2026, 11, 22)),
    ),
)
TOGETHER = Stage(
    "集中培训",
    date(2026, 11, 20),
    date(2026, 12, 15),
    "11月20日—12月15日",
    tasks=(task(1, "微课展示", date(2026, 12, 14)), task(2, "听课")),
)
LIBRARY = Library(
    [Document("安排.yaml", programmes=(Programme("hb", TITLE, Source(TITLE), (ONLINE, TOGETHER)),))]
)


def listed(question: str) -> list[str]:
    verdict = LIBRARY.ask(question, Asker(date(2026, 11, 23), role="学员", programmes=("hb",)))
    assert isinstance(verdict, Answer)
    return verdict.text.splitlines()[:-1]


BY_DAY = [
    "学员 · 线上研修（11月20日—12月25日）",
    "· 教学设计，12月10日前，还有17天",
    "学员 · 集中培训（11月20日—12月15日）",
    "· 微课展示，12月14日前，还有21天",
    "学员 · 线上研修（11月20日—12月25日）",
    "· 教学反思，12月20日前，还有27天",
    "· 报名登记，11月22日前，已过",
    "· 课程学习",
    "学员 · 集中培训（11月20日—12月15日）",
    "· 听课",
]


@pytest.mark.parametrize("question", ["最近有啥要交的", "我最近要做什么"])
def test_what_is_due_next_comes_first(question: str) -> None:
    assert listed(question) == BY_DAY


@pytest.mark.parametrize("question", ["我这周要交啥", "明天要干嘛"])
def test_a_week_without_deadlines_is_said_to_have_none(question: str) -> None:
    said = listed(question)

    assert said[0] == "这段时间没有到期的任务，还在进行的有："
    assert said[2] == "· 教学设计，12月10日前，还有17天"


@pytest.mark.parametrize(
    "question", ["下月12号前我还要传啥到平台", "下个月12日之前学员要上报哪些材料"]
)
def test_what_is_due_before_a_day_is_listed(question: str) -> None:
    assert listed(question) == [BY_DAY[0], BY_DAY[1]]


@pytest.mark.parametrize("question", ["月底前要交什么", "这周五前我要做啥", "30号前还要往系统传啥"])
def test_nothing_due_before_a_day_shows_what_goes_on(question: str) -> None:
    assert listed(question)[0] == "这段时间没有到期的任务，还在进行的有："


def test_a_stage_is_listed_as_it_is_printed() -> None:
    assert listed("集中培训阶段学员要做什么")[1:] == ["1. 微课展示，12月14日前", "2. 听课"]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("现在这个阶段到几号结束", "现在是线上研修（11月20日—12月25日）"),
        ("这个阶段还有几天结束", "还有"),
        ("我后面还有什么要交的", "学员 · 线上研修（11月20日—12月25日）"),
        ("往后还有哪些没完成的", "学员 · 线上研修（11月20日—12月25日）"),
    ],
)
def test_stage_of_today_and_all_that_is_ahead(question: str, said: str) -> None:
    assert said in "\n".join(listed(question))
