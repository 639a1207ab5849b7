"""`yanxiu notices …`: files in, checked, listed and taken back."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.commands.options import AsJson, Region
from bot.commands.printing import complain, say, say_json
from bot.refusal import Refused
from bot.running import run_now
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.importing import ReadFile
    from bot.settings import Settings
    from storage.documents import Kept, Saved

notices = typer.Typer(help="通知：导入、查看、撤回", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="编号，见 notices list")]


@notices.command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help="docx pdf html md txt xlsx", metavar="FILE…")],
    region: Region = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看读出了什么，不保存")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="即使会让原来答对的问题答错，也导入")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """读入通知文件，说明读出了什么、哪里请核对。"""
    from bot import importing, loading, understanding
    from bot.clock import SystemClock

    settings = load_settings()
    read = loading.carried(settings.database_url, importing.read_all(files, region))
    saved: list[Saved | None] = [None] * len(read)
    changed = loading.programme_changes(settings.database_url, read, region, SystemClock().now())
    worse = "" if force else made_worse(settings, read, region)
    if worse and not dry_run:
        raise Refused(f"没有导入：原来答对的问题会答错（仍要导入请加 --force）\n{worse}")
    if worse:
        complain(f"导入会让原来答对的问题答错：\n{worse}")
    if not dry_run:
        work = importing.save_all(settings.database_url, read, region, SystemClock().now())
        saved = list(run_now(work))
    if as_json:
        say_json(as_values(read, saved, changed))
        return
    for file, one in zip(read, saved, strict=True):
        say(understanding.summary(file.document))
        say(f"  → {importing.told(one)}")
    if changed:
        say(understanding.changed(changed))


def as_values(
    read: "Sequence[ReadFile]", saved: "Sequence[Saved | None]", changed: "Sequence[str]"
) -> list[dict[str, Any]]:
    from bot import importing, understanding

    return [
        {
            **understanding.as_json(file.document),
            **importing.outcome(one),
            "programme_changes": list(changed),
        }
        for file, one in zip(read, saved, strict=True)
    ]


def made_worse(settings: "Settings", read: "Sequence[ReadFile]", region: str) -> str:
    """The golden questions that the import would make worse, one to a line."""
    from bot import golden, importing
    from bot.clock import SystemClock

    now = SystemClock().now()
    url = settings.database_url
    questions = golden.golden_questions(url, now.astimezone(settings.zone).date())
    before, after = run_now(importing.preview(url, read, region, now))
    return golden.named(golden.made_worse(questions, before, after))


@notices.command("list")
def list_files(as_json: AsJson = False) -> None:
    """现在有效的文件。"""
    from bot import importing

    kept = run_now(importing.listed(load_settings().database_url))
    if as_json:
        say_json([row(one) for one in kept])
        return
    for one in kept:
        say(line(one))
    if not kept:
        say("还没有导入文件。")


@notices.command()
def show(number: Number, as_json: AsJson = False) -> None:
    """一个文件读出了什么。"""
    from bot import importing, understanding

    kept = run_now(importing.found(load_settings().database_url, number))
    if as_json:
        say_json({**row(kept), **understanding.as_json(kept.document)})
        return
    say(line(kept))
    say(understanding.summary(kept.document))


@notices.command()
def withdraw(number: Number, as_json: AsJson = False) -> None:
    """撤回一个文件：不再用它回答和提醒。"""
    from bot import importing
    from bot.clock import SystemClock

    url = load_settings().database_url
    kept = run_now(importing.withdrawn(url, number, SystemClock().now()))
    if as_json:
        say_json({**row(kept), "state": "withdrawn"})
    else:
        say(f"已撤回 {kept.document.name}（编号 {number}）。")


def state(kept: "Kept") -> str:
    if kept.withdrawn_at:
        return "withdrawn"
    return "replaced" if kept.replaced_by else "current"


def row(kept: "Kept") -> dict[str, Any]:
    return {
        "id": kept.id,
        "file": kept.document.name,
        "region": kept.region,
        "imported_at": kept.imported_at.isoformat(),
        "state": state(kept),
        "replaced_by": kept.replaced_by,
    }


def line(kept: "Kept") -> str:
    from bot import understanding

    words = {
        "current": "",
        "withdrawn": "（已撤回）",
        "replaced": f"（已由编号 {kept.replaced_by} 代替）",
    }
    what = understanding.counts(kept.document)
    return f"{kept.id}  {kept.document.name}{words[state(kept)]}：{what}"
