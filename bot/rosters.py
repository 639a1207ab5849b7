"""`yanxiu roster import`: a sheet of people into the database, in chunks, with a progress bar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from bot.documents_at_hand import documents_at_hand, is_missing
from bot.opening import opened_database
from bot.refusal import Refused
from knowledge.documents import Unreadable
from knowledge.programme.values import Programme
from knowledge.rosters.reading import read_roster
from knowledge.rosters.sheets import LARGEST
from knowledge.rosters.values import RefusedRow, Roster, RosterRow
from storage import audit
from storage.database import Sessions, make_engine, upgrade
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


def roster_of(path: Path, url: str, *, role: str, programme: str) -> Roster:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise Refused(f"{path}：读不了（{error.strerror}）") from None
    return roster_in(path.name, content, url, role=role, programme=programme)


def roster_in(name: str, content: bytes, url: str, *, role: str, programme: str) -> Roster:
    """With the code of its programme in every row."""
    known = [one for document in documents_at_hand(url) for one in document.programmes]
    roles = {role for one in known for role in one.roles}
    if role and role not in roles | {COORDINATOR}:
        raise Refused(f"没有“{role}”这种角色，可用：{'、'.join(sorted(roles | {COORDINATOR}))}")
    try:
        roster = read_roster(name, content, role=role, known_roles=roles)
    except Unreadable as refusal:
        raise Refused(str(refusal)) from None
    return _in_programmes(roster, known, programme)


def _in_programmes(roster: Roster, known: Sequence[Programme], wanted: str) -> Roster:
    everybodys = _code(wanted, known) if wanted else ""
    if wanted and not everybodys:
        raise Refused(f"没有项目“{wanted}”。{_listed(known)}")
    rows, refused = [], list(roster.refused)
    for row in roster.rows:
        code = _code(row.programme, known) if row.programme else everybodys
        if not row.programme and not code:
            if len(known) != 1:
                raise Refused(f"名单没有写是哪个项目，请加 --programme 代码。{_listed(known)}")
            code = known[0].code
        if code:
            rows.append(replace(row, programme=code))
        else:
            refused.append(RefusedRow(row.line, row.name, f"没有项目“{row.programme}”"))
    return replace(roster, rows=tuple(rows), refused=tuple(refused))


def _code(text: str, known: Sequence[Programme]) -> str:
    """By code or title, or by a part of the title that only one has."""
    exact = [one.code for one in known if text in (one.code, one.title)]
    close = [one.code for one in known if text in one.title]
    return exact[0] if exact else close[0] if len(close) == 1 else ""


def _listed(known: Sequence[Programme]) -> str:
    if not known:
        return "还没有任何项目，请先用 notices import 或 programme load 载入。"
    return "现有：" + "；".join(f"{one.code}（{one.title}）" for one in known)


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
    await _made(url)
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


async def _made(url: str) -> None:
    if is_missing(url):
        engine = make_engine(url)
        try:
            await upgrade(engine)
        finally:
            await engine.dispose()
