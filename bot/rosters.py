"""`yanxiu roster import`: a sheet of people into the database, in chunks, with a progress bar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.known_programmes import chosen, known_programmes
from bot.opening import made_if_missing, opened_database
from bot.refusal import Refused
from knowledge.documents import Unreadable
from knowledge.programme.values import Programme
from knowledge.rosters.reading import read_roster
from knowledge.rosters.sheets import LARGEST
from knowledge.rosters.values import RefusedRow, Roster, RosterRow
from storage import audit
from storage.database import Sessions
from storage.enrolling import CHUNK, Enrolled, Enrolment
from storage.phones import Phones
from storage.placing import Missing, leave
from storage.roster import COORDINATOR

STDERR = Console(stderr=True)
FEW, SHARE = 5, 0.3  # more leaving than that at once is rather a wrong file


@dataclass(frozen=True, slots=True)
class Report:
    roster: Roster
    enrolled: Enrolled
    missing: tuple[Missing, ...]

    @property
    def refused(self) -> list[RefusedRow]:
        return sorted((*self.roster.refused, *self.enrolled.refused), key=lambda one: one.line)


def roster_of(path: Path, url: str, today: date, *, role: str, programme: str) -> Roster:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"{path}：读不了（{error.strerror}）") from None
    return roster_in(path.name, content, url, today, role=role, programme=programme)


def roster_in(
    name: str, content: bytes, url: str, today: date, *, role: str, programme: str
) -> Roster:
    """With the code of its programme in every row."""
    known = known_programmes(url)
    roles = {role for one in known for role in one.roles}
    if role and role not in roles | {COORDINATOR}:
        raise Refused(f"没有“{role}”这种角色，可用：{'、'.join(sorted(roles | {COORDINATOR}))}")
    try:
        roster = read_roster(name, content, role=role, known_roles=roles)
    except Unreadable as refusal:
        raise Refused(str(refusal)) from None
    return _in_programmes(roster, known, programme, today)


def holds_numbers(name: str, content: bytes) -> bool:
    """A sheet of people with their telephone numbers: nothing to answer questions from."""
    if not name.lower().endswith((".xlsx", ".csv")):
        return False
    try:
        roster = read_roster(name, content)
    except Unreadable:
        return False
    return any(row.phone for row in roster.rows)


def _in_programmes(roster: Roster, known: Sequence[Programme], wanted: str, today: date) -> Roster:
    """Rows that name none are in the `wanted` one."""
    if wanted or not all(row.programme for row in roster.rows):
        wanted = chosen(wanted, known, today).code
    rows, refused = [], list(roster.refused)
    for row in roster.rows:
        try:
            code = chosen(row.programme, known, today).code if row.programme else wanted
        except Refused:
            reason = f"没有项目“{row.programme}”"
            refused.append(RefusedRow(row.line, row.name, reason))
        else:
            rows.append(replace(row, programme=code))
    return replace(roster, rows=tuple(rows), refused=tuple(refused))


async def enroll(
    url: str,
    roster: Roster,
    phones: Phones | None,
    now: datetime,
    *,
    dry_run: bool,
    keep_missing: bool,
    many_may_leave: bool,
) -> Report:
    """In transactions of a chunk each: importing again after an interruption completes it. A dry
    run does the same in one transaction and takes it back."""
    await made_if_missing(url)
    enrolment = Enrolment(phones, now)
    async with opened_database(url) as sessions:
        if dry_run:
            async with sessions.begin() as session:
                for chunk in _chunks(roster.rows):
                    await enrolment.take(session, chunk)
                missing = await enrolment.missing(session)
                await session.rollback()
            return Report(roster, enrolment.outcome, tuple(missing))
        for chunk in _chunks(roster.rows):
            async with sessions.begin() as session:
                await enrolment.take(session, chunk)
        missing = await _departed(sessions, enrolment, now, keep_missing, many_may_leave)
    return Report(roster, enrolment.outcome, tuple(missing))


async def _departed(
    sessions: Sessions, enrolment: Enrolment, now: datetime, keep: bool, many: bool
) -> list[Missing]:
    async with sessions.begin() as session:
        missing = [] if keep else await enrolment.missing(session)
        done = enrolment.outcome
        listed = done.added + done.updated + done.same
        if len(missing) > max(FEW, SHARE * listed) and not many:
            raise Refused(
                f"名单已导入，但其中各组原有的 {len(missing)} 人不在名单上，多得可疑，没有停用；"
                "确实离开请再加 --all-left，不想停用请加 --keep-missing"
            )
        for one in missing:
            await leave(session, one.person_id, one.programme)
        await audit.note(
            session,
            "import_roster",
            actor=None,
            now=now,
            added=done.added,
            updated=done.updated,
            left=done.left + len(missing),
        )
    return missing


def _chunks(rows: Sequence[RosterRow]) -> Iterator[Sequence[RosterRow]]:
    with Progress(console=STDERR, transient=True, disable=not STDERR.is_terminal) as bar:
        task = bar.add_task("导入名单", total=len(rows))
        for start in range(0, len(rows), CHUNK):
            yield rows[start : start + CHUNK]
            bar.advance(task, CHUNK)
