"""`yanxiu programme …` and `yanxiu reminders`: what is to be done, and who hears of it when."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.commands.options import AsJson, Region, day
from bot.commands.printing import complain, say, say_json
from bot.refusal import Refused
from bot.running import run_now
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.loading import Prepared
    from knowledge.programme.values import Programme

T = TypeVar("T")
YamlFile = Annotated[Path, typer.Argument(help="任务安排（YAML）", metavar="FILE")]
LONGEST_SPAN = 1100  # days: three years of a programme

programme = typer.Typer(help="任务安排表：查看、起草、检查、载入", no_args_is_help=True)


def programmes_at_hand(database_url: str) -> "list[Programme]":
    from bot.documents_at_hand import documents_at_hand
    from knowledge.standing import as_they_stand

    documents = as_they_stand(documents_at_hand(database_url))
    return [one for document in documents for one in document.programmes]


@programme.command()
def show(
    role: Annotated[str, typer.Option(help="只看这个角色")] = "",
    on: Annotated[
        date | None,
        typer.Option(parser=day, metavar="DATE", help="只看这一天所在的阶段", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """各阶段各角色的任务。"""
    from bot import schedules
    from bot.clock import SystemClock
    from knowledge.programme.running import running_first

    known = programmes_at_hand(load_settings().database_url)
    known = running_first(known, SystemClock().now().date())
    rows = schedules.task_rows(known, role, on)
    if as_json:
        say_json(rows)
        return
    for line in schedules.task_lines(rows):
        say(line)
    if not rows:
        say("没有这样的任务。")


@programme.command()
def draft(
    file: Annotated[Path, typer.Argument(help="含任务安排表的通知", metavar="FILE")],
    region: Region = "",
    year: Annotated[int, typer.Option(help="原文没有年份时按哪一年", min=0, max=2100)] = 0,
) -> None:
    """从通知的表格起草任务安排（YAML）；拿不准的写在注释里。"""
    from bot.importing import read_all
    from knowledge.programme.yaml_form import dump

    [read] = read_all([file], region, year)
    doubts = [f"第{d.line}行：{d.text}" if d.line else d.text for d in read.document.doubts]
    if not read.document.programmes:
        undated = [doubt for doubt in doubts if "没有年份" in doubt]
        hint = f"，可以加 --year 指明年份\n{undated[0]}" if undated else ""
        raise Refused(f"{file.name}：没有找到{'可以排出日期的' if hint else ''}任务安排表{hint}")
    for number, one in enumerate(read.document.programmes):
        if number:
            say("---")
        say(dump(one, () if number else doubts).rstrip())
    for doubt in doubts:
        complain(doubt)


@programme.command()
def check(file: YamlFile) -> None:
    """检查一份任务安排，指出问题和行号。"""
    from knowledge.programme.checking import check_text

    findings = understood(file, check_text)
    if findings:
        raise Refused("\n".join(map(str, findings)))
    say("没有发现问题。")


@programme.command()
def load(
    file: YamlFile,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看会改变什么，不载入")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="即使会让原来答对的问题答错，也载入")
    ] = False,
) -> None:
    """载入一份任务安排：回答和提醒从此按它。先列出与现有安排的不同。"""
    from bot.clock import SystemClock
    from bot.importing import save_all
    from bot.loading import prepared
    from knowledge.programme.yaml_form import load_all

    settings, now = load_settings(), SystemClock().now()
    found = [prepared(settings, file.name, one, now) for one in understood(file, load_all)]
    for each in found:
        say_prepared(each)
    worse = "\n".join(each.worse for each in found if each.worse)
    if worse and not (dry_run or force):
        raise Refused(f"没有载入：原来答对的问题会答错（仍要载入请加 --force）\n{worse}")
    if worse:
        complain(f"载入会让原来答对的问题答错：\n{worse}")
    if dry_run:
        say("只是查看，没有载入。")
        return
    new = [each for each in found if not each.is_known]
    for each in new:
        province = each.programme.province
        run_now(save_all(settings.database_url, [each.file], province, now))
        say(f"已载入：{each.programme.title}（{each.programme.code}）")


def say_prepared(prepared: "Prepared") -> None:
    one = prepared.programme
    if prepared.is_known:
        say(f"已存在，未重复载入：{one.title}（{one.code}）")
        return
    for line in prepared.lines or ["任务和日期没有变化。"]:
        say(line)


def understood(file: Path, read: Callable[[str], T]) -> T:
    from knowledge.yaml_lines import Malformed

    try:
        return read(file.read_text(encoding="utf-8-sig"))
    except Malformed as error:
        raise Refused(f"{file}：{error}") from None
    except UnicodeDecodeError:
        raise Refused(f"{file}：不是 UTF-8 编码的文件") from None
    except OSError as error:
        raise Refused(f"{file}：读不了（{error.strerror}）") from None


def reminders(
    first: Annotated[
        date,
        typer.Option("--from", parser=day, metavar="DATE", help="从哪一天", show_default=False),
    ],
    last: Annotated[
        date, typer.Option("--to", parser=day, metavar="DATE", help="到哪一天", show_default=False)
    ],
    as_json: AsJson = False,
) -> None:
    """这些天会提醒谁什么；什么也不发。"""
    from bot import reminder_lines, schedules
    from scheduler.planner import dry_run

    if not 0 <= (last - first).days <= LONGEST_SPAN:
        raise typer.BadParameter(f"--to 应在 --from 之后，相隔不超过 {LONGEST_SPAN} 天")
    url = load_settings().database_url
    programmes = programmes_at_hand(url)
    recipients = schedules.recipients_at_hand(url, programmes)
    if all(person.id < 0 for person in recipients):
        complain("名单是空的：每个角色按一位不具名的人列出。")
    done = schedules.done_at_hand(url, programmes)
    found = dry_run(programmes, recipients, first, last, done=done)
    if as_json:
        say_json([schedules.reminder_row(one) for one in found])
        return
    for line in reminder_lines.reminder_lines(found, reminder_lines.bynames_at_hand(url)):
        say(line)
    if not found:
        say("这些天没有提醒。")
