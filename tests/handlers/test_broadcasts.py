"""A coordinator writes to many: once, whatever happens, and knows what became of it."""

from typing import Any

import pytest
from aiogram.methods import EditMessageText

from scheduler.broadcasting import BroadcastLetters, BroadcastPlanner
from scheduler.hours import Hours
from scheduler.rendering import Renderer
from storage import audit, broadcasts, people
from storage.database import Sessions
from tests import wire
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    PROGRAMME,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
    Clock,
)
from tests.databases import Database
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.wire import callback_data, labels
from tests.scheduler.delivering import Sender, make_sender

WORDS = "明天 <停电>，平台上午不能用。"


class Crash(BaseException):
    """The process is gone."""

    def __init__(self, **_: Any) -> None: ...


class Office:
    """A coordinator's chat with everything behind it."""

    def __init__(self, chat: Chat, sessions: Sessions, clock: Clock) -> None:
        self.chat, self.sessions, self.clock = chat, sessions, clock
        self.sender = self.new_sender()

    def new_sender(self) -> Sender:
        async def load() -> Any:
            return (PROGRAMME,)

        kinds = BroadcastLetters(self.sessions, hours=Hours()).kinds
        render = Renderer(self.sessions, load, hours=Hours(), kinds=kinds)
        return make_sender(self.sessions, self.clock, render=render, owner=f"{id(object())}")

    async def draft(self, *choices: str) -> tuple[str, str]:
        """The preview, and the number of the draft in its buttons."""
        await self.chat.say("/broadcast")
        [asked] = await self.chat.send(WORDS)
        await self.press(asked, choices[0])
        for choice in choices[1:]:
            await self.press(self.edits[-1], choice)
        preview = self.edits[-1]
        return preview.text or "", callback_data(preview, 0)  # type: ignore[arg-type]

    async def press(self, message: Any, label: str) -> None:
        [data] = [
            one.callback_data
            for row in message.reply_markup.inline_keyboard
            for one in row
            if label in one.text
        ]
        await self.chat.press_data(data)

    @property
    def edits(self) -> list[EditMessageText]:
        return [one for one in self.chat.telegram.sent if isinstance(one, EditMessageText)]

    async def go_on(self, **planner: Any) -> None:
        """Plans, delivers, and looks once more."""
        for _ in range(2):
            await BroadcastPlanner(self.sessions, page=2, **planner).go_on(self.clock())
            await self.sender.tick.deliver()
            self.clock.advance(seconds=6)

    def received(self) -> list[int]:
        return sorted(
            int(form["chat_id"])
            for form in self.sender.wire.accepted
            if form["text"].startswith("<b>项目办通知")
        )


@pytest.fixture
async def office(new_chat: NewChat, sqlite: Database, clock: Clock) -> Office:
    clock.advance(days=30)  # no digests in between
    return Office(await new_chat(user=ZHAO_CHAT), sqlite.sessions, clock)


async def test_a_crash_before_the_preview_leaves_no_second_draft(office: Office) -> None:
    chat = office.chat
    await chat.say("/broadcast")
    [asked] = await chat.send(WORDS)
    await office.press(asked, "全部项目")
    await office.press(office.edits[-1], "所有角色")
    chat.telegram.troubles = [Crash]  # type: ignore[list-item]
    with pytest.raises(Crash):
        await chat.say("东山一组")

    chat.count -= 1
    [preview] = await chat.send("东山一组")

    assert "共 2 人" in preview.text
    async with office.sessions() as session:
        assert await broadcasts.find(session, 1)
        assert not await broadcasts.find(session, 2)
    await office.press(preview, "发送")
    await office.go_on()
    assert office.received() == [LIN_CHAT, CHEN_CHAT]


async def test_from_the_words_to_the_report(office: Office) -> None:
    preview, go = await office.draft("全部项目", "所有角色", "不限")
    assert "明天 &lt;停电&gt;" in preview
    assert "共 5 人" in preview

    await office.chat.press_data(go)
    await office.chat.press_data(go)  # once is enough
    assert "正在准备发给 5 人" in (office.edits[-1].text or "")
    await office.go_on()

    assert office.received() == [LIN_CHAT, CHEN_CHAT, HE_CHAT, WU_CHAT, ZHAO_CHAT]
    shown = [form for form in office.sender.wire.accepted if "message_id" in form]
    assert {int(form["message_id"]) for form in shown} == {900}  # the one that was pressed
    assert shown[-1]["text"] == "<b>通知已发完</b>\n送达 5 人"
    report = office.sender.wire.accepted[-1]
    assert (int(report["chat_id"]), report["text"]) == (ZHAO_CHAT, shown[-1]["text"])
    async with office.sessions() as session:
        [noted] = await audit.latest(session)
    assert (noted.action, noted.detail) == ("broadcast", {"people": 5})


@pytest.mark.parametrize(
    ("choices", "whom"),
    [
        (("东山县", "学员", "不限"), [LIN_CHAT]),
        (("全部项目", "指导教师", "不限"), [HE_CHAT]),
        (("东山县", "所有角色", "东山一组"), [LIN_CHAT, CHEN_CHAT]),
    ],
)
async def test_only_who_was_chosen_hears_of_it(
    office: Office, choices: tuple[str, ...], whom: list[int]
) -> None:
    _, go = await office.draft(*choices)
    await office.chat.press_data(go)
    await office.go_on()

    assert office.received() == whom


