"""/notices: a coordinator sees what is in use, and takes one back after a second word."""

import pytest

from handlers.texts import notices as texts
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.sources import Scope, Source
from storage import audit
from tests.cast import CHEN_CHAT, LIN_CHAT, PROGRAMME, ZHAO_CHAT, Clock, enroll
from tests.databases import Database
from tests.house import House

CLOTHES = Entry(
    "clothes",
    "结业典礼穿什么衣服",
    "穿正装。",
    Source("结业手册", number="手册1号"),
    Scope(provinces=frozenset(["云南"])),
)


@pytest.fixture
async def house(sqlite: Database, clock: Clock) -> House:
    house = House(sqlite.sessions, clock)
    async with house.sessions.begin() as session:
        await enroll(session, now=clock.now)
    return house


async def test_a_notice_is_taken_back_after_a_second_word(house: House) -> None:
    assert await house.say(ZHAO_CHAT, "/notices") == [texts.NONE]
    await house.knows(Document("安排.md", programmes=(PROGRAMME,)))
    await house.knows(Document("手册.yaml", entries=(CLOTHES,)))
    assert "正装" in (await house.say(LIN_CHAT, "结业典礼穿什么衣服"))[0]

    [listed] = await house.say(ZHAO_CHAT, "/notices")
    assert "正在使用的通知 2 份" in listed
    assert "1. 手册.yaml\n    9月17日导入\n2. 东山县2015年教师研修\n" in listed
    [asked] = await house.press(ZHAO_CHAT, "2")
    assert "任务和提醒也没有了" in asked
    await house.press(ZHAO_CHAT, texts.NO)
    [asked] = await house.press(ZHAO_CHAT, "1")
    assert "撤下《手册.yaml》？" in asked
    assert "正装" in (await house.say(LIN_CHAT, "结业典礼穿什么衣服"))[0]

    taken = next(data for label, data in house.inbox[ZHAO_CHAT][-1].buttons if label == texts.YES)
    await house.press_data(ZHAO_CHAT, taken)
    await house.press_data(ZHAO_CHAT, taken)
    assert house.notes[-1] == texts.GONE
    assert "正装" not in (await house.say(LIN_CHAT, "结业典礼穿什么衣服"))[0]
    assert "正在使用的通知 1 份" in (await house.say(ZHAO_CHAT, "/notices"))[0]
    async with house.sessions() as session:
        noted = [one.action for one in await audit.latest(session, limit=10)]
    assert noted.count("withdraw_file") == 1


async def test_nobody_else_takes_one_back(house: House) -> None:
    await house.knows(Document("手册.yaml", entries=(CLOTHES,)))

    assert await house.say(CHEN_CHAT, "/notices") == ["这个命令是项目办用的。"]
    for data in ("nt:y:1", "nt:w:1", "nt:l:0"):
        assert await house.press_data(CHEN_CHAT, data) == []
    assert "正在使用的通知 1 份" in (await house.say(ZHAO_CHAT, "/notices"))[0]


async def test_more_than_a_page_is_reached(house: House) -> None:
    await house.knows(*(Document(f"通知{number}.docx") for number in range(10)))

    await house.say(ZHAO_CHAT, "/notices")
    [rest] = await house.press(ZHAO_CHAT, texts.more(2))

    assert "9. 通知1.docx" in rest
    assert "10. 通知0.docx" in rest
