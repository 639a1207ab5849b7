"""The progress of a group, or of all groups in numbers, as a spreadsheet. No phone numbers."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from handlers.groups.pages import LOOK_AFTER_OTHERS, MemberState, tasks_of
from knowledge.programme.quotas import counted
from knowledge.programme.values import Programme, Task
from storage.group_counts import GroupCounts
from storage.progress import NOT_BEGUN
from storage.roster import Group

FORMULAS = "=+-@＝＋－＠\t\r"  # what a spreadsheet may take for the start of one
DONE, OPEN = "完成", "未完成"
WIDTH = 14

Cell = str | int


def harmless(text: str) -> str:
    """A name such as =1+1 is shown, not computed."""
    text = ILLEGAL_CHARACTERS_RE.sub("", text)
    return f"'{text}" if text.lstrip(" \n")[:1] in FORMULAS and text.strip() else text


def sheet_of_group(programme: Programme, group: Group, members: Sequence[MemberState]) -> bytes:
    tasks = list(tasks_of(programme.stages))
    head = ["小组", "姓名", "角色", *(f"{stage.name} {task.title}" for stage, task in tasks)]
    rows = (
        [group.name, one.person.name, one.role, *(_state(one, task) for _, task in tasks)]
        for one in members
    )
    return _workbook(group.name, head, rows)


def sheet_of_groups(
    programme: Programme, groups: Sequence[Group], counts: Mapping[int, GroupCounts]
) -> bytes:
    tasks = list(tasks_of(programme.stages))
    head = ["小组", "人数", *(f"{stage.name} {task.title}" for stage, task in tasks)]
    rows: Iterable[list[Cell]] = (
        [
            group.name,
            sum(n for role, n in counts[group.id].members.items() if role not in LOOK_AFTER_OTHERS),
            *(counts[group.id].done.get((task.role, task.code), 0) for _, task in tasks),
        ]
        for group in groups
    )
    return _workbook("各组完成人数", head, rows)


def _state(member: MemberState, task: Task) -> str:
    if task.role != member.role:
        return ""
    goal, state = counted(task), member.states.get(task.code, NOT_BEGUN)
    if member.done(task):
        return DONE
    return f"{state.count}/{goal.number}" if goal else OPEN


def _workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "".join(c for c in title if c not in r"\/*?:[]'")[:31] or "进度"
    for row in (head, *rows):
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    for number, cell in enumerate(sheet[1], start=1):
        cell.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
