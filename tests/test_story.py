"""Whole stories over real HTTP: gateway, aiogram, outbox, python-telegram-bot, nothing faked."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from bot.app import App
from tests.demonstrating import demonstrated
from tests.phone import PATIENCE, Phone
from tests.program import demonstration


@pytest.fixture
async def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[App]:
    async with demonstrated(tmp_path, monkeypatch) as app:
        yield app


async def test_question_answer_and_reminder(app: App) -> None:
    async with Phone(app.address) as phone:
        await phone.hears("林老师", "您好，我是研修助手")

        await phone.say("林老师", "云南什么时候报到")
        answer = await phone.hears("林老师", "25号")
        assert "8号" in answer["text"]
        assert "来源" in answer["text"]

        await phone.say("林老师", "/tasks")
        await phone.hears("林老师", "观评课")
        await phone.say("钱老师", "我的任务")
        await phone.hears("钱老师", "我还不知道您的角色")

        await phone.hears("吴老师", "还有3天截止（9月20日")
        assert await phone.control("morning") == "现在是2015年9月18日（周五）08:00"
        assert await phone.control("deadline") == "现在是2015年9月20日（周日）08:00"
        await phone.hears("吴老师", "今天截止（9月20日")

        assert await phone.control("deadline") == "现在是2015年9月30日（周三）08:00"
        await phone.hears("林老师", "今天截止（9月30日")
        reminders = [text for text in await phone.received("林老师") if "研修提醒" in text]
        assert [text.split("\n")[0] for text in reminders] == [
            f"林老师，这是您9月{day}日的研修提醒" for day in (23, 27, 29, 30)
        ]
        assert not [text for text in await phone.received("钱老师") if "研修提醒" in text]


async def test_killed_and_started_again_it_goes_on_and_stops_when_asked(tmp_path: Path) -> None:
    async with demonstration(tmp_path) as (process, address), Phone(address) as phone:
        await phone.say("林老师", "云南什么时候报到")
        await phone.hears("林老师", "25号")
        await phone.control("deadline")
        await phone.hears("吴老师", "9月20日的研修提醒")
        process.kill()

    async with demonstration(tmp_path) as (process, address), Phone(address) as phone:
        assert "25号" in "".join(await phone.received("林老师"))
        assert (await phone.now()).date() == date(2015, 9, 20)
        await phone.say("林老师", "云南什么时候报到")
        for _ in range(3):
            await phone.control("morning")
        await phone.hears("林老师", "9月23日的研修提醒")
        await phone.hears("吴老师", "9月23日的研修提醒")
        for name, days in (("林老师", (23,)), ("吴老师", (17, 19, 20, 23))):
            told = Counter(
                text.split("\n")[0] for text in await phone.received(name) if "研修提醒" in text
            )
            assert told == {f"{name}，这是您9月{day}日的研修提醒": 1 for day in days}
        greeted = [text for text in await phone.received("林老师") if "您好，我是研修助手" in text]
        assert len(greeted) == 1

        process.terminate()
        await asyncio.to_thread(process.join, PATIENCE)
        assert process.exitcode == 0
