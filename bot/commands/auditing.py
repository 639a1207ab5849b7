"""`yanxiu audit`: who did what to whom when."""

from typing import Annotated

import typer

from bot.commands.options import AsJson
from bot.commands.printing import say, say_json
from bot.running import run_now
from bot.settings import load_settings

Limit = Annotated[int, typer.Option(min=1, max=100_000, help="最近多少条")]


def audit(limit: Limit = 50, as_json: AsJson = False) -> None:
    """谁在什么时候对谁做了什么：最近的在前，写姓名，不写电话。"""
    settings = load_settings()
    from bot import auditing
    from bot.documents_at_hand import is_missing

    url = settings.database_url
    found = [] if is_missing(url) else run_now(auditing.latest(url, limit))
    if as_json:
        say_json(
            [
                {
                    "at": one.entry.at.astimezone(settings.zone).isoformat(),
                    "actor": one.actor,
                    "action": one.entry.action,
                    "subject": one.subject,
                    "detail": one.entry.detail,
                }
                for one in found
            ]
        )
        return
    for one in found:
        at = auditing.moment(one.entry.at.astimezone(settings.zone))
        detail = "，".join(f"{key}={value}" for key, value in one.entry.detail.items())
        say("  ".join(filter(None, (at, one.actor, one.action, one.subject, detail))))
    if not found:
        say("还没有记录。")
