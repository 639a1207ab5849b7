"""`yanxiu gaps` and `yanxiu questions`."""

import asyncio
import json
from pathlib import Path

from openpyxl import load_workbook

from storage import expert_answers, gaps, people, questions
from tests.bot.conftest import Yanxiu
from tests.cast import MORNING, PROGRAMME_CODE, Cast, enroll
from tests.databases import opened

FORMULA = '=HYPERLINK("http://例子","点我")'


async def some_questions(url: str) -> Cast:
    database = opened(url)
    async with database.sessions.begin() as session:
        cast = await enroll(session)
        lin = await people.person(session, cast.lin)
        assert lin
        question = await questions.ask(session, FORMULA, lin, PROGRAMME_CODE, now=MORNING)
        await expert_answers.record(
            session, question.id, cast.wu, "省级专家", "+1\x07请看通知", now=MORNING
        )
        await questions.ask(session, "饭卡在哪领", lin, PROGRAMME_CODE, now=MORNING)
        first = await gaps.log(
            session, "饭卡在哪领", kind="unknown", surface="page", chat_id=1, now=MORNING
        )
        await gaps.log(
            session,
            "饭卡哪里领",
            kind="down",
            reason="过时",
            surface="page",
            chat_id=2,
            cluster=first,
            now=MORNING,
        )
    await database.engine.dispose()
    return cast


def test_questions_are_listed_and_exported_without_formulas(
    yanxiu: Yanxiu, bare_environment: Path
) -> None:
    assert yanxiu("db", "upgrade").code == 0
    asyncio.run(some_questions("sqlite+aiosqlite:///var/yanxiu.db"))

    listed = yanxiu("questions", "list")
    assert "饭卡在哪领（待答，1 人问）" in listed.out
    assert "省级专家吴岳：" in listed.out
    [answered] = json.loads(yanxiu("questions", "list", "--state", "answered", "--json").out)
    assert (answered["question"], answered["asked_at"]) == (FORMULA, "2015-09-17 08:00")
    assert yanxiu("gaps").out == "   2 次  饭卡在哪领（2 个聊天，其中 1 次点了“不对”）\n"
    assert yanxiu("gaps", "--since", "2015-09-18").out == "没有记录到答不上来的问题。\n"

    assert yanxiu("questions", "export", "问题.xlsx").code == 0
    sheet = load_workbook(bare_environment / "问题.xlsx")["问题"]
    head, first, _ = sheet.iter_rows()
    row = {str(name.value): cell for name, cell in zip(head, first, strict=True)}
    assert (row["问题"].value, row["问题"].data_type) == (FORMULA, "s")
    assert (row["答复"].value, row["答复"].data_type) == ("+1请看通知", "s")
    assert row["答复"].quotePrefix


def test_what_cannot_be_done_is_one_line(yanxiu: Yanxiu) -> None:
    assert yanxiu("questions", "export", "问题.csv").err == "问题.csv：请用 .xlsx 作后缀\n"
    assert yanxiu("questions", "list", "--state", "x").err.startswith("--state 可以写：")
    assert yanxiu("questions", "list").out == "没有这样的问题。\n"
