"""What stands in the programmes, as rows for the command line."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from bot.documents_at_hand import is_missing
from bot.running import run_now
from knowledge.answering.roles import Roles
from knowledge.programme.values import Programme, due_of
from scheduler.items import NOTHING_DONE, Done
from scheduler.planner import Reminder
from storage.roster import Recipient, RoleIn


def task_rows(programmes: Sequence[Programme], role: str, on: date | None) -> list[dict[str, Any]]:
    """`on`: only what belongs to a stage that runs on this day."""
    wanted = canonical_role(programmes, role)
    return [
        row
        for programme in programmes
        for row in _rows(programme, on)
        if not wanted or row["role"] == wanted
    ]


def canonical_role(programmes: Sequence[Programme], role: str) -> str:
    names = [name for programme in programmes for name in programme.roles]
    return Roles(names).canonical(role.strip())


def _rows(programme: Programme, on: date | None) -> Iterator[dict[str, Any]]:
    for stage in programme.stages:
        if on and not stage.starts <= on <= stage.ends:
            continue
        for task in stage.tasks:
            yield {
                "programme": programme.title,
                "stage": stage.name,
                "starts": stage.starts.isoformat(),
                "ends": stage.ends.isoformat(),
                "role": task.role,
                "title": task.title,
                "detail": task.detail,
                "marks": task.marks,
                "due": due_of(task, stage).isoformat(),
                "due_text": task.due_text,
            }


def task_lines(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Headed by programme and stage, then by role."""
    stage = role = None
    for row in rows:
        if (row["programme"], row["stage"]) != stage:
            stage, role = (row["programme"], row["stage"]), None
            yield f"{row['programme']} · {row['stage']}（{row['starts']} 至 {row['ends']}）"
        if row["role"] != role:
            role = row["role"]
            yield f"  {role}"
        marks = f"{row['marks']} " if row["marks"] else ""
        yield f"    {marks}{row['title']}（{row['due']} 前）{row['detail']}"


def recipients_at_hand(database_url: str, programmes: Sequence[Programme]) -> list[Recipient]:
    """Everybody on the roster; where there is nobody, one without a name for each role."""
    if not is_missing(database_url) and (known := run_now(_on_roster(database_url))):
        return known
    roles: dict[str, list[RoleIn]] = {}
    for programme in programmes:
        for role in programme.roles:
            roles.setdefault(role, []).append(RoleIn(programme.code, role))
    return [
        Recipient(id=-number, name=f"（{role}）", roles=tuple(memberships))
        for number, (role, memberships) in enumerate(roles.items(), start=1)
    ]


async def _on_roster(database_url: str) -> list[Recipient]:
    from bot.opening import opened_database
    from storage import people

    async with opened_database(database_url) as sessions, sessions() as session:
        return await people.people_with_roles(session)


def done_at_hand(database_url: str, programmes: Sequence[Programme]) -> Done:
    return NOTHING_DONE if is_missing(database_url) else run_now(_done(database_url, programmes))


async def _done(database_url: str, programmes: Sequence[Programme]) -> Done:
    from bot.opening import opened_database
    from storage import progress

    async with opened_database(database_url) as sessions, sessions() as session:
        return await progress.done_pairs(session, programmes)


def reminder_row(one: Reminder) -> dict[str, Any]:
    return {
        "on": one.on.isoformat(),
        "person": one.person,
        "role": one.role,
        "title": one.title,
        "due": one.due.isoformat(),
        "kind": one.kind,
    }
