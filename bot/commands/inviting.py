"""`yanxiu invite` and `yanxiu roster links`: ways in, told once."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.printing import complain, say
from bot.refusal import Refused
from bot.running import run_now
from bot.settings import load_settings

if TYPE_CHECKING:
    from bot.links import Entrances
    from storage.not_joined import NotJoined

LONGEST_DAYS = 365
HEADINGS = ("姓名", "角色", "研修组", "学校", "手机号")


def invite(
    role: Annotated[
        str, typer.Option(help="学员、组长、指导教师、省级专家或项目办", show_default=False)
    ] = "",
    programme: Annotated[str, typer.Option(help="项目代码或名称；只有一个项目时可省")] = "",
    group: Annotated[str, typer.Option(help="研修组名称")] = "",
    uses: Annotated[int, typer.Option(min=1, max=100_000, help="可用几次")] = 1,
    days: Annotated[int, typer.Option(min=1, max=LONGEST_DAYS, help="几天内有效")] = 14,
    qr: Annotated[
        Path | None, typer.Option("--qr", help="二维码存成图片（png 或 svg）", metavar="FILE")
    ] = None,
    revoke: Annotated[
        str, typer.Option("--revoke", help="撤回一个链接", metavar="LINK", show_default=False)
    ] = "",
) -> None:
    """发邀请：打印一次链接。组长以上还要与名单相符，或由项目办同意。"""
    if revoke:
        take_back(revoke)
        return
    if not role:
        raise typer.BadParameter("请写明邀请谁", param_hint="--role")
    if qr and qr.suffix.lower() not in (".png", ".svg"):
        raise typer.BadParameter("应以 .png 或 .svg 结尾", param_hint="--qr")
    settings = load_settings()
    from bot import invitations
    from bot.clock import SystemClock
    from bot.known_programmes import known_programmes
    from bot.links import entrances

    wanted = invitations.Wanted(role, programme, group, uses, days)
    ways = run_now(entrances(settings))
    known = known_programmes(settings.database_url)
    made = run_now(invitations.make(settings.database_url, wanted, known, SystemClock().now()))
    if made.new_group:
        complain(f"原来没有研修组“{made.group}”，已新建")
    where = f"，加入《{made.programme}》{made.group}" if made.programme else ""
    say(f"邀请{made.role}{where}：{days} 天内有效，可用 {uses} 次。链接只显示这一次。")
    show(ways, made.token, qr)


def take_back(link: str) -> None:
    settings = load_settings()
    from bot import invitations
    from bot.clock import SystemClock

    token = link.rpartition("start=")[2].strip()
    if not run_now(invitations.revoke(settings.database_url, token, SystemClock().now())):
        raise Refused("没有这个链接，或者已经用完、撤回了")
    say("链接已撤回。")


def show(ways: "Entrances", token: str, qr: Path | None) -> None:
    links = ways.links(token)
    for where, link in links:
        say(f"{where}：{link}")
    warn(ways)
    if ways.unknown:
        say(f"Telegram：https://t.me/机器人名?start={token}")
    if not links:
        return
    import segno

    code = segno.make(links[0][1], error="m", micro=False)
    if qr:
        try:
            code.save(str(qr), scale=8, border=3)
        except OSError as error:
            raise Refused(f"{qr}：写不了（{error.strerror}）") from None
        say(f"二维码已存入 {qr}")
    if sys.stdout.isatty():
        code.terminal(compact=True)


def warn(ways: "Entrances") -> None:
    from bot.links import is_local

    if ways.unknown:
        complain("Telegram 连不上，不知道机器人的名字，请把“机器人名”换成它的用户名。")
    if ways.page and is_local(ways.page):
        complain("网页链接只在这台机器上打得开；设置 PAGE 为公网地址后，别人才打得开。")


def links(
    out: Annotated[
        Path | None, typer.Option("--out", help="写入的表格（xlsx）", metavar="FILE")
    ] = None,
    programme: Annotated[str, typer.Option(help="只要这个项目的人")] = "",
    days: Annotated[int, typer.Option(min=1, max=LONGEST_DAYS, help="几天内有效")] = 30,
) -> None:
    """一人一链：给名单上还没加入的每个人一个只能用一次的链接；以前发的作废。"""
    if out is None:
        raise Refused("请写明链接写到哪个表格，例如：yanxiu roster links --out 一人一链.xlsx")
    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter("应以 .xlsx 结尾", param_hint="--out")
    settings = load_settings()
    make_private(out)  # or links that nobody ever sees would take the place of earlier ones
    from bot import invitations
    from bot.clock import SystemClock
    from bot.known_programmes import chosen, known_programmes
    from bot.links import entrances
    from bot.secret import installation_secret
    from storage.phones import Phones, masked

    code = ""
    if programme:
        known, today = known_programmes(settings.database_url), SystemClock().now().date()
        code = chosen(programme, known, today).code
    ways = run_now(entrances(settings))
    made = run_now(invitations.personal(settings.database_url, code, days, SystemClock().now()))
    phones = Phones(installation_secret(settings))
    masks = {one.id: masked(phones.opened(one.phone_cipher)) for one, _ in made if one.phone_cipher}
    write(out, ways, made, masks)
    warn(ways)
    say(f"{len(made)} 人还没有加入，每人的链接已写入 {out}，{days} 天内有效。")


def write(
    out: Path, ways: "Entrances", made: list[tuple["NotJoined", str]], masks: dict[int, str]
) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("一人一链")
    names = [where for where, _ in ways.links("")] or ["口令"]
    sheet.append([*HEADINGS, *names])
    for one, token in made:
        theirs = [link for _, link in ways.links(token)] or [token]
        facts = [one.name, one.role, one.group, one.school, masks.get(one.id, "")]
        sheet.append([harmless(text) for text in (*facts, *theirs)])
    book.save(out)


def make_private(out: Path) -> None:
    """Readable by its owner only: each line of it lets somebody in."""
    try:
        os.close(os.open(out, os.O_WRONLY | os.O_CREAT, 0o600))
        out.chmod(0o600)
    except OSError as error:
        raise Refused(f"{out}：写不了（{error.strerror}）") from None


def harmless(text: str) -> str:
    """A spreadsheet takes what begins so for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
