"""Marks stay with their tasks when the table is edited and drafted anew."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.tasks.timetable import duties
from knowledge.bundled import bundled_documents
from knowledge.programme.drafting import with_own_codes
from knowledge.programme.identity import carried_over
from knowledge.programme.values import Programme, Stage, Task
from storage.progress import Progress
from tests.cast import MORNING

[KNOWN] = [programme for document in bundled_documents() for programme in document.programmes]
ROLES = st.sampled_from(KNOWN.roles)
NEW = Task("", "学员", 1, "家访记录", "写2篇家访记录。")


def drafted_anew(programme: Programme) -> Programme:
    """As a file is read that knows nothing of the codes in force."""
    return replace(
        programme,
        code="another",
        stages=tuple(
            replace(stage, tasks=tuple(with_own_codes(stage.tasks, stage.name, "another")))
            for stage in programme.stages
        ),
    )


def edited(stage: Stage, data: st.DataObject) -> Stage:
    """Days moved, titles touched up, the order changed, a task put in between."""
    tasks = [
        replace(
            task,
            title=task.title + data.draw(st.sampled_from(["", "（修订）"])),
            due=task.due and task.due + timedelta(days=data.draw(st.integers(-5, 20))),
        )
        for task in data.draw(st.permutations(stage.tasks))
    ]
    if data.draw(st.booleans()):
        tasks.insert(data.draw(st.integers(0, len(tasks))), NEW)
    days = timedelta(days=data.draw(st.integers(0, 30)))
    return replace(stage, starts=stage.starts, ends=stage.ends + days, tasks=tuple(tasks))


def done_details(
    programme: Programme, role: str, states: dict[tuple[str, str], Progress]
) -> set[str]:
    """Nothing in the edits touches the detail: by it a task is known here."""
    today = MORNING.date()
    return {
        f"{one.stage.name}{one.task.detail or one.task.title[:6]}"
        for one in duties(programme, role, today, states)
        if one.done
    }


@settings(max_examples=30, deadline=None)
@given(role=ROLES, data=st.data())
def test_marks_survive_every_edit(role: str, data: st.DataObject) -> None:
    mine = [task.code for stage in KNOWN.stages for task in stage.tasks if task.role == role]
    done = data.draw(st.sets(st.sampled_from(mine)))
    states = {(KNOWN.code, code): Progress(done_at=MORNING) for code in done}
    new = replace(KNOWN, stages=tuple(edited(stage, data) for stage in KNOWN.stages))

    after = carried_over(KNOWN, drafted_anew(new))

    assert done_details(after, role, states) == done_details(KNOWN, role, states)
