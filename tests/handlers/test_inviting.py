"""Who may invite whom, and take it back."""

import pytest
from aiogram.methods import SendPhoto

from handlers.texts import joining as texts
from storage import audit, invitations
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
)
from tests.handlers.conftest import NewChat
from tests.handlers.wire import callback_data


async def test_a_leader_invites_to_their_own_group_and_takes_it_back(new_chat: NewChat) -> None:
    leader, stranger = await new_chat(user=CHEN_CHAT), await new_chat(user=QIAN_CHAT)
    await leader.say("/invite")
    [photo] = [one for one in leader.telegram.sent if isinstance(one, SendPhoto)]
    assert photo.caption
    assert "邀请学员加入东山一组" in photo.caption
    assert "https://t.me/yanxiu_bot?start=" in photo.caption
    assert "https://page.example/?start=" in photo.caption
    token = photo.caption.split("start=")[1].split()[0]
    revoke = callback_data(photo, 0)  # type: ignore[arg-type]

    await stranger.press_data(revoke)
    assert await stranger.say(f"/start {token}") == [texts.YOUR_NAME]
    await leader.press_data(revoke)
    await leader.press_data(revoke)

    assert stranger.telegram.notes == [texts.NOT_FOR_YOU]
    assert leader.telegram.notes == [texts.REVOKED, texts.REVOKED_BEFORE]
    assert await stranger.say("钱明") == [texts.NOT_USABLE]


async def test_an_update_that_comes_again_after_a_crash_makes_no_second_link(
    new_chat: NewChat,
) -> None:
    leader = await new_chat(user=CHEN_CHAT)
    for _ in range(2):
        await leader.say("/invite")
        leader.count -= 1  # the next has the same number
    leader.count += 1
    await leader.say("/invite")

    tokens = []
    for photo in (one for one in leader.telegram.sent if isinstance(one, SendPhoto)):
        tokens.append((photo.caption or "").split("start=")[1].split()[0])
    async with leader.sessions() as session:
        found = [await invitations.by_token(session, token) for token in tokens]
        noted = [one.action for one in await audit.latest(session)]
    assert [one.id if one else 0 for one in found] == [0, 1, 2]
    assert noted == ["invite", "invite"]


@pytest.mark.parametrize("user", [LIN_CHAT, HE_CHAT, WU_CHAT, QIAN_CHAT])
async def test_nobody_else_invites(new_chat: NewChat, user: int) -> None:
    chat = await new_chat(user=user)

    assert await chat.say("/invite") == [texts.INVITE_NOT_YOURS]
    for data in ("jn:r:0", "jn:r:4", "jn:g:0:1", "jn:g:1:1", "jn:p:2:0123456789", "jn:g:9:1"):
        await chat.press_data(data)
    assert chat.telegram.notes == [texts.NOT_FOR_YOU] * 6
    assert not [one for one in chat.telegram.sent if isinstance(one, SendPhoto)]


async def test_a_leader_cannot_make_leaders_nor_reach_other_groups(new_chat: NewChat) -> None:
    chat = await new_chat(user=CHEN_CHAT)

    for data in ("jn:r:1", "jn:g:1:1", "jn:g:0:2"):
        await chat.press_data(data)

    assert chat.telegram.notes == [texts.NOT_FOR_YOU] * 3


async def test_a_coordinator_invites_everybody(new_chat: NewChat) -> None:
    chat = await new_chat(user=ZHAO_CHAT)
    [roles] = await chat.send("/invite")
    for index in range(5):
        before = len(chat.telegram.messages)
        await chat.press(roles, index)
        for further in chat.telegram.messages[before:]:
            await chat.press(further, 0)

    photos = [one.caption for one in chat.telegram.sent if isinstance(one, SendPhoto)]
    assert [str(one).split("\n")[0] for one in photos] == [
        "<b>邀请学员加入东山一组</b>",
        "<b>邀请组长加入东山一组</b>",
        "<b>邀请指导教师加入《东山县2015年教师研修》</b>",
        "<b>邀请省级专家加入《东山县2015年教师研修》</b>",
        "<b>邀请项目办</b>",
    ]


async def test_an_invitation_is_not_shown_to_a_group(new_chat: NewChat) -> None:
    chat = await new_chat(user=CHEN_CHAT, chat=GROUP_CHAT)

    assert await chat.say("/invite") == [texts.INVITE_PRIVATELY]
