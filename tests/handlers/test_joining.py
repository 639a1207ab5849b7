"""At the door: who comes in by a link, who has to prove it, who waits for a word."""

import json
from datetime import timedelta
from typing import Any

import pytest
from aiogram.methods import DeleteMessage
from aiogram.types import ReplyKeyboardMarkup
from sqlalchemy import select

from handlers.texts import joining as texts
from storage import audit, invitations, people
from storage.models import ConversationState, OutgoingMessage, Person
from storage.phones import Phones
from storage.roster import COORDINATOR, LEADER, PAGE, PARTICIPANT, TELEGRAM, TUTOR, Recipient
from tests.cast import (
    CHEN_CHAT,
    HE_CHAT,
    LIN_CHAT,
    MORNING,
    PROGRAMME_CODE,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
)
from tests.handlers.conftest import Chat, NewChat

PHONE = "13800005678"


async def invited(chat: Chat, role: str = PARTICIPANT, **more: Any) -> str:
    programme = "" if role == COORDINATOR else PROGRAMME_CODE
    async with chat.sessions.begin() as session:
        return await invitations.make(session, role=role, programme=programme, now=MORNING, **more)


async def who(chat: Chat, user_id: int = QIAN_CHAT, surface: str = TELEGRAM) -> Recipient | None:
    async with chat.sessions() as session:
        return await people.person_of_account(session, surface, user_id)


async def on_roster(chat: Chat, name: str, role: str, phone: str = "") -> int:
    """Somebody who has not joined yet."""
    async with chat.sessions.begin() as session:
        id = await people.add_person(session, name, province="云南", now=MORNING)
        await people.set_role(session, id, PROGRAMME_CODE, role, group_id=1)
        row = await session.get(Person, id)
        assert row
        row.phone_hash = Phones("a secret of these tests").hashed(phone) if phone else None
    return id


async def letters(chat: Chat, kind: str) -> list[OutgoingMessage]:
    async with chat.sessions() as session:
        chosen = select(OutgoingMessage).where(OutgoingMessage.kind == kind)
        return list(await session.scalars(chosen.order_by(OutgoingMessage.id)))


