"""`yanxiu gaps`, `yanxiu questions …`: what nobody could answer, and who is on it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.options import AsJson, day
from bot.commands.printing import say, say_json
from bot.refusal import Refused
from bot.running import run_now
from bot.settings import load_settings

STATES = {"open": "待答", "answered": "已答", "closed": "不再处理"}

questions = typer.Typer(help="没人能答的问题：查看、导出", no_args_is_help=True)
State = Annotated[str, typer.Option(help="只看：open 待答、answered 已答、closed 不再处理")]


def gaps(
    since: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help="只看这一天以后的", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """答不上来或被点“不对”的问题，相近的合在一起，多的在前。"""
    from bot import question_rows

    settings = load_settings()
    rows = run_now(question_rows.gap_rows(settings.database_url, settings.zone, since))
    if as_json:
        say_json(rows)
        return
    for row in rows:
        down = f"，其中 {row['down']} 次点了“不对”" if row["down"] else ""
        say(f"{row['times']:>4} 次  {row['question']}（{row['chats']} 个聊天{down}）")
    if not rows:
        say("没有记录到答不上来的问题。")


@questions.command("list")
def list_questions(state: State = "", as_json: AsJson = False) -> None:
    """问题，最早的在前：谁在答、到什么时候、谁联系不上。"""
    rows = rows_of(state)
    if as_json:
        say_json(rows)
        return
    for row in rows:
        say(f"{row['id']}  {row['question']}（{STATES[str(row['state'])]}，{row['askers']} 人问）")
        if row["with"]:
            say(f"    {row['with']}，{row['until']} 前")
        if row["unreachable"]:
            say(f"    联系不上：{row['unreachable']}")
        if row["answer"]:
            say(f"    {row['answered_by']}：{' '.join(str(row['answer']).split())}")
    if not rows:
        say("没有这样的问题。")


@questions.command()
def export(
    file: Annotated[Path, typer.Argument(help="xlsx 文件", metavar="FILE")], state: State = ""
) -> None:
    """问题和答复存成一张表。"""
    from bot import question_rows

    if file.suffix.lower() != ".xlsx":
        raise Refused(f"{file}：请用 .xlsx 作后缀")
    rows = rows_of(state)
    try:
        question_rows.write_sheet(file, rows)
    except OSError as error:
        raise Refused(f"{file}：写不了（{error.strerror}）") from None
    say(f"已导出 {len(rows)} 个问题到 {file}")


def rows_of(state: str) -> list[dict[str, str | int]]:
    from bot import question_rows

    if state not in ("", *STATES):
        raise Refused(f"--state 可以写：{'、'.join(STATES)}")
    settings = load_settings()
    return run_now(question_rows.rows(settings.database_url, settings.zone, state))
