"""How far a group is: who may see what, who may nudge whom, and what the table holds."""

from io import BytesIO

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from openpyxl import load_workbook
from sqlalchemy import select

from handlers.groups.sheet import harmless
from scheduler.short_names import short_name
from storage import audit, groups, people, progress
from storage.models import OutgoingMessage
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    MORNING,
    PROGRAMME_CODE,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
)
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.edits import buttons, edited_text, last_edit

EVERYBODY = {
    "林": LIN_CHAT,
    "陈": CHEN_CHAT,
    "何": HE_CHAT,
    "吴": WU_CHAT,
    "赵": ZHAO_CHAT,
    "钱": QIAN_CHAT,
}


async def someone(chat: Chat, user: int) -> int:
    async with chat.sessions() as session:
        person = await people.person_of_account(session, "telegram", user)
    assert person
    return person.id


async def letters(chat: Chat) -> list[OutgoingMessage]:
    async with chat.sessions() as session:
        return list(await session.scalars(select(OutgoingMessage).order_by(OutgoingMessage.id)))


async def test_a_leader_sees_who_has_not_done_what_and_nudges_them_once_a_day(
    new_chat: NewChat,
) -> None:
    chen = await new_chat(user=CHEN_CHAT)
    async with chen.sessions.begin() as session:
        wang = await people.add_person(session, "王一", now=MORNING)  # has not come to us yet
        leader = await people.person_of_account(session, "telegram", CHEN_CHAT)
        group = leader.roles[0].group_id if leader else None
        await people.set_role(session, wang, PROGRAMME_CODE, "学员", group_id=group)
        await progress.mark_done(session, wang, PROGRAMME_CODE, "学员-读书笔记", now=MORNING)

    [shown] = await chen.send("/group")
    assert shown.text == (
        "<b>东山一组 · 2人</b>\n东山县2015年教师研修\n\n"
        "<b>第一阶段 9月1日-9月30日</b>\n9月30日前，还有13天\n"
        "1. 读书笔记（9月20日前）：1人未完成：林晓\n"
        "2. 观课报告：2人未完成：林晓、王一"
    )
    for _ in range(2):
        await chen.press_data(buttons(shown)["提醒 1（1人）"])
    await chen.press_data(buttons(shown)["提醒 2（2人）"])

    reached = "另有 1 人还没和我说过话，我发不了消息，请您当面说一声。"
    assert chen.telegram.notes == [
        "已提醒 1 人。",
        "今天都提醒过了，明天再说吧。",
        f"已提醒 2 人。{reached}",
    ]
    lin = await someone(chen, LIN_CHAT)
    assert [letter.key for letter in await letters(chen)] == [
        f"nudge:{lin}:{PROGRAMME_CODE}:学员-读书笔记:2015-09-17",
        f"nudge:{lin}:{PROGRAMME_CODE}:学员-观课报告:2015-09-17",
        f"nudge:{wang}:{PROGRAMME_CODE}:学员-观课报告:2015-09-17",
    ]
    assert chen.hurried == 3
    async with chen.sessions() as session:
        noted = await audit.latest(session)
    assert [(one.action, one.detail["people"]) for one in noted] == [("nudge", 2), ("nudge", 1)]


async def test_nobody_is_pressed_for_a_stage_that_is_to_come(new_chat: NewChat) -> None:
    chen = await new_chat(user=CHEN_CHAT)
    [shown] = await chen.send("/group")

    await chen.press_data(buttons(shown)["第二阶段"])

    assert "1. 磨课：1人未完成：林晓" in edited_text(chen)
    assert list(buttons(last_edit(chen))) == ["▶ 第一阶段", "导出表格"]


