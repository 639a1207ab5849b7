"""`yanxiu outbox …`: what waits, what is in trouble, and deciding about what is held."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.options import AsJson
from bot.commands.printing import say, say_json
from bot.refusal import Refused
from bot.running import run_now
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from scheduler.outlook import Outlook

Number = Annotated[int, typer.Argument(metavar="ID", help="status 里方括号中的编号")]

outbox = typer.Typer(help="待发的消息", no_args_is_help=True)


@outbox.command()
def status(as_json: AsJson = False) -> None:
    """等着发的、预计何时发完、没有送到的和等人决定的。"""
    settings = load_settings()
    from bot.clock import SystemClock
    from scheduler import outlook_texts

    now = SystemClock().now()
    found = run_now(_look(settings))
    if as_json:
        say_json(_as_json(found))
        return
    for line in outlook_texts.lines(found, now, settings.zone):
        say(line)
    for one in found.held:
        say(outlook_texts.held_line(one))


@outbox.command()
def release(number: Number) -> None:
    """看过了，没有送到：再发一次。"""
    _decide(number, release=True)
    say("好，再发一次。")


@outbox.command()
def drop(number: Number) -> None:
    """看过了，已经送到或不需要了：不再发。"""
    _decide(number, release=False)
    say("好，不再发。")


def _decide(number: int, *, release: bool) -> None:
    if not run_now(_decided(load_settings(), number, release=release)):
        raise Refused(f"没有编号是 {number} 的待定消息，用 yanxiu outbox status 看看")


async def _decided(settings: Settings, number: int, *, release: bool) -> bool:
    from bot.clock import SystemClock
    from bot.opening import opened_database
    from scheduler import held_letters

    now = SystemClock().now()
    async with opened_database(settings.database_url) as sessions, sessions.begin() as session:
        return await held_letters.decide(session, number, release=release, actor=None, now=now)


async def _look(settings: Settings) -> "Outlook":
    from bot.clock import SystemClock
    from bot.opening import opened_database
    from scheduler.hours import Hours, QuietHours
    from scheduler.outlook import outlook

    hours = Hours(settings.zone, settings.remind_at, QuietHours(*settings.quiet_hours))
    async with opened_database(settings.database_url) as sessions, sessions() as session:
        return await outlook(session, now=SystemClock().now(), hours=hours)


def _as_json(found: "Outlook") -> dict[str, Any]:
    end, next_due = found.end, found.status.next_due
    return {
        "counts": {str(state): number for state, number in found.status.counts.items()},
        "due": found.waiting.due,
        "under_way": found.waiting.under_way,
        "later": found.waiting.later,
        "per_second": round(found.rate, 2),
        "done_at": end.isoformat() if end else None,
        "next_due": next_due.isoformat() if next_due else None,
        "possibly_doubled": found.status.possibly_doubled,
        "troubles": [
            {"kind": one.kind, "state": one.state, "reason": one.reason, "letters": one.letters}
            for one in found.reasons
        ],
        "held": [
            {"id": one.id, "key": one.key, "kind": one.kind, "chat_id": one.chat_id,
             "text": one.text, "reason": one.reason}
            for one in found.held
        ],
    }  # fmt: skip
