"""Tasks that count up, and what an answer or a bulletin counts towards."""

from datetime import date

import pytest

from knowledge.bundled import bundled_documents
from knowledge.programme.drafting import amounts_in
from knowledge.programme.quotas import Count, counted, quota_task
from knowledge.programme.values import Programme, Stage, Task
from knowledge.sources import Source


def task(title: str, detail: str = "", role: str = "坊主") -> Task:
    return Task(f"{role}{title}", role, 1, title, detail, amounts=amounts_in(title, detail))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("每人至少回答10个问题", Count(10, "个问题")),
        ("编3期简报", Count(3, "期")),
        ("点评6节课", Count(6, "节")),
        ("發帖不少於5篇", Count(5, "篇")),
        ("撰写心得三篇，每篇不少于500字", Count(3, "篇")),
        ("评价不少于20篇，浏览不少于50篇", Count(20, "篇")),
        ("不少于800字", None),
        ("完成20学时", None),
        ("参加2天集中培训", None),
        ("提交1篇总结", None),
        ("每周发布2期简报", None),
        ("为每名学员写3条评语", None),
        ("评课不超过6节", None),
        ("每班不超过50人", None),
        ("看完6节课例后，写一份报告", None),
        ("就6节课例写报告", None),
    ],
)
def test_what_is_produced_several_times_counts_up(text: str, count: Count | None) -> None:
    assert counted(task("评价", text)) == count


def test_the_bundled_programme_counts_what_it_asks_for_in_numbers() -> None:
    [programme] = [each for document in bundled_documents() for each in document.programmes]
    found = {
        (stage.name, task.role, task.title): count.number
        for stage in programme.stages
        for task in stage.tasks
        if (count := counted(task))
    }

    assert found == {
        ("分散研修", "学员", "观评课"): 6,
        ("分散研修", "指导教师", "研讨答疑"): 10,
        ("分散研修", "指导教师", "学习引领"): 3,
        ("分散研修", "省级专家", "研讨答疑"): 10,
        ("分散研修", "省级专家", "学习引领"): 3,
        ("集中研修", "指导教师", "评价指导"): 20,
        ("集中研修", "指导教师", "学习引领"): 2,
        ("集中研修", "省级专家", "学习引领"): 2,
        ("创课", "指导教师", "简报制作"): 2,
        ("创课", "省级专家", "简报制作"): 2,
    }


SPRING = Stage(
    "春季",
    date(2028, 3, 1),
    date(2028, 4, 30),
    "3-4月",
    tasks=(
        task("读简报", "阅读5期《工作坊简报》"),
        task("办简报", "编写《读书简报》3期"),
        task("出刊", "出4期简报"),
        task("答疑", "解答坊员提问不少于15个"),
        task("答疑", "回答1个问题", role="专家"),
    ),
)
SUMMER = Stage("夏季", date(2028, 6, 1), date(2028, 6, 30), "6月", tasks=(task("收尾"),))
PLAN = Programme("p", "安排", Source("安排"), (SPRING, SUMMER))


def test_an_answer_and_a_bulletin_find_their_task() -> None:
    day = date(2028, 4, 30)

    assert quota_task(PLAN, "坊主", "answer", day) == (SPRING, SPRING.tasks[3])
    assert quota_task(PLAN, "坊主", "bulletin", day) == (SPRING, SPRING.tasks[1])
    assert quota_task(PLAN, "坊主", "bulletin", day, kind="读书简报") == (SPRING, SPRING.tasks[1])
    assert quota_task(PLAN, "坊主", "bulletin", day, kind="课程简报") == (SPRING, SPRING.tasks[2])
    assert quota_task(PLAN, "学员", "answer", day) is None


def test_one_answer_may_be_all_that_is_asked_for() -> None:
    found = quota_task(PLAN, "专家", "answer", date(2028, 3, 1))

    assert found == (SPRING, SPRING.tasks[4])
    assert counted(SPRING.tasks[4]) is None


def test_in_a_pause_the_stage_before_counts_but_nothing_before_the_first_or_after_the_last() -> (
    None
):
    days = [date(2028, 2, 29), date(2028, 5, 15), date(2028, 6, 1), date(2028, 7, 1)]
    found = [quota_task(PLAN, "坊主", "answer", day) for day in days]

    assert found == [None, (SPRING, SPRING.tasks[3]), None, None]