@pytest.mark.parametrize("who", ["何", "吴"])
async def test_tutor_and_expert_see_numbers_without_names(new_chat: NewChat, who: str) -> None:
    chat = await new_chat(user=EVERYBODY[who])
    if who == "何":
        async with chat.sessions.begin() as session:
            chen = await people.person_of_account(session, "telegram", CHEN_CHAT)
            he = await someone(chat, HE_CHAT)
            assert chen
            group = chen.roles[0].group_id
            await people.set_role(session, he, PROGRAMME_CODE, "指导教师", group_id=group)

    [shown] = await chat.send("本组进度")

    assert "1. 读书笔记（9月20日前）：完成 0/1" in shown.text
    assert "林晓" not in shown.text
    assert list(buttons(shown)) == ["第二阶段", "导出表格"]


async def test_a_coordinator_sees_all_groups_and_turns_to_one(new_chat: NewChat) -> None:
    zhao = await new_chat(user=ZHAO_CHAT)
    async with zhao.sessions.begin() as session:
        await groups.add_group(session, "东山二组", programme=PROGRAMME_CODE, province="云南")

    [shown] = await zhao.send("/group")
    assert shown.text.startswith("<b>2个小组 · 1人</b>")
    assert list(buttons(shown)) == ["东山一组", "东山二组", "第二阶段", "导出表格"]

    await zhao.press_data(buttons(shown)["东山一组"])
    assert "1人未完成：林晓" in edited_text(zhao)
    await zhao.press_data(buttons(last_edit(zhao))["‹ 全部小组"])
    assert edited_text(zhao).startswith("<b>2个小组")


async def test_a_button_of_a_digest_nudges_the_leaders_own_group(new_chat: NewChat) -> None:
    chen = await new_chat(user=CHEN_CHAT)

    await chen.press_data(f"gr:nudge:{PROGRAMME_CODE}:学员-磨课")
    await chen.press_data(f"gr:nudge:{short_name(PROGRAMME_CODE, '学员-观课报告')}")
    await chen.press_data("gr:nudge:made-up")

    assert chen.telegram.notes == ["已提醒 1 人。", "已提醒 1 人。", "这个按钮不是给您的。"]


async def test_a_leader_comes_to_the_group_from_the_own_tasks(new_chat: NewChat) -> None:
    chen = await new_chat(user=CHEN_CHAT)
    [tasks] = await chen.send("/tasks")

    [shown] = await chen.press_data(buttons(tasks)["本组进度"])

    assert shown.startswith("<b>东山一组 · 1人</b>")


async def test_everybody_done_needs_no_nudge(new_chat: NewChat) -> None:
    chen = await new_chat(user=CHEN_CHAT)
    [shown] = await chen.send("/group")
    async with chen.sessions.begin() as session:
        lin = await someone(chen, LIN_CHAT)
        await progress.mark_done(session, lin, PROGRAMME_CODE, "学员-读书笔记", now=MORNING)

    await chen.press_data(buttons(shown)["提醒 1（1人）"])

    assert chen.telegram.notes == ["都完成了，不用提醒 👍"]
    assert await letters(chen) == []


async def test_of_many_groups_each_can_be_reached(new_chat: NewChat) -> None:
    zhao = await new_chat(user=ZHAO_CHAT)
    async with zhao.sessions.begin() as session:
        for number in range(2, 92):
            await groups.add_group(session, f"{number}组", programme=PROGRAMME_CODE)

    [first] = await zhao.send("/group")
    names, seen = set(buttons(first)), buttons(first)
    for later in ("后面 51 个组 ›", "后面 11 个组 ›"):
        await zhao.press_data(seen[later])
        seen = buttons(last_edit(zhao))
        assert len(seen) < 100
        names |= set(seen)
    await zhao.press_data(seen["91组"])
    await zhao.press_data(buttons(last_edit(zhao))["‹ 全部小组"])

    assert {"东山一组", *(f"{number}组" for number in range(2, 92))} <= names
    assert buttons(last_edit(zhao)) == seen
    assert "‹ 前面 80 个组" in seen
    for made_up in ("x", "-1", "٣", "99999"):
        await zhao.press_data(f"gr:a:{short_name(PROGRAMME_CODE)}:now:{made_up}")
    assert zhao.telegram.notes[-1] == ""


