"""`yanxiu roster …`: who takes part."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.options import AsJson
from bot.commands.printing import complain, say, say_json
from bot.refusal import Refused
from bot.running import run_now
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.rosters import Report

roster = typer.Typer(help="名单：导入", no_args_is_help=True)


@roster.callback()
def people() -> None:
    """名单。"""  # without this, typer would make the only command below it disappear


@roster.command("import")
def import_roster(
    file: Annotated[Path, typer.Argument(help="xlsx 或 csv", metavar="FILE")],
    programme: Annotated[str, typer.Option(help="项目代码或名称；只有一个项目时可省")] = "",
    role: Annotated[str, typer.Option(help="名单没有角色一列时，人人都是这个角色")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会怎样，不保存")] = False,
    keep_missing: Annotated[
        bool, typer.Option("--keep-missing", help="原在这些组里、这次没列出的人照旧")
    ] = False,
    all_left: Annotated[
        bool, typer.Option("--all-left", help="没列出的人再多，也都算离开")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """导入名单：新来的加入，变了的更新，这些组里不再列出的停用；不合格的行逐行说明。"""
    settings = load_settings()
    from bot import rosters
    from bot.clock import SystemClock
    from bot.secret import installation_secret
    from storage.phones import Phones

    now = SystemClock().now()
    today = now.astimezone(settings.zone).date()
    read = rosters.roster_of(file, settings.database_url, today, role=role, programme=programme)
    has_phones = any(row.phone for row in read.rows)
    phones = Phones(installation_secret(settings)) if has_phones else None
    how = {"dry_run": dry_run, "keep_missing": keep_missing, "many_may_leave": all_left}
    report = run_now(rosters.enroll(settings.database_url, read, phones, now, **how))
    if as_json:
        say_json(as_values(report))
    else:
        tell(report, dry_run=dry_run)
    if read.rows or not report.refused:
        return
    raise Refused("没有一行可以导入。")


def tell(report: "Report", *, dry_run: bool) -> None:
    for heading, field in report.roster.columns:
        if heading != field:
            say(f"  “{heading}”一列读作{field}")
    for row in report.refused:
        complain(f"第{row.line}行{f'（{row.name}）' if row.name else ''}：{row.reason}")
    done = report.enrolled
    left = done.left + len(report.missing)
    would = "将" if dry_run else "已"
    say(
        f"{would}加入 {done.added} 人，更新 {done.updated} 人，不变 {done.same} 人，"
        f"停用 {left} 人，不收 {len(report.refused)} 行"
    )
    for one in report.missing:
        say(f"  不在名单上了：{one.name}")


def as_values(report: "Report") -> dict[str, Any]:
    done = report.enrolled
    return {
        "added": done.added,
        "updated": done.updated,
        "same": done.same,
        "left": done.left + len(report.missing),
        "missing": [one.name for one in report.missing],
        "refused": [
            {"line": row.line, "name": row.name, "reason": row.reason} for row in report.refused
        ],
        "columns": [
            {"heading": heading, "field": field} for heading, field in report.roster.columns
        ],
    }
