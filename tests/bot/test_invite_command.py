"""`yanxiu invite` and `yanxiu roster links`: told once, stored as hashes."""

import asyncio
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.clock import SystemClock
from storage import invitations
from storage.database import make_engine, make_sessions
from storage.invitations import Invited
from tests.bot.conftest import Yanxiu

pytestmark = pytest.mark.usefixtures("with_database")

ROSTER = """姓名,角色,研修组,学校,手机号
林晓,学员,第一组,一中,13812345678
陈波,组长,第一组,=cmd|1,13812345679
"""


def looked(token: str) -> Invited | None:
    async def look() -> Invited | None:
        engine = make_engine("sqlite:///var/yanxiu.db")
        try:
            async with make_sessions(engine)() as session:
                return await invitations.look(session, token, SystemClock().now())
        finally:
            await engine.dispose()

    return asyncio.run(look())


def token_in(text: str) -> str:
    found = re.search(r"start=([\w-]{32})", text)
    assert found
    return found[1]


def test_an_invitation_is_printed_once_with_its_picture(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    picture = bare_environment / "invite.png"

    ran = yanxiu(
        "invite", "--role", "组长", "--group", "第九组", "--qr", str(picture), "--days", "3"
    )

    assert (ran.code, "http://127.0.0.1:8080/?start=" in ran.out) == (0, True)
    assert "只在这台机器上打得开" in ran.err
    assert picture.read_bytes().startswith(b"\x89PNG")
    token = token_in(ran.out)
    assert token.encode() not in (bare_environment / "var" / "yanxiu.db").read_bytes()
    made = looked(token)
    assert made
    assert (made.role, made.uses_left, made.group_id, made.made_by) == ("组长", 1, 1, None)

    assert yanxiu("invite", "--revoke", f"https://t.me/x?start={token}").code == 0
    assert looked(token) is None
    assert yanxiu("invite", "--revoke", token).code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("--role", "校长"), 1),
        (("--role", "学员", "--programme", "没有的"), 1),
        (("--role", "学员", "--uses", "0"), 2),
        (("--role", "学员", "--qr", "a.gif"), 2),
    ],
)
def test_what_cannot_be_meant_is_refused(
    yanxiu: Yanxiu, arguments: tuple[str, ...], code: int
) -> None:
    ran = yanxiu("invite", *arguments)

    assert (ran.code, "Traceback" in ran.err) == (code, False)


def test_telegram_out_of_reach_is_said(yanxiu: Yanxiu, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:AAbbccddeeff-ggHH_iijjkkllmmnnooppq")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:1")
    monkeypatch.setenv("PAGE", "https://yx.example")

    ran = yanxiu("invite", "--role", "项目办")

    assert ran.code == 0
    assert "Telegram 连不上" in ran.err
    assert "https://yx.example/?start=" in ran.out


def test_everybody_on_the_roster_gets_a_link_of_their_own(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    (bare_environment / "名单.csv").write_text(ROSTER)
    yanxiu("roster", "import", "名单.csv")

    ran = yanxiu("roster", "links", "--out", "links.xlsx")
    first = list(load_workbook("links.xlsx").active.values)  # type: ignore[union-attr]
    yanxiu("roster", "links", "--out", "links.xlsx")

    assert "2 人还没有加入" in ran.out
    assert Path("links.xlsx").stat().st_mode & 0o777 == 0o600
    assert first[0] == ("姓名", "角色", "研修组", "学校", "手机号", "网页")
    assert first[1][:4] == ("林晓", "学员", "第一组", "一中")
    assert first[1][4] == "138****5678"
    assert looked(token_in(str(first[1][5]))) is None  # the second file replaced the first
    new = list(load_workbook("links.xlsx").active.values)  # type: ignore[union-attr]
    made = looked(token_in(str(new[2][5])))
    assert made
    assert made.person_id == 2


def test_links_without_a_file_are_asked_for_in_plain_words(yanxiu: Yanxiu) -> None:
    ran = yanxiu("roster", "links")

    assert (ran.code, ran.out) == (1, "")
    assert ran.err.strip() == (
        "请写明链接写到哪个表格，例如：yanxiu roster links --out 一人一链.xlsx"
    )
