"""A bulletin's life: drafted from a link, posted to a group, read, edited, withdrawn."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from aiogram.methods import EditMessageText

from handlers import texts as general
from handlers.texts import bulletins as texts
from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.programme.values import Amount, Programme, Task
from scheduler.bulletin_letters import UNREAD, BulletinLetters
from scheduler.hours import Hours
from scheduler.rendering import Renderer
from storage import groups, progress
from storage.database import Sessions
from tests.cast import (
    CHEN_CHAT,
    GROUP_CHAT,
    HE_CHAT,
    LIN_CHAT,
    PROGRAMME,
    PROGRAMME_CODE,
    QIAN_CHAT,
    WU_CHAT,
    ZHAO_CHAT,
    Clock,
)
from tests.databases import Database
from tests.handlers import edits
from tests.handlers.conftest import Chat, NewChat
from tests.handlers.wire import labels
from tests.scheduler.delivering import Sender, make_sender

BULLETINS = Task(
    code="expert-bulletins",
    role="省级专家",
    position=2,
    title="学习引领",
    detail="编《课程简报》，至少3期。",
    amounts=(Amount(3, "期", "至少3期", "至少"),),
)


READING = Task(code="reading", role="学员", position=9, title="读简报", detail="读完《课程简报》。")


def with_bulletins() -> Programme:
    first, *rest = PROGRAMME.stages
    return replace(
        PROGRAMME, stages=(replace(first, tasks=(*first.tasks, BULLETINS, READING)), *rest)
    )


@pytest.fixture(scope="module")
def library() -> Library:
    return Library([Document("安排.md", programmes=(with_bulletins(),))])


@pytest.fixture
async def sender(sqlite: Database, clock: Clock) -> AsyncIterator[Sender]:
    async def load() -> tuple[Programme, ...]:
        return (PROGRAMME,)

    kinds = BulletinLetters(sqlite.sessions).kinds
    render = Renderer(sqlite.sessions, load, hours=Hours(), kinds=kinds, extras=(UNREAD,))
    made = make_sender(sqlite.sessions, clock, render=render)
    yield made
    await made.close()


def shown(chat: Chat) -> EditMessageText:
    """What the last press turned the message into."""
    return [sent for sent in chat.telegram.sent if isinstance(sent, EditMessageText)][-1]


def words_of(message: EditMessageText) -> str:
    return message.text or ""


def data_of(message: Any, label: str) -> str:
    rows = message.reply_markup.inline_keyboard
    found = (b.callback_data for row in rows for b in row if b.text.startswith(label))
    return str(next(found))


async def posted(chat: Chat, text: str = "第1期导读 https://mp.weixin.qq.com/s/abc") -> str:
    """The number of the bulletin, as it stands in the buttons."""
    card = (await chat.send(text))[0]
    await chat.press_data(data_of(card, "发布到"))
    return data_of(shown(chat), "谁看了").split(":")[-1]


async def test_a_link_becomes_a_bulletin_that_its_readers_confirm(
    new_chat: NewChat, library: Library, sender: Sender
) -> None:
    wu, lin = await new_chat(library, WU_CHAT), await new_chat(library, LIN_CHAT, GROUP_CHAT)
    qian = await new_chat(library, QIAN_CHAT, GROUP_CHAT)

    card = (await wu.send("https://mp.weixin.qq.com/s/abc"))[0]
    assert "第1期课程简报" in card.text
    assert "共 1 个组 1 位学员" in card.text
    await wu.press_data(data_of(card, "发布到"))
    await wu.press_data(data_of(card, "发布到"))  # the same press once more
    assert wu.telegram.notes[-1].startswith("这个预览已经过期")
    done = shown(wu)
    assert "“学习引领”已发 1/3 期" in words_of(done)

    await sender.tick.deliver()
    [post] = sender.wire.accepted
    assert post["chat_id"] == GROUP_CHAT
    assert "第1期课程简报" in post["text"]

    id = data_of(done, "谁看了").split(":")[-1]
    for reader in (lin, lin, qian):
        await reader.press_data(f"bl:r:{id}")
    assert lin.telegram.notes == ["已记下，谢谢！您是第 1 位。", "您已经点过“已阅”了。"]
    assert "不在收这期简报的名单上" in qian.telegram.notes[0]
    await wu.press_data(f"bl:m:{id}")
    assert "东山一组：1/1" in words_of(shown(wu))


async def test_what_was_posted_follows_its_author(
    new_chat: NewChat, library: Library, sender: Sender
) -> None:
    wu = await new_chat(library, WU_CHAT)
    id = await posted(wu)
    await sender.tick.deliver()

    await wu.press_data(f"bl:mt:{id}")
    assert "也会跟着改" in (await wu.say("观课怎么写"))[0]
    await sender.tick.deliver()
    assert "观课怎么写" in sender.wire.accepted[-1]["text"]
    assert "message_id" in sender.wire.accepted[-1]

    await wu.press_data(f"bl:ml:{id}")
    assert (await wu.say("简报什么时候交"))[0] == texts.STILL_WAITING
    await wu.say("/help")
    assert texts.CHANGED not in await wu.say("https://mp.weixin.qq.com/s/other")

    await wu.press_data(f"bl:pin:{id}")
    await sender.tick.deliver()
    assert "text" not in sender.wire.accepted[-1]

    await wu.press_data(f"bl:w:{id}")
    await wu.press_data(f"bl:w2:{id}")
    await sender.tick.deliver()
    assert "已撤回" in sender.wire.accepted[-1]["text"]
    async with wu.sessions() as session:
        counts = await progress.of_person(session, 4)
    assert (PROGRAMME_CODE, BULLETINS.code) not in counts


@pytest.mark.parametrize(
    ("user", "may_post", "may_manage"),
    [
        (LIN_CHAT, False, False),
        (CHEN_CHAT, False, False),
        (HE_CHAT, True, False),
        (WU_CHAT, True, True),
        (ZHAO_CHAT, True, True),
        (QIAN_CHAT, False, False),
    ],
)
async def test_who_may_post_and_who_may_manage(
    new_chat: NewChat, library: Library, user: int, may_post: bool, may_manage: bool
) -> None:
    wu, other = await new_chat(library, WU_CHAT), await new_chat(library, user)
    id = await posted(wu)

    answers = await other.say("/bulletin")
    await other.press_data(f"bl:w2:{id}")

    assert (answers[0].startswith("请把简报的链接发给我")) is may_post
    refused = any("不是给您的" in note for note in other.telegram.notes)
    assert refused is not may_manage


async def test_the_card_is_changed_before_it_is_posted(
    new_chat: NewChat, library: Library, sqlite: Database
) -> None:
    async with sqlite.sessions.begin() as session:
        await groups.add_group(session, "东山二组", programme=PROGRAMME_CODE, province="云南")
    wu = await new_chat(library, WU_CHAT)
    card = (await wu.send("/bulletin https://mp.weixin.qq.com/s/abc"))[0]
    assert "其中 1 个组没有绑定群" in card.text

    await wu.press_data(data_of(card, "发给"))
    choices = shown(wu)
    await wu.press_data(data_of(choices, "✅ 东山二组"))
    await wu.press_data(data_of(shown(wu), "选好了"))
    await wu.press_data(data_of(shown(wu), "阶段：第一阶段"))
    assert list(edits.buttons(shown(wu))) == ["✅ 第一阶段", "▫️ 第二阶段", "▫️ 不分阶段", "返回"]
    await wu.press_data(data_of(shown(wu), "▫️ 第二阶段"))
    assert "种类：课程简报 ▸" not in edits.buttons(shown(wu))  # there is no other
    await wu.press_data(data_of(shown(wu), "改标题"))
    changed = (await wu.send("磨课三问"))[0]

    assert "<b>磨课三问</b>\n课程简报 · 第二阶段" in changed.text
    assert "发布到 1 个组" in labels(changed)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("http://nas.lan/1", "内部网络"),
        ("https://127.0.0.1/x", "IP 地址"),
        ("看这里 https://u:p@a.com/", "用户名和密码"),
        ("长" * 70 + " https://a.com/", "标题太长"),
    ],
)
async def test_a_link_that_cannot_be_posted_is_refused_in_words(
    new_chat: NewChat, library: Library, text: str, says: str
) -> None:
    wu = await new_chat(library, WU_CHAT)

    assert says in (await wu.say(text))[0]


async def test_only_a_long_link_is_answered_with_what_can_be_done_with_it(
    new_chat: NewChat, library: Library
) -> None:
    article = "https://mp.weixin.qq.com/s?sn=" + "a1" * 220
    wu, lin = await new_chat(library, WU_CHAT), await new_chat(library, LIN_CHAT)

    assert "请核对" in (await wu.say(article))[0]
    assert "最多500个字符" in (await wu.say(article * 2))[0]
    for link in (article, article * 2, "https://a.com/", f"《{article}》。"):
        assert await lin.say(link) == [general.ONLY_A_LINK]
    assert await lin.say(f"{article * 2} 报到要带什么？") == [general.LONG_WITH_LINK]
    assert "http" not in (await lin.say(f"{article} 读书笔记写多少字？"))[0]


async def test_a_bulletin_that_waits_for_its_link_lets_go(
    new_chat: NewChat, library: Library, clock: Clock
) -> None:
    wu = await new_chat(library, WU_CHAT)
    await wu.say("/bulletin")
    assert (await wu.say("第1期导读"))[0].startswith("没有看到链接")

    hint, answer = await wu.say("第一期简报什么时候交")
    assert hint == texts.STILL_WAITING
    assert "没有看到链接" not in answer
    assert "请核对" in (await wu.say("第1期导读 http://www.dsyz.cn/jb/1.html"))[0]

    for leaving in ("/cancel", "/queue", general.MY_TASKS):
        await wu.say("/bulletin")
        await wu.say(leaving)
        assert "链接" not in (await wu.say("读书笔记"))[0]
    await wu.say("/bulletin")
    clock.advance(minutes=11)
    assert "链接" not in (await wu.say("读书笔记"))[0]


async def test_a_question_with_a_link_is_a_question(new_chat: NewChat, library: Library) -> None:
    wu = await new_chat(library, WU_CHAT)

    assert "请核对" not in (await wu.say("https://a.com/ 打不开怎么办？"))[0]


async def test_members_without_a_group_chat_find_it_in_their_digest_and_list(
    new_chat: NewChat, library: Library, sender: Sender, clock: Clock, sqlite: Database
) -> None:
    async with sqlite.sessions.begin() as session:
        await groups.unbind_group(session, 1)
    wu, lin = await new_chat(library, WU_CHAT), await new_chat(library, LIN_CHAT)
    id = await posted(wu)
    assert await owed(sqlite.sessions, clock) == {1, 2}

    assert "读简报：1 份没看，见 /bulletins" in (await lin.say("/tasks"))[0]
    listed = (await lin.send("/bulletins"))[0]
    assert "🔵 第1期导读" in listed.text
    await lin.press_data(f"bl:r:{id}")

    assert "🔵" not in (await lin.say("/bulletins"))[0]
    assert "没看" not in (await lin.say("/tasks"))[0]
    assert await owed(sqlite.sessions, clock) == {2}
    clock.advance(days=5)
    assert await owed(sqlite.sessions, clock) == set()


async def owed(sessions: Sessions, clock: Clock) -> set[int]:
    async with sessions() as session:
        return set(await UNREAD.due_people(session, clock.now.date()))
