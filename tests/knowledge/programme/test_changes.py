"""What an edit changes, and that tasks are known again after it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.bundled import bundled_documents
from knowledge.programme.change_lines import change_lines
from knowledge.programme.changes import Added, Moved, Remeasured, Removed, Retitled, changes
from knowledge.programme.drafting import amounts_in, with_own_codes
from knowledge.programme.identity import carried_over, earlier_version
from knowledge.programme.values import Programme, Stage, Task
from knowledge.sources import Source

[KNOWN] = [programme for document in bundled_documents() for programme in document.programmes]


def task(role: str, title: str, detail: str = "", due: date | None = None) -> Task:
    return Task("", role, 1, title, detail, due=due, amounts=amounts_in(title, detail))


def plan(
    *stages: Stage, code: str = "hebei-2029", title: str = "2029年河北省研修安排"
) -> Programme:
    coded = (
        replace(stage, tasks=tuple(with_own_codes(stage.tasks, stage.name, code)))
        for stage in stages
    )
    return Programme(code, title, Source(title), tuple(coded), "河北", (2029,))


def stage(name: str, month: int, *tasks: Task) -> Stage:
    return Stage(name, date(2029, month, 1), date(2029, month, 28), f"{month}月", tasks=tasks)


def codes(programme: Programme) -> list[str]:
    return [task.code for stage in programme.stages for task in stage.tasks]


READ = task("学员", "阅读学习", "读完推荐的三本教育名著，写读书笔记。")
WRITE = task("学员", "提交报告", "写观课报告1篇，不少于800字。")
TALK = task("学员", "交流研讨", "参加线上研讨不少于3次。", date(2029, 3, 20))
NEWS = task("坊主", "简报", "编3期简报。")
OLD = plan(stage("网络研修", 3, READ, WRITE, TALK, NEWS), stage("跟岗", 5, WRITE))


def test_a_table_drafted_anew_keeps_the_codes_of_what_it_renames_moves_and_numbers_anew() -> None:
    written_anew = plan(
        stage(
            "线上研修",
            3,
            task("学员", "交流研讨", "参加线上研讨不少于5次。", date(2029, 3, 25)),
            task("学员", "阅读与学习", "读完推荐的三本教育名著，写读书笔记。"),
            task("学员", "注册", "登录平台。"),
            task("坊主", "编制简报", "编3期简报。"),
            WRITE,
        ),
        stage("跟岗", 5, WRITE),
        code="hebei-2029-anew",
        title="河北省2029年研修任务表",
    )

    new = carried_over(OLD, written_anew)

    read, write, talk, news, later = codes(OLD)
    assert new.code == OLD.code
    assert [code if code in codes(OLD) else "新" for code in codes(new)] == [
        *(talk, read, "新", news, write),
        later,
    ]
    assert change_lines(changes(OLD, new)) == [
        "阶段改名 · 网络研修→线上研修",
        "改期 · 线上研修 学员：交流研讨 3月20日→3月25日",
        "改数量 · 线上研修 学员：交流研讨 不少于3次→不少于5次",
        "改标题 · 线上研修 学员：阅读学习→阅读与学习",
        "新增 · 线上研修 学员：注册（3月28日前）",
        "改标题 · 线上研修 坊主：简报→编制简报",
    ]


def test_progress_of_one_role_or_stage_never_becomes_that_of_another() -> None:
    swapped = plan(
        stage("网络研修", 3, replace(NEWS, role="学员"), replace(READ, role="坊主")),
        stage("跟岗", 5, READ, WRITE),
    )

    new = carried_over(OLD, swapped)
    found = changes(OLD, new)

    read, _, _, _, later = codes(OLD)
    assert codes(new)[2:] == [read, later]
    assert [each.task.title for each in found if isinstance(each, Added)] == ["简报", "阅读学习"]
    gone = [each.task.title for each in found if isinstance(each, Removed)]
    assert gone == ["提交报告", "交流研讨", "简报"]


def test_of_tasks_with_one_title_the_detail_tells_which_is_left() -> None:
    first, second = (task("学员", "听课", detail) for detail in ("听数学课2节。", "听语文课2节。"))
    old = plan(stage("跟岗", 5, first, second))

    new = carried_over(old, plan(stage("跟岗", 5, second)))

    assert codes(new) == codes(old)[1:]


def test_a_renamed_role_is_known_by_its_tasks() -> None:
    renamed = [
        replace(each, tasks=tuple(replace(t, role=t.role.replace("学员", "参训教师"), code="")
                                  for t in each.tasks))
        for each in OLD.stages
    ]  # fmt: skip

    assert codes(carried_over(OLD, plan(*renamed))) == codes(OLD)


def test_a_stage_that_moves_takes_its_tasks_along() -> None:
    first, second = OLD.stages
    later = replace(first, starts=date(2029, 4, 1), ends=date(2029, 4, 20))
    new = replace(OLD, stages=(later, second))

    found = changes(OLD, new)

    moved = [(each.task.title, each.new_due) for each in found if isinstance(each, Moved)]
    assert moved == [(title, date(2029, 4, 20)) for title in ("阅读学习", "提交报告", "简报")]
    assert change_lines(found) == [
        "阶段改期 · 网络研修 3月1日至3月28日→4月1日至4月20日（3项任务随之改期）"
    ]


def test_the_version_before_is_found_by_code_title_or_table() -> None:
    other = plan(stage("报到", 9, NEWS), code="hebei-2029-b", title="2029年河北省另一研修安排")
    retitled = replace(OLD, code="x", title="2029年河北省乡村教师研修任务")

    assert earlier_version(replace(OLD, title="改名"), [other, OLD]) is OLD
    assert earlier_version(replace(OLD, code="x"), [OLD, other]) is OLD
    assert earlier_version(retitled, [OLD, other]) is OLD
    assert earlier_version(replace(retitled, years=(2030,)), [OLD, other]) is None


@st.composite
def edited(draw: st.DrawFn) -> Programme:
    """The bundled programme after an editor: order, titles, numbers and days are others."""
    stages = []
    for each in KNOWN.stages:
        tasks = [
            replace(
                one,
                title=one.title + draw(st.sampled_from(["", "", "", "（新）", "任务"])),
                due=draw(st.sampled_from([one.due, each.ends, each.ends - timedelta(days=1)])),
                code="",
            )
            for one in draw(st.permutations(each.tasks))
        ]
        days = timedelta(days=draw(st.integers(-20, 20)))
        moved = replace(each, starts=each.starts + days, ends=each.ends + days)
        coded = with_own_codes(_numbered(tasks), each.name, KNOWN.code)
        stages.append(replace(moved, tasks=tuple(coded)))
    return replace(KNOWN, stages=tuple(draw(st.permutations(stages))))


def _numbered(tasks: Sequence[Task]) -> list[Task]:
    return [replace(each, position=at) for at, each in enumerate(tasks, 1)]


@settings(max_examples=25, deadline=None)
@given(edited())
def test_no_edit_of_order_titles_and_days_loses_the_identity_of_a_task(new: Programme) -> None:
    carried = carried_over(KNOWN, new)

    details = {t.code: (t.role, t.detail) for stage in KNOWN.stages for t in stage.tasks}
    after = {t.code: (t.role, t.detail) for stage in carried.stages for t in stage.tasks}
    assert after == details
    found = changes(KNOWN, carried)
    assert not [each for each in found if isinstance(each, Added | Removed | Remeasured)]
    renamed = sum(
        task.title != before.title
        for stage in carried.stages
        for task in stage.tasks
        for before in [t for s in KNOWN.stages for t in s.tasks if t.code == task.code]
    )
    assert len([each for each in found if isinstance(each, Retitled)]) == renamed


@st.composite
def any_plan(draw: st.DrawFn) -> Programme:
    titles = st.sampled_from(["听课", "评课", "听评课", "写报告", "报告", "研讨", "交流研讨"])
    details = st.sampled_from(["", "不少于3节。", "写一份报告，不少于800字。", "每周一次。"])
    tasks = st.builds(task, st.sampled_from(["学员", "坊主", "专家"]), titles, details)
    names = draw(st.lists(st.sampled_from(["甲段", "乙段", "丙段"]), min_size=1, unique=True))
    return plan(
        *(stage(name, at + 3, *draw(st.lists(tasks, max_size=6))) for at, name in enumerate(names))
    )


@settings(deadline=None)
@given(any_plan(), any_plan())
def test_nothing_is_lost_or_counted_twice_between_any_two_versions(
    old: Programme, new: Programme
) -> None:
    carried = carried_over(old, new)
    found = changes(old, carried)

    assert len(set(codes(carried))) == len(codes(carried)) == len(codes(new))
    added = {each.task.code for each in found if isinstance(each, Added)}
    gone = {each.task.code for each in found if isinstance(each, Removed)}
    assert added == set(codes(carried)) - set(codes(old))
    assert gone == set(codes(old)) - set(codes(carried))
    assert changes(carried, carried_over(carried, new)) == ()
    assert carried_over(old, old) == old


def test_a_task_whose_words_name_its_new_day_is_told_as_moved_and_no_more() -> None:
    def due(day: int) -> Programme:
        words = f"3月{day}日前提交观课报告。"
        return plan(stage("网络研修", 3, task("学员", "报告", words, date(2029, 3, day))))

    assert change_lines(changes(due(10), due(12))) == ["改期 · 网络研修 学员：报告 3月10日→3月12日"]
