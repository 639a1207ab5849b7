"""A coordinator's word: approved, edited, merged, declined, undone; and what is pointed out."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.sources import Scope, Source
from tests.cast import (
    CHEN_CHAT,
    LIN_CHAT,
    PROGRAMME,
    WU_CHAT,
    ZHAO_CHAT,
    Clock,
    enroll,
)
from tests.databases import Database
from tests.house import House, named

ASKED = "集中研修报到要带什么证件"
ANSWER = "带身份证和介绍信。"
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

    await house.knows(Document("安排.yaml", programmes=(PROGRAMME,), entries=(CLOTHES,)))
    return house


async def proposed(house: House, asked: str, answer: str) -> str:
    await house.say(LIN_CHAT, asked)
    await house.press(LIN_CHAT, "问专家")
    await house.deliver()
    await house.reply_to_letter(CHEN_CHAT, answer)
    [shown] = await house.say(ZHAO_CHAT, "/proposals")
    return shown


async def test_a_proposal_is_edited_field_by_field_and_holds_until_its_day(house: House) -> None:
    await proposed(house, ASKED, ANSWER)
    for field, written in (
        ("答案", "带身份证。"),
        ("其他问法", "报到出示啥\n报到证件"),
        ("适用范围", "云南 2015"),
        ("有效期", "2015-09-01 至 2015-09-30"),
    ):
        await house.press(ZHAO_CHAT, "修改")
        await house.press(ZHAO_CHAT, field)
        assert (await house.say(ZHAO_CHAT, written))[0] == "改好了。"
        [shown] = await house.press(ZHAO_CHAT, "下一条")
    assert "答：带身份证。\n其他问法：报到出示啥；报到证件\n适用：云南 · 2015年" in shown
    assert "有效期：2015-09-01 至 2015-09-30" in shown

    await house.press(ZHAO_CHAT, "批准")
    assert "带身份证。" in (await house.say(WU_CHAT, "报到出示啥"))[0]
    house.clock.advance(days=14)
    assert await house.correct() == 0  # it was right while it held
    assert "带身份证。" not in (await house.say(WU_CHAT, ASKED))[0]


async def test_near_entries_are_pointed_out_and_merged_with(house: House) -> None:
    await house.say(LIN_CHAT, "结业典礼上打扮有啥要求")
    shown = await proposed(house, "典礼当天的着装颜色有规定吗", "要穿正装，深色。")
    await house.press(ZHAO_CHAT, "修改")
    await house.press(ZHAO_CHAT, "问题")
    await house.say(ZHAO_CHAT, "结业典礼要穿什么样的衣服")
    [shown] = await house.press(ZHAO_CHAT, "下一条")
    assert "⚠ 现在已经能答：穿正装。（《结业手册》）" in shown
    assert "⚠ 很像已有的“结业典礼穿什么衣服”" in shown

    await house.press(ZHAO_CHAT, "合并")
    assert await house.press(ZHAO_CHAT, "结业典礼穿什么衣服") == ["已归到“结业典礼穿什么衣服”。"]
    assert (await house.say(ZHAO_CHAT, "/proposals"))[0] == "没有等您审核的答复。"


async def test_a_wrong_answer_is_corrected_and_a_poor_one_declined(house: House) -> None:
    await proposed(house, ASKED, "带学生证。")
    await house.press(ZHAO_CHAT, "不采用")
    await house.press(ZHAO_CHAT, "答案有误")
    assert await house.say(ZHAO_CHAT, ANSWER) == ["已更正，1 位老师会收到。"]
    await house.deliver()
    assert ANSWER in named(house.inbox[LIN_CHAT], "更正")[0]

    assert ANSWER in (await house.say(ZHAO_CHAT, "/proposals"))[0]
    await house.press(ZHAO_CHAT, "不采用")
    assert await house.press(ZHAO_CHAT, "不完整") == ["没有采用（不完整）。"]
    await house.press_data(ZHAO_CHAT, "qa:py:1")
    assert house.notes[-1] == "这一条已经处理过了。"


async def test_a_new_version_corrects_who_was_told_the_old_one(house: House) -> None:
    await proposed(house, ASKED, ANSWER)
    await house.press(ZHAO_CHAT, "批准")
    assert ANSWER in (await house.say(WU_CHAT, ASKED))[0]
    await house.say(ZHAO_CHAT, "/proposals")
    await house.press(ZHAO_CHAT, "最近入库")
    await house.press(ZHAO_CHAT, "修改 1")
    await house.press(ZHAO_CHAT, "答案")
    await house.say(ZHAO_CHAT, "只带身份证。")
    await house.press(ZHAO_CHAT, "下一条")
    await house.press(ZHAO_CHAT, "批准")

    assert await house.correct() == 2  # 林 by the leader, 吴 by the entry
    for chat in (LIN_CHAT, WU_CHAT):
        [correction] = named(house.inbox[chat], "更正")
        assert "只带身份证。" in correction


async def test_gold_that_would_get_worse_forbids_an_approval_by_name(house: House) -> None:
    def worse(_before: Library, _after: Library, _today: date) -> str:
        return "· 什么时候报到：没有说 25"

    calm = house.dispatcher["desk"]
    house.dispatcher["desk"] = replace(calm, worse=worse)
    assert "会让原来答对的问题答错" in await proposed(house, ASKED, ANSWER)
    [refused] = await house.press(ZHAO_CHAT, "批准")
    assert "什么时候报到：没有说 25" in refused
    assert "请老师" not in refused

    house.dispatcher["desk"] = calm
    assert "已入库" in (await house.press(ZHAO_CHAT, "批准"))[0]


async def test_a_phrasing_belongs_to_an_entry_with_one_press(house: House) -> None:
    missed = "闭营仪式打领带不"
    await house.say(LIN_CHAT, missed)
    await house.say(ZHAO_CHAT, "/gaps")
    await house.press(ZHAO_CHAT, "1")
    number = next(
        label for label, data in house.inbox[ZHAO_CHAT][-1].buttons if label.startswith("就是问")
    )
    [attached] = await house.press(ZHAO_CHAT, number)
    target = attached.partition("“")[2].partition("”")[0]
    [answer] = await house.say(WU_CHAT, missed)
    entries = [each for one in house.library.documents for each in one.entries]
    [meant] = [each for each in entries if each.question == target]
    assert missed in meant.phrasings
    assert meant.source.title in answer

    await house.press(ZHAO_CHAT, number.replace("就是问", "不是"))
    entries = [each for one in house.library.documents for each in one.entries]
    [refused] = [each for each in entries if each.question == target]
    assert (missed in refused.phrasings, missed in refused.not_for) == (False, True)


async def test_only_coordinators(house: House) -> None:
    for command in ("/proposals", "/gaps", "/explain 报到"):
        assert await house.say(CHEN_CHAT, command) == ["这个命令是项目办用的。"]
    for data in ("qa:py:1", "qa:pe:1", "qa:gi:1", "qa:lu:1", "qa:l"):
        assert await house.press_data(CHEN_CHAT, data) == []
        assert house.notes[-1] == "这个命令是项目办用的。"
    [explained] = await house.say(ZHAO_CHAT, "/explain 结业典礼穿什么")
    assert "穿正装" in explained