async def test_who_muted_the_programme_is_left_alone_and_the_leader_told(
    new_chat: NewChat,
) -> None:
    chen = await new_chat(user=CHEN_CHAT)
    [shown] = await chen.send("/group")
    async with chen.sessions.begin() as session:
        lin = await someone(chen, LIN_CHAT)
        await people.set_muted(session, lin, PROGRAMME_CODE, muted=True)

    await chen.press_data(buttons(shown)["提醒 1（1人）"])

    assert chen.telegram.notes == [
        "有 1 人关闭了这个项目的提醒，我不打扰；需要的话请您当面说一声。"
    ]
    assert await letters(chen) == []


# What the leader's buttons do in the hands of each: (sees groups, nudges, exports)
MAY = {
    "林": (False, False, False),
    "陈": (True, True, True),
    "何": (False, False, False),  # guides no group
    "吴": (True, False, True),
    "赵": (True, True, True),
    "钱": (False, False, False),
}


@pytest.mark.parametrize("who", MAY)
async def test_who_may_do_what(new_chat: NewChat, who: str) -> None:
    owner = await new_chat(user=CHEN_CHAT)
    [shown] = await owner.send("/group")
    nudge, stage, export = (
        next(data for label, data in buttons(shown).items() if words in label)
        for words in ("提醒 1", "第二阶段", "导出")
    )
    chat = await new_chat(user=EVERYBODY[who])

    [reply] = await chat.say("/group")
    sees = "进度给组长" not in reply and "还没有小组" not in reply
    await chat.press_data(stage)
    turned = any("磨课" in getattr(method, "text", "") for method in chat.telegram.sent)
    await chat.press_data(nudge)
    nudged = bool(await letters(chat))
    await chat.press_data(export)
    exported = any(isinstance(method, SendDocument) for method in chat.telegram.sent)

    assert (sees, nudged, exported) == MAY[who]
    assert turned == sees
    if not sees:
        assert chat.telegram.notes == ["这个按钮不是给您的。"] * 3


async def test_in_a_group_chat_nothing_is_shown_and_no_button_works(new_chat: NewChat) -> None:
    chen = await new_chat(user=CHEN_CHAT)
    [shown] = await chen.send("/group")
    group = await new_chat(user=CHEN_CHAT, chat=GROUP_CHAT)

    assert await group.say("/group") == ["小组进度只在私聊里给您看，请私聊我发 /group。"]
    await group.press_data(buttons(shown)["提醒 1（1人）"])

    assert group.telegram.notes == ["这个按钮不是给您的。"]
    assert await letters(group) == []


async def test_the_table_holds_names_but_no_formulas(new_chat: NewChat) -> None:
    chen = await new_chat(user=CHEN_CHAT)
    async with chen.sessions.begin() as session:
        leader = await people.person_of_account(session, "telegram", CHEN_CHAT)
        assert leader
        evil = await people.add_person(session, '=HYPERLINK("http://x","y")', now=MORNING)
        group = leader.roles[0].group_id
        await people.set_role(session, evil, PROGRAMME_CODE, "学员", group_id=group)
        await progress.mark_done(session, evil, PROGRAMME_CODE, "学员-磨课", now=MORNING)

    [shown] = await chen.send("/group")
    await chen.press_data(buttons(shown)["导出表格"])

    [sent] = [method for method in chen.telegram.sent if isinstance(method, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    assert sent.document.filename == "东山一组进度-20150917.xlsx"
    sheet = load_workbook(BytesIO(sent.document.data)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["小组", "姓名", "角色", "第一阶段 读书笔记", "第一阶段 观课报告", "第二阶段 磨课"],
        ["东山一组", "林晓", "学员", "未完成", "未完成", "未完成"],
        ["东山一组", '\'=HYPERLINK("http://x","y")', "学员", "未完成", "未完成", "完成"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1"])
def test_what_could_be_a_formula_is_made_harmless(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "林晓", "3/10", "9月-10月"])
def test_other_words_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
