"""Tasks are marked done, counted, and looked through, with one press each, edited in place."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.programme.values import Amount, Programme, Task
from storage import people, progress
from tests.cast import CHEN_CHAT, GROUP_CHAT, PROGRAMME, QIAN_CHAT, Clock, task
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.edits import buttons, edited_text, last_edit

ANSWERS = Task(
    code="学员-答疑",
    role="学员",
    position=3,
    title="答疑",
    detail="回答3个问题。",
    amounts=(Amount(3, "个问题", "3个问题"),),
)


def with_answers(programme: Programme) -> Programme:
    first, *rest = programme.stages
    return replace(programme, stages=(replace(first, tasks=(*first.tasks, ANSWERS)), *rest))


@pytest.fixture(scope="module")
def counting() -> Library:
    ended = replace(PROGRAMME, code="alt", title="去年的研修", stages=PROGRAMME.stages[:1])
    last_year = replace(
        ended.stages[0],
        starts=date(2014, 9, 1),
        ends=date(2014, 9, 30),
        when="2014年9月",
        tasks=(task("组长", 1, "收齐读书笔记"),),
    )
    ended = replace(ended, stages=(last_year,))
    return Library([Document("安排.md", programmes=(with_answers(PROGRAMME), ended))])


async def test_a_press_marks_the_task_and_another_takes_it_back(chat: Chat) -> None:
    [shown] = await chat.send("/tasks")
    assert list(buttons(shown)) == ["完成 1", "完成 2", "第二阶段"]

    await chat.press_data(buttons(shown)["完成 1"])

    assert chat.telegram.notes == ["好，记下了 ✅"]
    edited = last_edit(chat)
    assert "✅ 1. 读书笔记\n2. 观课报告" in edited_text(chat)
    assert list(buttons(edited)) == ["完成 2", "撤销 1", "第二阶段"]
    [deadlines] = await chat.say("/deadlines")
    assert "读书笔记" not in deadlines

    await chat.press_data(buttons(shown)["完成 1"])  # the old message, again
    assert chat.telegram.notes[-1] == "已经是最新的了。"
    await chat.press_data(buttons(edited)["撤销 1"])
    assert "\n1. 读书笔记：不少于600字，9月20日前，还有3天" in edited_text(chat)


async def test_a_counted_task_counts_up_and_one_press_counts_once(
    new_chat: NewChat, counting: Library
) -> None:
    chat = await new_chat(counting)
    [shown] = await chat.send("/tasks")
    assert "3. 答疑：已完成 0/3，3个问题" in shown.text
    in_order = ["完成 1", "完成 2", "完成 3", "第3项 ＋1"]
    assert list(buttons(shown))[:4] == in_order

    for _ in range(2):  # the same button twice
        await chat.press_data(buttons(shown)["第3项 ＋1"])
    assert chat.telegram.notes == ["已完成 1/3", "已经是最新的了。"]

    await chat.press_data(buttons(last_edit(chat))["第3项 ＋1"])
    assert "已完成 2/3" in edited_text(chat)
    await chat.press_data(buttons(last_edit(chat))["第3项 －1"])
    await chat.press_data(buttons(last_edit(chat))["第3项 ＋1"])
    await chat.press_data(buttons(last_edit(chat))["第3项 ＋1"])
    assert "✅ 3. 答疑" in edited_text(chat)
    await chat.press_data(buttons(last_edit(chat))["第3项 －1"])
    assert "\n3. 答疑：已完成 2/3" in edited_text(chat)


async def test_other_stages_are_a_press_away_and_stay_after_marking(chat: Chat) -> None:
    [shown] = await chat.send("/tasks")

    await chat.press_data(buttons(shown)["第二阶段"])
    second = last_edit(chat)
    assert "10月1日开始，还有14天" in edited_text(chat)
    assert list(buttons(second)) == ["完成 1", "▶ 第一阶段"]

    await chat.press_data(buttons(second)["完成 1"])
    assert "✅ 1. 磨课" in edited_text(chat)


async def test_two_programmes_two_messages_and_an_ended_one_is_history(
    new_chat: NewChat, counting: Library
) -> None:
    chat = await new_chat(counting)
    async with chat.sessions.begin() as session:
        lin = await people.person_of_account(session, "telegram", chat.user_id)
        assert lin
        await people.set_role(session, lin.id, "alt", "组长")

    now, before = await chat.send("/tasks")
    assert now.text.startswith("东山县2015年教师研修 · 学员")
    assert before.text == "已结束的项目（点开可以查看）："

    await chat.press_data(buttons(before)["去年的研修"])
    assert "各阶段都已结束（9月30日）" in edited_text(chat)
    await chat.press_data(buttons(last_edit(chat))["第一阶段"])
    assert "1. 收齐读书笔记" in edited_text(chat)
    [deadlines] = await chat.say("/deadlines")
    assert "收齐读书笔记" not in deadlines


async def test_what_is_overdue_comes_first(chat: Chat, clock: Clock) -> None:
    clock.advance(days=5)

    [reply] = await chat.say("/deadlines")

    assert reply == (
        "<b>已过期，还没有标记完成</b>\n\n"
        "9月20日 已过2天 · 第一阶段\n• 读书笔记\n\n"
        "<b>两周内截止</b>\n\n"
        "9月30日 还有8天 · 第一阶段\n• 观课报告"
    )


async def test_showing_a_deadline_is_telling_it(chat: Chat) -> None:
    await chat.say("/tasks")
    await chat.say("/tasks")

    async with chat.sessions() as session:
        lin = await people.person_of_account(session, "telegram", chat.user_id)
        assert lin
        told = await progress.told_to(session, lin.id)
    assert {(task, due) for _, task, due in told} == {
        ("学员-读书笔记", date(2015, 9, 20)),
        ("学员-观课报告", date(2015, 9, 30)),
    }


@pytest.mark.parametrize(
    ("user", "where", "note"),
    [
        (CHEN_CHAT, CHEN_CHAT, "这项任务已经变了，请再发一次 /tasks。"),  # 林's task is not 陈's
        (QIAN_CHAT, QIAN_CHAT, "这个按钮不是给您的。"),
        (CHEN_CHAT, GROUP_CHAT, "这个按钮不是给您的。"),
    ],
)
async def test_nobody_marks_what_is_not_theirs(
    new_chat: NewChat, user: int, where: int, note: str
) -> None:
    owner = await new_chat()
    [shown] = await owner.send("/tasks")
    other = await new_chat(user=user, chat=where)

    await other.press_data(buttons(shown)["完成 1"])

    assert other.telegram.notes == [note]
    async with other.sessions() as session:
        assert await progress.done_pairs(session, [PROGRAMME]) == frozenset()


@pytest.mark.parametrize(
    "data", ["tk:", "tk:d", "tk:c:x:n:²:1", "tk:c:x:n:1:9", "tk:s:x:n", "tk:s::::", "tk:d:x:n:y"]
)
async def test_made_up_buttons_do_nothing(chat: Chat, data: str) -> None:
    await chat.press_data(data)

    assert len(chat.telegram.notes) == 1
