"""The chat page in a browser of a phone's size: a question is asked and answered."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from bot.app import App
from tests.browser import IN_A_BROWSER, browsing
from tests.demonstrating import demonstrated

pytestmark = IN_A_BROWSER


@pytest_asyncio.fixture(loop_scope="session")
async def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[App]:
    async with demonstrated(tmp_path, monkeypatch) as app:
        yield app


async def test_a_question_is_answered_and_a_control_brings_the_reminder(
    app: App, browser: Browser
) -> None:
    async with browsing(browser, app.address) as page:
        await page.get_by_text("林老师").first.click()
        await page.get_by_role("textbox").fill("云南什么时候报到")
        await page.keyboard.press("Enter")

        answer = page.locator("#chat").get_by_text("25号报到").last
        await answer.wait_for()
        assert await page.evaluate("document.documentElement.scrollWidth") <= 390

        await page.goto(app.address)
        await page.get_by_role("button", name="到下一个截止日").click()
        await page.get_by_text("2015年9月20日").first.wait_for()
        await page.get_by_text("吴老师，这是您9月20日的研修提醒").first.wait_for()
