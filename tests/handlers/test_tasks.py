"""Everybody sees their own tasks, by their role on the roster."""

import pytest

from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
    Clock,
)
from tests.handlers.conftest import Chat, NewChat


@pytest.mark.parametrize("words", ["/tasks", "我的任务"])
async def test_participant_sees_the_tasks_of_the_running_stage(chat: Chat, words: str) -> None:
    [reply] = await chat.say(words)

    assert reply == (
        "东山县2015年教师研修 · 学员\n\n"
        "<b>第一阶段 9月1日-9月30日</b>\n"
        "9月30日前，还有13天\n"
        "1. 读书笔记：不少于600字，9月20日前，还有3天\n"
        "2. 观课报告"
    )


@pytest.mark.parametrize(
    ("user", "title"),
    [
        (LIN_CHAT, "读书笔记"),
        (CHEN_CHAT, "收齐读书笔记"),
        (HE_CHAT, "点评读书笔记"),
        (WU_CHAT, "第一期简报"),
        (ZHAO_CHAT, "这个阶段没有您的任务"),
        (QIAN_CHAT, "我还不知道您的角色"),
    ],
)
async def test_each_role_sees_its_own(new_chat: NewChat, user: int, title: str) -> None:
    chat = await new_chat(user=user)

    [reply] = await chat.say("/tasks")

    assert title in reply


async def test_between_the_stages_the_next_is_shown(chat: Chat, clock: Clock) -> None:
    clock.advance(days=-20)

    [reply] = await chat.say("/tasks")

    assert "9月1日开始，还有4天" in reply


async def test_after_the_last_stage_that_is_said(chat: Chat, clock: Clock) -> None:
    clock.advance(days=60)

    [reply] = await chat.say("/tasks")

    assert "各阶段都已结束（10月31日）" in reply


@pytest.mark.parametrize(
    ("days", "left"), [(0, "还有3天"), (2, "明天截止"), (3, "今天截止"), (5, "已过2天")]
)
async def test_days_left_are_counted_in_calendar_days(
    chat: Chat, clock: Clock, days: int, left: str
) -> None:
    clock.advance(days=days)

    [reply] = await chat.say("/tasks")

    assert f"9月20日前，{left}" in reply


async def test_late_evening_in_utc_is_the_next_day_in_shanghai(chat: Chat, clock: Clock) -> None:
    clock.advance(hours=16)  # 00:00 in Shanghai, 16:00 UTC of the day before

    [reply] = await chat.say("/tasks")

    assert "9月20日前，还有2天" in reply


async def test_deadlines_of_two_weeks_come_the_nearest_first(chat: Chat) -> None:
    [reply] = await chat.say("/deadlines")

    assert reply == (
        "<b>两周内截止</b>\n\n"
        "9月20日 还有3天 · 第一阶段\n• 读书笔记\n\n"
        "9月30日 还有13天 · 第一阶段\n• 观课报告"
    )


async def test_no_deadline_is_said_too(chat: Chat, clock: Clock) -> None:
    clock.advance(days=60)

    assert await chat.say("近期截止") == ["两周内没有截止的任务。"]


async def test_in_a_group_tasks_are_told_in_private(new_chat: NewChat) -> None:
    group = await new_chat(chat=GROUP_CHAT)

    assert await group.say("/tasks") == ["任务清单请私聊我查看。"]
