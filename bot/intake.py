"""Files that a coordinator sends in chat: read, shown, and taken as the command line takes them."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import TypeVar

from bot import golden, importing, rosters, understanding
from bot.known_programmes import Unnamed
from bot.loading import Prepared, carried, prepared, programme_changes
from bot.refusal import Refused
from bot.running import run_now
from bot.secret import installation_secret
from bot.settings import Settings
from bot.shelf import Shelf
from handlers.coordinators.intake import Intake, Look, What, Which
from knowledge.documents import Unreadable
from knowledge.evaluation import Result
from knowledge.programme.yaml_form import load as read_programme
from knowledge.reading.apart import read_apart
from knowledge.yaml_lines import Malformed
from storage import audit
from storage.phones import Phones

T = TypeVar("T")
SHEETS = (".xlsx", ".csv")
PROGRAMMES = (".yaml", ".yml")
FEW_SHOWN = 20


def make_intake(settings: Settings, shelf: Shelf) -> Intake:
    """Its work runs in a thread of its own: conversations go on meanwhile."""

    async def look(name: str, content: bytes, now: datetime, programme: str) -> Look | Which:
        def work() -> Look | Which:
            try:
                return _look(settings, name, content, now, programme)
            except Unnamed as unnamed:
                return Which(tuple((one.code, one.title) for one in unnamed.programmes))

        return await asyncio.to_thread(_refusing, work)

    async def take(
        name: str, content: bytes, what: What, by: int, now: datetime, programme: str
    ) -> str:
        if what == "roster":
            work = lambda: _take_roster(settings, name, content, by, now, programme)  # noqa: E731
        else:
            work = lambda: _take_notice(settings, name, content, by, now)  # noqa: E731
        told = await asyncio.to_thread(_refusing, work)
        await shelf.refresh()
        return told

    return Intake(look, take)


def _refusing(work: Callable[[], T]) -> T:
    try:
        return work()
    except (Refused, Malformed) as refusal:
        raise Unreadable(str(refusal)) from None


def _look(settings: Settings, name: str, content: bytes, now: datetime, programme: str) -> Look:
    if PurePath(name).suffix.lower() in PROGRAMMES:
        found = _programme(settings, name, content, now)
        lines = found.lines or ("任务和日期没有变化。",)
        title = f"任务安排《{found.programme.title}》"
        return Look("\n".join((title, *lines)), not found.is_known, False, found.worse)
    roster = _as_roster(settings, name, content, now, programme)
    try:
        file = _notice(settings, name, content)
    except (Unreadable, Refused):
        if not roster:
            raise
        return Look(roster, False, True)
    if roster and not (file.document.notices or file.document.programmes):
        return Look(roster, False, True)
    worse = golden.named(_made_worse(settings, file, now))
    changed = understanding.changed(programme_changes(settings.database_url, [file], "", now))
    text = "\n\n".join(filter(None, (changed, understanding.summary(file.document), roster)))
    return Look(text, True, bool(roster), worse)


def _as_roster(settings: Settings, name: str, content: bytes, now: datetime, programme: str) -> str:
    """What importing it as a roster would do; "" where it is none."""
    if PurePath(name).suffix.lower() not in SHEETS:
        return ""
    url, today = settings.database_url, now.astimezone(settings.zone).date()
    try:
        roster = rosters.roster_in(name, content, url, today, role="", programme=programme)
    except Refused:
        if rosters.holds_numbers(name, content) or name.lower().endswith(".csv"):
            raise  # a roster that says what it lacks
        return ""
    report = run_now(
        rosters.enroll(
            settings.database_url,
            roster,
            Phones(installation_secret(settings)),
            now,
            dry_run=True,
            keep_missing=False,
            many_may_leave=True,
        )
    )
    return "\n".join(_roster_lines(report, "将"))


def _roster_lines(report: rosters.Report, would: str) -> Iterator[str]:
    done = report.enrolled
    left = done.left + len(report.missing)
    yield (
        f"名单：{would}加入 {done.added} 人，更新 {done.updated} 人，不变 {done.same} 人，"
        f"停用 {left} 人，不收 {len(report.refused)} 行"
    )
    for row in report.refused[:FEW_SHOWN]:
        yield f"第{row.line}行{f'（{row.name}）' if row.name else ''}：{row.reason}"
    for one in report.missing[:FEW_SHOWN]:
        yield f"不在名单上了：{one.name}"


def _programme(settings: Settings, name: str, content: bytes, now: datetime) -> Prepared:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable(f"{name}：不是 UTF-8 编码的文件") from None
    return prepared(settings, name, read_programme(text), now)


def _notice(settings: Settings, name: str, content: bytes) -> importing.ReadFile:
    importing.refuse_rosters(name, content)
    document = read_apart(name, content)
    file = importing.ReadFile(document, sha256(content).hexdigest())
    return carried(settings.database_url, [file])[0]


def _made_worse(settings: Settings, file: importing.ReadFile, now: datetime) -> list[Result]:
    url = settings.database_url
    questions = golden.golden_questions(url, now.astimezone(settings.zone).date())
    before, after = run_now(importing.preview(url, [file], "", now))
    return golden.made_worse(questions, before, after)


def _take_notice(settings: Settings, name: str, content: bytes, by: int, now: datetime) -> str:
    """The warning was shown: a press on 仍要导入 is the --force of the command line."""
    url = settings.database_url
    if PurePath(name).suffix.lower() in PROGRAMMES:
        found = _programme(settings, name, content, now)
        file, what = found.file, f"任务安排《{found.programme.title}》"
    else:
        file, what = _notice(settings, name, content), f"《{name}》"
    [saved] = run_now(importing.save_all(url, [file], "", now, by=by))
    return f"{what}：{importing.told(saved)}。几秒后生效。"


def _take_roster(
    settings: Settings, name: str, content: bytes, by: int, now: datetime, programme: str
) -> str:
    url = settings.database_url
    today = now.astimezone(settings.zone).date()
    roster = rosters.roster_in(name, content, url, today, role="", programme=programme)
    phones = Phones(installation_secret(settings))
    report = run_now(
        rosters.enroll(
            url, roster, phones, now, dry_run=False, keep_missing=False, many_may_leave=False
        )
    )
    run_now(_noted(url, "import_roster_file", by, now, name))
    return "\n".join(_roster_lines(report, "已"))


async def _noted(url: str, action: str, by: int, now: datetime, name: str) -> None:
    from bot.opening import opened_database

    async with opened_database(url) as sessions, sessions.begin() as session:
        await audit.note(session, action, name[:100], actor=by, now=now)
