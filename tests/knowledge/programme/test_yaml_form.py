"""Programmes as YAML: what was written comes back, and errors name their line."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from knowledge.programme.drafting import with_own_codes
from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.programme.yaml_form import dump, load
from knowledge.sources import Source
from knowledge.yaml_lines import Malformed

SHORT = """title: 2027年海南省小学教师研修任务表
province: 海南
years: [2027]
stages:
  - name: 线上研修
    when: 3月上旬-4月底
    tasks:
      学员:
        - title: 选课
          marks: "*"
          detail: 选3门课，不少于40学时。
        - title: 提交作业
          due_text: 4月20日前
      组长:
        - title: 督促
          amounts: [每周1次]
"""


def test_what_is_not_written_is_worked_out() -> None:
    programme = load(SHORT)
    [stage] = programme.stages

    assert programme.source == Source("2027年海南省小学教师研修任务表")
    assert (stage.starts, stage.ends) == (date(2027, 3, 1), date(2027, 4, 30))
    assert programme.roles == ("学员", "组长")
    assert [amount.text for amount in stage.tasks[0].amounts] == ["3门", "不少于40学时"]
    assert stage.tasks[1].due == date(2027, 4, 20)
    assert len({task.code for task in stage.tasks}) == 3


def test_wording_does_not_move_the_codes_but_titles_do() -> None:
    codes = [task.code for task in load(SHORT).stages[0].tasks]
    reworded = [task.code for task in load(SHORT.replace("选3门课", "任选4门")).stages[0].tasks]
    renamed = [task.code for task in load(SHORT.replace("选课", "报名")).stages[0].tasks]

    assert codes == reworded
    assert codes[0] != renamed[0]
    assert codes[1:] == renamed[1:]


def test_doubts_stand_above_as_comments() -> None:
    text = dump(load(SHORT), ["第一处\n有疑问"])

    assert text.startswith("# 请核对：第一处 有疑问\n")
    assert load(text) == load(SHORT)


def test_a_written_code_stays_when_the_title_changes() -> None:
    text = dump(load(SHORT))
    renamed = load(text.replace("title: 选课", "title: 选修课程"))

    assert renamed.stages[0].tasks[0].code == load(text).stages[0].tasks[0].code


def test_a_new_task_under_an_old_title_does_not_take_the_code_that_was_written() -> None:
    text = dump(load(SHORT))
    code = load(text).stages[0].tasks[0].code
    new = load(text.replace("title: 选课", "title: 选修\n    - title: 选课"))

    assert [task.code for task in new.stages[0].tasks[:2]] == [code, f"{code}-2"]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("title: 选课", "titel: 选课", "第9行：不认识“titel”"),
        ("2027年海南省小学教师研修任务表", "", "没有写 title"),
        ("3月上旬-4月底", "春天", "第5行：阶段的起止日期不清楚"),
        ("years: [2027]", "years: [贰]", "第3行：“贰”不是数字"),
        ("years: [2027]", "years: [27]", "第3行：“27”不是年份"),
        ("name: 线上研修", "name:", "第5行：阶段没有写 name"),
        ("        - title: 督促", "        - marks: 督促", "第15行：“组长”的第1项任务没有写 title"),
        ("[每周1次]", "[很多]", "第16行：“很多”不是一个数量"),
        ("    when: 3月上旬-4月底", "    starts: 3月\n    ends: 4月", "第6行：“3月”不是日期"),
        ("years: [2027]", "years: &a [2027]", "第3行：不支持 & 和 * 引用"),
        ("years: [2027]", "years: [2027", "不是正确的 YAML"),
        ("stages:", "stages: []\nold:", "不认识“old”"),
        ("      组长:", "      学员:", "“学员”写了两次"),
    ],
)
def test_an_error_names_line_and_reason(before: str, after: str, said: str) -> None:
    assert before in SHORT

    with pytest.raises(Malformed) as malformed:
        load(SHORT.replace(before, after))

    assert said in str(malformed.value)


@pytest.mark.parametrize("text", ["", "- a", "a", "title: x", "a: [", "\t", "&a [*a, *a]", "? {"])
def test_what_is_no_programme_is_refused(text: str) -> None:
    with pytest.raises(Malformed):
        load(text)


WORDS = st.text(alphabet="研修任务第一12月日-:#*○\"'[]{}，。 &\\", max_size=12).map(str.strip)
NAMES = st.text(alphabet="研修学员组长任务甲乙丙", min_size=1, max_size=5)
DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
AMOUNTS = st.builds(Amount, st.sampled_from([1.0, 2.5, 800.0]), NAMES | st.just(""), WORDS, WORDS)
TASKS = st.builds(
    Task,
    code=st.just(""),
    role=st.sampled_from(["学员", "组长"]),
    position=st.just(0),
    title=NAMES,
    detail=WORDS,
    marks=st.sampled_from(["", "*", "*○"]),
    due=st.none() | DAYS,
    due_text=st.just(""),
    amounts=st.lists(AMOUNTS, max_size=2).map(tuple),
)


def numbered(tasks: list[Task]) -> list[Task]:
    """As a table gives them: role by role, counted from 1."""
    found = []
    for role in dict.fromkeys(task.role for task in tasks):
        own = [task for task in tasks if task.role == role]
        for position, task in enumerate(own, 1):
            found.append(
                Task(
                    "",
                    role,
                    position,
                    task.title,
                    task.detail,
                    task.marks,
                    task.due,
                    "",
                    task.amounts,
                )
            )
    return found


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    stages = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=3, unique=True)):
        tasks = numbered(draw(st.lists(TASKS, max_size=5)))
        coded = tuple(with_own_codes(tasks, name, "p-1"))
        stages.append(Stage(name, draw(DAYS), draw(DAYS), draw(WORDS), draw(WORDS), coded))
    source = Source(draw(NAMES), draw(WORDS), draw(WORDS), draw(st.none() | DAYS))
    return Programme("p-1", draw(NAMES), source, tuple(stages), "海南", (2027,))


@given(programmes())
def test_every_programme_comes_back_as_it_was(programme: Programme) -> None:
    text = dump(programme)

    assert load(text) == programme
    assert yaml.safe_load(text)["code"] == "p-1"


@given(programmes(), st.text(max_size=3), st.integers(0, 400))
def test_no_edit_raises_anything_but_malformed(programme: Programme, scrap: str, at: int) -> None:
    text = dump(programme)
    edited = text[:at] + scrap + text[at:]

    try:
        load(edited)
    except Malformed as malformed:
        assert malformed.line >= 1  # noqa: PT017 - loading may also succeed