async def test_a_participant_says_their_name_and_is_in(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    token = await invited(chat, group_id=1, uses=2)

    assert await chat.say(f"/start {token}") == [texts.YOUR_NAME]
    assert await chat.say("云南什么时候报到") == [texts.NO_NAME]
    [welcome] = await chat.say("\u202e钱 明\u200b")

    assert "您在《东山县2015年教师研修》中是学员" in welcome
    assert "不少于600字" in (await chat.say("/tasks"))[0]
    qian = await who(chat)
    assert qian
    assert (qian.name, qian.province, qian.roles[0].group_id) == ("钱 明", "云南", 1)
    [again] = await chat.say(f"/start {token}")
    assert again == texts.ALREADY
    assert len([one async for one in names(chat)]) == 6


@pytest.mark.parametrize(
    "words",
    ["我的姓名", "你好", "谢谢", "云南报到时间", "13800000000", "x" * 31, "@someone", "张三？"],
)
async def test_what_is_no_name_is_not_taken_for_one(new_chat: NewChat, words: str) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    await chat.say(f"/start {await invited(chat)}")

    assert await chat.say(words) == [texts.NO_NAME]
    assert await who(chat) is None


async def names(chat: Chat) -> Any:
    async with chat.sessions() as session:
        for one in await people.people_with_roles(session):
            yield one.name


@pytest.mark.parametrize("wrong", ["expired", "used", "edited", "of somebody else"])
async def test_every_link_that_does_not_work_gets_the_same_line(
    new_chat: NewChat, wrong: str
) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    token = await invited(chat)
    match wrong:
        case "expired":
            chat.clock.advance(days=15)
        case "used":
            other = await new_chat(user=QIAN_CHAT + 1)
            await other.say(f"/start {token}")
            await other.say("孙一")
        case "edited":
            token = token.swapcase()
        case "of somebody else":
            async with chat.sessions() as session:
                lin = await people.person_of_account(session, TELEGRAM, LIN_CHAT)
            token = await invited(chat, person_id=lin.id if lin else 0)

    assert await chat.say(f"/start {token}") == [texts.NOT_USABLE]
    assert await who(chat) is None


async def test_a_personal_link_needs_no_words(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    zhou = await on_roster(chat, "周未", LEADER)

    [welcome] = await chat.say(f"/start {await invited(chat, person_id=zhou)}")

    assert "周未老师，欢迎加入" in welcome
    assert (await who(chat)).id == zhou  # type: ignore[union-attr]


async def test_a_name_on_the_roster_is_proved_by_its_number(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    zhou = await on_roster(chat, "周未", PARTICIPANT, PHONE)
    token = await invited(chat, group_id=1)
    await chat.say(f"/start {token}")

    [asked] = await chat.send("周未")
    assert isinstance(asked.reply_markup, ReplyKeyboardMarkup)
    assert asked.reply_markup.keyboard[0][0].request_contact
    assert await chat.say("号码是多少来着") == [texts.NO_NUMBER]
    assert await chat.say("13900000000") == [texts.WRONG_NUMBER.format(left=2)]
    [welcome] = await chat.say("+86 138-0000-5678")

    assert "周未老师，欢迎加入" in welcome
    assert (await who(chat)).id == zhou  # type: ignore[union-attr]
    assert len([one for one in chat.telegram.sent if isinstance(one, DeleteMessage)]) == 2
    async with chat.sessions() as session:
        rows = list(await session.scalars(select(ConversationState)))
    assert PHONE not in json.dumps([row.data for row in rows])


async def test_a_contact_counts_if_it_is_ones_own(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    zhou = await on_roster(chat, "周未", PARTICIPANT, PHONE)
    await chat.say(f"/start {await invited(chat)}")
    await chat.say("周未")
    card = {"phone_number": f"+86{PHONE}", "first_name": "周"}

    assert await chat.show(contact={**card, "user_id": LIN_CHAT}) == [texts.NOT_YOURS]
    assert await chat.show(contact=card) == [texts.NOT_YOURS]
    [welcome] = await chat.show(contact={**card, "user_id": QIAN_CHAT})

    assert "欢迎加入" in welcome
    assert (await who(chat)).id == zhou  # type: ignore[union-attr]


async def test_after_three_wrong_numbers_the_leader_is_asked(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    zhou = await on_roster(chat, "周未", PARTICIPANT, PHONE)
    token = await invited(chat, group_id=1, uses=3)
    await chat.say(f"/start {token}")
    await chat.say("周未")
    for number in ("13900000001", "13900000002"):
        await chat.say(number)

    assert await chat.say("13900000003") == [texts.WAITS]
    assert await who(chat) is None
    [letter] = await letters(chat, "join_ask")
    chen = await who(chat, CHEN_CHAT)
    assert letter.person_id == (chen.id if chen else 0)
    leader = await new_chat(user=CHEN_CHAT)
    await leader.press_data("jn:y:1")
    assert leader.telegram.notes == [texts.DONE[True]]
    assert (await who(chat)).id == zhou  # type: ignore[union-attr]


async def test_a_participants_link_and_a_leaders_number_make_no_leader(new_chat: NewChat) -> None:
    chat, leader = await new_chat(user=QIAN_CHAT), await new_chat(user=CHEN_CHAT)
    zhou = await on_roster(chat, "周未", LEADER, PHONE)
    await chat.say(f"/start {await invited(chat, group_id=1)}")

    assert await chat.say("周未") == [texts.WAITS]
    await leader.press_data("jn:y:1")
    assert leader.telegram.notes == [texts.BEYOND]
    assert await who(chat) is None
    [letter] = await letters(chat, "join_ask")
    coordinator = await who(chat, ZHAO_CHAT)
    assert letter.person_id == (coordinator.id if coordinator else 0)

    await (await new_chat(user=ZHAO_CHAT)).press_data("jn:y:1")
    assert (await who(chat)).id == zhou  # type: ignore[union-attr]


@pytest.mark.parametrize("role", [LEADER, TUTOR, "省级专家", COORDINATOR])
async def test_who_is_to_have_more_rights_waits_for_a_coordinator(
    new_chat: NewChat, role: str
) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    token = await invited(chat, role, group_id=1 if role == LEADER else None)
    await chat.say(f"/start {token}")

    assert await chat.say("钱明") == [texts.WAITS]
    assert chat.hurried
    for user in (QIAN_CHAT, LIN_CHAT, CHEN_CHAT, HE_CHAT, WU_CHAT):
        other = await new_chat(user=user)
        await other.press_data("jn:y:1")
        assert other.telegram.notes == [texts.NOT_FOR_YOU]
    assert await who(chat) is None

    coordinator = await new_chat(user=ZHAO_CHAT)
    for data in ("jn:y:1", "jn:y:1", "jn:n:1", "jn:y:2", "jn:y:x"):
        await coordinator.press_data(data)
    said = [texts.DONE[True], texts.SETTLED, texts.SETTLED, texts.NOT_FOR_YOU, texts.NOT_FOR_YOU]
    assert coordinator.telegram.notes == said
    qian = await who(chat)
    assert qian
    roles = [one.role for one in qian.roles] + [COORDINATOR] * qian.coordinator
    assert roles == [role]
    [told] = [one for one in await letters(chat, "note") if one.chat_id == QIAN_CHAT]
    assert texts.ACCEPTED in told.data["html"]
    async with chat.sessions() as session:
        actions = [one.action for one in await audit.latest(session)]
    assert {"let_in", "give_role", "join"} <= set(actions)


async def test_a_declined_one_stays_outside(new_chat: NewChat) -> None:
    chat, coordinator = await new_chat(user=QIAN_CHAT), await new_chat(user=ZHAO_CHAT)
    token = await invited(chat, TUTOR)
    await chat.say(f"/start {token}")
    await chat.say("钱明")

    await coordinator.press_data("jn:n:1")

    assert await who(chat) is None
    assert [one.data["html"] for one in await letters(chat, "note")] == [texts.DECLINED]
    assert await chat.say(f"/start {token}") == [texts.NOT_USABLE]


async def test_one_person_on_two_surfaces(new_chat: NewChat) -> None:
    lin, page = await new_chat(), await new_chat(user=4711)
    page.surface = PAGE
    [told] = await lin.say("/link")
    token = told.split("start=")[1]

    [welcome] = await page.say(f"/start {token}")

    assert "林晓老师" in welcome
    assert "读书笔记" in (await page.say("/tasks"))[0]
    assert "读书笔记" in (await lin.say("/tasks"))[0]
    [warning] = await letters(lin, "note")
    assert (warning.surface, warning.chat_id) == (TELEGRAM, LIN_CHAT)
    late = await new_chat(user=4712)
    late.surface = PAGE
    assert await late.say(f"/start {token}") == [texts.NOT_USABLE]


async def test_a_link_to_oneself_ends_soon_and_is_not_for_strangers(new_chat: NewChat) -> None:
    lin, page = await new_chat(), await new_chat(user=4711)
    page.surface = PAGE
    [told] = await lin.say("/link")
    lin.clock.advance(**{"seconds": timedelta(minutes=10).total_seconds()})

    assert await page.say(f"/start {told.split('start=')[1]}") == [texts.NOT_USABLE]
    assert await page.say("/link") == [texts.LINK_STRANGER]


async def test_commands_go_on_while_a_name_is_asked(new_chat: NewChat) -> None:
    chat = await new_chat(user=QIAN_CHAT)
    await chat.say(f"/start {await invited(chat)}")

    for words in ("/tasks", "我的任务"):
        assert "我还不知道您的角色" in (await chat.say(words))[0]
    assert await chat.say("/cancel")
    assert await chat.say("钱明") != [texts.NO_NAME]
    assert await who(chat) is None
