"""A person's deadlines as calendar events, compared with what the feed said before. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from knowledge.programme.deadlines import deadlines_of
from knowledge.programme.values import Programme
from scheduler.short_names import short_name
from storage.calendars import Said
from storage.progress import NOT_BEGUN, Progress, is_done
from storage.roster import Recipient

CONFIRMED, CANCELLED = "CONFIRMED", "CANCELLED"

States = Mapping[tuple[str, str], Progress]


def current_events(
    person: Recipient, programmes: Sequence[Programme], states: States
) -> dict[str, dict[str, Any]]:
    """By UID, which stays the same however a task is edited."""
    return dict(_events(person, programmes, states))


def _events(
    person: Recipient, programmes: Sequence[Programme], states: States
) -> Iterator[tuple[str, dict[str, Any]]]:
    for programme in programmes:
        mine = person.role_in(programme.code)
        tasks = [(stage, task) for stage in programme.stages for task in stage.tasks]
        for stage, task in tasks:
            if mine is None or task.role != mine.role:
                continue
            done = is_done(task, states.get((programme.code, task.code), NOT_BEGUN))
            for number, due in enumerate(deadlines_of(task, stage), start=1):
                name = short_name(programme.code, task.code)
                yield (
                    f"{name}-{number}-{person.id}@yanxiu",
                    {
                        "day": due.isoformat(),
                        "title": f"{'✅ ' if done else ''}{task.title}（截止）",
                        "text": f"{programme.title}\n{stage.name} · {task.role}\n{task.detail}",
                        "status": CONFIRMED,
                    },
                )


def brought_up_to_date(
    before: Mapping[str, Said], current: Mapping[str, dict[str, Any]], now: datetime
) -> dict[str, Said]:
    """What changed gets a higher sequence; what is gone is called off, not left out: a phone would
    keep it."""
    after = {uid: _next(before.get(uid), content, now) for uid, content in current.items()}
    for uid, event in before.items():
        if uid not in current:
            after[uid] = _next(event, event.content | {"status": CANCELLED}, now)
    return after


def _next(before: Said | None, content: dict[str, Any], now: datetime) -> Said:
    printed = json.dumps(content, ensure_ascii=False, sort_keys=True)
    fingerprint = sha256(printed.encode()).hexdigest()
    if before is None:
        return Said(content, fingerprint, 0, now)
    if before.fingerprint == fingerprint:
        return before
    return replace(
        before,
        content=content,
        fingerprint=fingerprint,
        sequence=before.sequence + 1,
        changed_at=now,
    )
