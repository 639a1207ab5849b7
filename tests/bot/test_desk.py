"""The golden gate of approvals: the bundled questions, asked of what would be known."""

from datetime import date

from bot.desk import make_desk
from bot.settings import load_settings
from bot.shelf import Shelf
from knowledge.answering.verdicts import Asker
from knowledge.entries import Entry, LearnedPhrasing
from knowledge.reviewing import review
from knowledge.sources import Scope, Source
from tests.databases import Database

TODAY = date(2015, 9, 17)


async def test_what_would_make_a_golden_question_worse_is_named(sqlite: Database) -> None:
    settings = load_settings(None).model_copy(update={"database_url": sqlite.url})
    shelf = Shelf(sqlite.sessions, lambda: TODAY)
    await shelf.refresh()
    desk = make_desk(settings, shelf)
    before = desk.preview((), ())
    wrong = Entry(
        "answer-1",
        "山东高中学员观课报告写多少字",
        "500字以上。",
        Source("指导教师何敏的答复", section="第1号"),
        Scope(provinces=frozenset(["山东"])),
    )
    harmless = Entry("answer-2", "饭卡在哪里领", "服务台。", wrong.source)
    sound = [LearnedPhrasing("answer-2", "餐卡去哪领")]

    after = desk.preview([wrong], ())
    assert "观课报告写多少字" in desk.worse(before, after, TODAY)
    assert review(wrong, asker(), before, after).contradicts
    assert desk.worse(before, desk.preview([harmless], sound), TODAY) == ""
    assert "服务台" in desk.preview([harmless], sound).ask("餐卡去哪领", asker()).text
    assert "服务台" not in shelf.library.ask("餐卡去哪领", asker()).text


def asker() -> Asker:
    return Asker(TODAY)