async def test_what_failed_is_sent_again_to_those_only(office: Office) -> None:
    _, go = await office.draft("全部项目", "所有角色", "不限")
    await office.chat.press_data(go)
    office.sender.wire.replies.extend([wire.NO_SUCH_CHAT, wire.BLOCKED])
    await office.go_on()

    report = office.sender.wire.accepted[-1]
    assert "送达 3 人\n收不到 1 人（没有开始会话，或屏蔽了我）\n失败 1 人" in report["text"]
    assert "重发给失败的 1 人" in str(report["reply_markup"])
    first = len(office.received())

    again = go.replace("go", "again")
    await office.chat.press_data(again)
    await office.chat.press_data(again)
    await office.go_on()

    assert office.chat.telegram.notes[-2:] == ["好的，正在重发给 1 人。", "没有失败的需要重发了。"]
    assert len(office.received()) == first + 1
    assert "送达 4 人" in office.sender.wire.accepted[-1]["text"]


@pytest.mark.parametrize("place", ["planning", "planned"])
async def test_killed_while_it_is_planned_it_goes_on_where_it_stood(
    office: Office, place: str
) -> None:
    _, go = await office.draft("全部项目", "所有角色", "不限")
    await office.chat.press_data(go)
    passed: list[str] = []

    def at(where: str) -> None:
        passed.append(where)
        if where == place and passed.count(place) == 2:
            raise Crash

    with pytest.raises(Crash):
        await office.go_on(at=at)
    office.sender = office.new_sender()
    await office.go_on()

    assert office.received() == [LIN_CHAT, CHEN_CHAT, HE_CHAT, WU_CHAT, ZHAO_CHAT]


async def test_what_is_stopped_goes_no_further(office: Office) -> None:
    _, go = await office.draft("全部项目", "所有角色", "不限")
    await office.chat.press_data(go)
    office.sender.wire.replies.append(wire.slow_down(60))  # the first comes back, the rest waits
    await BroadcastPlanner(office.sessions).go_on(office.clock())
    await office.sender.tick.deliver()

    stop = go.replace("go", "stop")
    await office.chat.press_data(stop)
    await office.chat.press_data(stop)
    office.clock.advance(minutes=5)
    await office.go_on()

    assert office.received() == []
    assert "已停止" in (office.edits[-1].text or "")
    assert office.chat.telegram.notes[-2:] == ["好的，停下来了。", "已经停了，或者已经发完了。"]


async def test_at_night_it_waits_for_the_morning(office: Office) -> None:
    office.clock.advance(hours=14.5)  # 22:30
    _, go = await office.draft("全部项目", "学员", "不限")
    await office.chat.press_data(go)
    await office.go_on()
    assert office.received() == []
    shown = [form for form in office.sender.wire.accepted if "message_id" in form]
    assert "预计明天 07:00" in shown[-1]["text"]

    office.clock.advance(hours=9)
    await office.go_on()

    assert office.received() == [LIN_CHAT]


@pytest.mark.parametrize("user", [LIN_CHAT, CHEN_CHAT, HE_CHAT, WU_CHAT, QIAN_CHAT])
async def test_nobody_else_may(office: Office, new_chat: NewChat, user: int) -> None:
    _, go = await office.draft("全部项目", "所有角色", "不限")
    other = await new_chat(user=user)

    assert await other.say("/broadcast") == ["群发通知只有项目办可以用。"]
    for step in ("go", "no", "stop", "again"):
        await other.press_data(go.replace("go", step))
    await office.go_on()

    assert office.received() == []
    async with office.sessions() as session:
        assert await audit.latest(session) == []


async def test_steps_that_lead_nowhere_are_said(office: Office, new_chat: NewChat) -> None:
    chat = office.chat
    assert await (await new_chat(user=ZHAO_CHAT, chat=GROUP_CHAT)).say("/broadcast") == [
        "请私聊我群发通知。"
    ]
    await chat.say("/broadcast")
    assert await chat.show(photo=[]) == ["群发的内容请用文字。"]
    assert "太长了" in (await chat.say("&" * 1000))[0]  # as HTML it is five times as long
    [asked] = await chat.send(WORDS)
    assert labels(asked) == ["全部项目", "东山县2015年教师研修"]
    await chat.press_data("bc:p:0000000000")
    await chat.press_data("bc:l:all")  # a later step
    assert chat.telegram.notes == ["这一步已经过去了。"] * 2
    await chat.press_data("bc:p:all")
    await chat.press_data("bc:r:0")
    assert "没有叫“火星”的小组或地区" in (await chat.say("火星"))[0]
    [preview] = await chat.send("东山一组")
    assert "发给：全部项目 · 学员 · 东山一组" in preview.text
    await chat.press(preview, 1)
    await chat.press(preview, 0)
    assert chat.telegram.notes[-1] == "这个选项已经过期，或者是给别人的，请您再问一次。"
    async with office.sessions.begin() as session:
        for person in range(1, 6):
            await people.deactivate(session, person)
