"""The chat page in a browser of a phone's size: a question is asked and answered."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright

from bot.app import App
from tests.demonstrating import demonstrated

CHROMIUM = shutil.which("chromium")
IN_CI = os.environ.get("CI") == "true"  # there the browser is installed, or something is wrong

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not IN_CI, reason="Debian's chromium is not installed"
)


@pytest.fixture
async def app(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> AsyncIterator[App]:
    async with demonstrated(tmp_path, monkeypatch) as app:
        yield app


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with async_playwright() as play:
        browser = await play.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = await browser.new_page(viewport={"width": 390, "height": 844}, locale="zh-CN")
        page.set_default_timeout(30_000)
        yield page
        await browser.close()


async def test_a_question_is_answered_and_a_control_brings_the_reminder(
    app: App, page: Page
) -> None:
    await page.goto(app.address)
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
