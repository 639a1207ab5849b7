"""Questions and gaps as rows, for the command line and for a sheet."""

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from bot.documents_at_hand import is_missing
from bot.opening import opened_database
from storage import expert_answers, gaps, questions, turns
from storage.database import AnySession
from storage.questions import Waiting
from storage.turns import Turn

Row = dict[str, str | int]

HEADS = {
    "id": "编号",
    "question": "问题",
    "programme": "项目",
    "state": "状态",
    "askers": "提问人数",
    "asked_at": "提出时间",
    "with": "现在由谁答",
    "until": "答复时限",
    "unreachable": "联系不上",
    "answer": "答复",
    "answered_by": "答复人",
    "answered_at": "答复时间",
}
WIDE = {"question": 50, "answer": 60}
NARROW = 16


async def rows(url: str, zone: ZoneInfo, state: str) -> list[Row]:
    if is_missing(url):
        return []
    async with opened_database(url) as sessions, sessions() as session:
        found = await questions.every(session, state)
        running = await turns.running(session, [each.id for each in found])
        away = await turns.unreachable(session)
        return [
            await _row(session, each, running.get(each.id), away.get(each.id, []), zone)
            for each in found
        ]


async def _row(
    session: AnySession, question: Waiting, turn: Turn | None, away: list[str], zone: ZoneInfo
) -> Row:
    answer = await expert_answers.latest(session, question.id)
    return {
        "id": question.id,
        "question": question.text,
        "programme": question.programme,
        "state": question.state,
        "askers": question.askers,
        "asked_at": _moment(question.asked_at, zone),
        "with": f"{turn.role}{turn.name}" if turn else "",
        "until": _moment(turn.until, zone) if turn else "",
        "unreachable": "、".join(away),
        "answer": answer.text if answer else "",
        "answered_by": f"{answer.role}{answer.name}" if answer else "",
        "answered_at": _moment(answer.at, zone) if answer else "",
    }


async def gap_rows(url: str, zone: ZoneInfo, since: date | None) -> list[Row]:
    if is_missing(url):
        return []
    begins = datetime.combine(since, time(0), zone) if since else None
    async with opened_database(url) as sessions, sessions() as session:
        return [
            {
                "question": each.question,
                "times": each.times,
                "chats": each.chats,
                "down": each.down,
                "first_at": _moment(each.first_at, zone),
                "last_at": _moment(each.last_at, zone),
            }
            for each in await gaps.clusters(session, begins)
        ]


def write_sheet(file: Path, rows: list[Row]) -> None:
    """What people wrote stays text: no cell of it is ever a formula."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "问题"
    sheet.freeze_panes = "A2"
    for column, (key, head) in enumerate(HEADS.items(), start=1):
        _write(sheet.cell(1, column), head)
        sheet.column_dimensions[get_column_letter(column)].width = WIDE.get(key, NARROW)
        for line, row in enumerate(rows, start=2):
            _write(sheet.cell(line, column), row[key])
    book.save(file)


def _write(cell: Cell | MergedCell, value: str | int) -> None:
    assert isinstance(cell, Cell), "nothing is merged here"
    if isinstance(value, int):
        cell.value = value
        return
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
    cell.data_type = "s"
    cell.quotePrefix = True  # text also for whoever saves the sheet as something else


def _moment(value: datetime, zone: ZoneInfo) -> str:
    return f"{value.astimezone(zone):%Y-%m-%d %H:%M}"
