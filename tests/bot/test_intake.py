"""A coordinator's file, from the first look to what it changed."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.intake import make_intake
from bot.settings import load_settings
from bot.shelf import Shelf
from handlers.coordinators.intake import Intake, Look, Which
from knowledge.documents import Unreadable
from knowledge.programme.yaml_form import dump
from storage import people
from storage.database import make_engine, make_sessions
from tests.bot.test_notices_command import CHANGE, NOTICE, PLAN
from tests.cast import MORNING, PROGRAMME

ROSTER = "姓名,角色,研修组\n林晓,学员,第一组\n张三,保安,第一组\n".encode()


@pytest.fixture
async def intake(with_database: object) -> AsyncIterator[Intake]:
    settings = load_settings(None)
    engine = make_engine(settings.database_url)
    sessions = make_sessions(engine)
    async with sessions.begin() as session:
        assert await people.add_person(session, "赵宁", coordinator=True, now=MORNING) == 1
    shelf = Shelf(sessions, lambda: MORNING.date())
    await shelf.refresh()
    yield make_intake(settings, shelf)
    await engine.dispose()


async def test_a_notice_is_looked_at_and_then_taken(intake: Intake) -> None:
    seen = await intake.look("送教.txt", NOTICE.encode(), MORNING, "")
    told = await intake.take("送教.txt", NOTICE.encode(), "notice", 1, MORNING, "")
    again = await intake.take("送教.txt", NOTICE.encode(), "notice", 1, MORNING, "")

    assert isinstance(seen, Look)
    assert "青教办〔2016〕7号" in seen.text
    assert (seen.notice, seen.roster, seen.warning) == (True, False, "")
    assert "已导入，编号 1" in told
    assert "未重复导入" in again


async def test_a_supplement_says_what_it_changes_before_it_is_taken(intake: Intake) -> None:
    await intake.take("安排.md", PLAN.encode(), "notice", 1, MORNING, "")

    seen = await intake.look("调整.txt", CHANGE.encode(), MORNING, "")

    assert isinstance(seen, Look)
    assert "任务安排的变化（3）" in seen.text
    assert "改数量 · 读书 学员：笔记 4篇→3篇" in seen.text
    assert "小学音乐读书报到时间改为3月3日，任务表里没有改，请核对" in seen.text


async def test_a_roster_is_told_from_a_notice_and_taken_once(intake: Intake) -> None:
    seen = await intake.look("名单.csv", ROSTER, MORNING, "")
    first = await intake.take("名单.csv", ROSTER, "roster", 1, MORNING, "")
    second = await intake.take("名单.csv", ROSTER, "roster", 1, MORNING, "")

    assert isinstance(seen, Look)
    assert (seen.notice, seen.roster) == (False, True)
    assert "将加入 1 人" in seen.text
    assert "第3行（张三）：不认识角色“保安”" in seen.text
    assert "已加入 1 人" in first
    assert "不变 1 人" in second


@pytest.mark.parametrize("name", ["坏的.docx", "坏的.xlsx", "坏的.yaml", "坏的.exe"])
async def test_what_cannot_be_read_is_refused_in_one_line(intake: Intake, name: str) -> None:
    with pytest.raises(Unreadable, match=r"坏的|行"):
        await intake.look(name, b"\x00\xff\x00 not what it says", MORNING, "")


async def test_a_roster_of_one_of_two_programmes_is_taken_once_it_is_said_of_which(
    intake: Intake,
) -> None:
    plan = dump(replace(PROGRAMME, code="second-2016", title="第二个项目"))
    await intake.take("第二个.yaml", plan.encode(), "notice", 1, MORNING, "")

    which = await intake.look("名单.csv", ROSTER, MORNING, "")
    assert isinstance(which, Which)
    assert "第二个项目" in [title for _, title in which.programmes]
    seen = await intake.look("名单.csv", ROSTER, MORNING, "second-2016")
    told = await intake.take("名单.csv", ROSTER, "roster", 1, MORNING, "second-2016")

    assert isinstance(seen, Look)
    assert "将加入 1 人" in seen.text
    assert "已加入 1 人" in told


async def test_a_roster_that_names_no_programme_says_so(intake: Intake) -> None:
    """In 2026 the bundled programme is long over: which one is meant is asked, not guessed."""
    unknown = "姓名,项目,手机号\n林晓,没有的,13812345678\n".encode()

    seen = await intake.look("名单.csv", unknown, MORNING, "")

    assert isinstance(seen, Look)
    assert "没有项目“没有的”" in seen.text
