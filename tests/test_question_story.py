"""A question that nobody could answer becomes known: the whole story on the page, nothing faked."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app import App
from tests.demonstrating import demonstrated
from tests.phone import Phone

ASKED = "集中研修期间食堂的饭卡在哪里领"
ANSWER = "到一楼服务台凭身份证领取。"


@pytest.fixture
async def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[App]:
    monkeypatch.setenv("ESCALATE_AFTER", "20")  # hours: over by the next morning, whatever it took
    async with demonstrated(tmp_path, monkeypatch) as app:
        yield app


async def test_a_question_goes_up_to_the_expert_and_is_known_ever_after(app: App) -> None:
    async with Phone(app.address) as phone:
        await phone.say("林老师", ASKED)
        await phone.press("林老师", await phone.hears("林老师", "没有查到"))
        await phone.hears("林老师", "已转给组长陈老师")
        await phone.hears("陈老师", "有一个问题等您回答")

        await phone.control("morning")  # to the tutor
        await phone.hears("何老师", "有一个问题等您回答")
        await phone.hears("陈老师", "时限已过")
        await phone.hears("林老师", "已转给指导教师何老师")
        await phone.say("陈老师", "请问集中研修期间食堂饭卡在哪里领啊")
        similar = await phone.hears("陈老师", "已有老师问过类似的问题")
        await phone.press("陈老师", similar)
        await phone.hears("陈老师", "共 2 位老师想知道")
        await phone.control("morning")
        question = await phone.hears("吴老师", "有一个问题等您回答")

        await phone.press("吴老师", question)
        await phone.hears("吴老师", "请写出答复")
        await phone.say("吴老师", ANSWER)
        await phone.hears("吴老师", "已转达给 2 位提问的老师")
        for name in ("林老师", "陈老师"):
            answered = await phone.hears(name, ANSWER)
            assert "省级专家吴老师" in answered["text"]

        await phone.hears("赵老师", "等您审核")
        await phone.say("赵老师", "/proposals")
        await phone.press("赵老师", await phone.hears("赵老师", "待审核，共 1 条"))
        approved = await phone.hears("赵老师", "已入库")
        await phone.say("钱老师", "山东集中研修期间在哪里领食堂的饭卡呢")
        known = await phone.hears("钱老师", ANSWER)
        assert "省级专家吴老师的答复" in known["text"]

        await phone.press("赵老师", approved)  # 撤销
        await phone.hears("赵老师", "已撤销")
        await settle(phone, "林老师", "更正")
        for name in ("林老师", "陈老师", "钱老师"):
            await phone.hears(name, "更正")


async def settle(phone: Phone, name: str, words: str) -> None:
    """Mornings go by until they hear it: a change waits, counted from when it was noticed."""
    for _ in range(5):
        await phone.control("morning")
        await asyncio.sleep(0.5)
        if any(words in text for text in await phone.received(name)):
            return
