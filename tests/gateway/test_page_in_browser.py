"""The page in a real browser of a phone's size, on a gateway that also stops and starts."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, Page, Route, expect
from starlette.applications import Starlette

from gateway.server import hang_up
from tests.browser import IN_A_BROWSER, browsing
from tests.gateway.serving import (
    GROUP,
    LIN,
    Clock,
    Running,
    begin,
    build,
    seat_groups,
    serving,
    until,
)

HOSTILE = '<img src=x onerror="document.title=1">'
pytestmark = IN_A_BROWSER


@pytest_asyncio.fixture(loop_scope="session")
async def live(tmp_path: Path) -> AsyncIterator[Running]:
    clock = Clock()
    async with serving(build(tmp_path / "live.db", clock), clock) as running:
        yield await begin(running)


@asynccontextmanager
async def on_port(port: int, database: Path) -> AsyncIterator[Starlette]:
    """As `serving`, on a port that stays the same over a restart."""
    app = build(database, Clock())
    seat_groups(app)
    config = uvicorn.Config(app, log_level="critical", timeout_graceful_shutdown=2)
    server = uvicorn.Server(config)
    with listening(port) as place:
        work = asyncio.create_task(server.serve(sockets=[place]))
        try:
            await until(lambda: server.started)
            yield app
        finally:
            hang_up(app)
            server.should_exit = True
            await work


def listening(port: int = 0) -> socket.socket:
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    place.bind(("127.0.0.1", port))
    return place


async def enter(page: Page, name: str) -> None:
    await page.locator(".chat-row", has_text=name).first.click()


async def write(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="输入消息").fill(text)
    await page.get_by_role("button", name="发送", exact=True).click()


async def answer_next(live: Running, **reply: Any) -> Any:
    """Somebody's bot: takes one update, answers in its chat."""
    updates = await live.result("getUpdates", timeout=10, limit=1)
    await live.result("getUpdates", offset=updates[0]["update_id"] + 1)
    message = updates[0].get("message")
    if message and reply:
        await live.result("sendMessage", chat_id=message["chat"]["id"], **reply)
    return updates[0]


async def test_a_question_is_asked_answered_and_pressed(browser: Browser, live: Running) -> None:
    keyboard = {"inline_keyboard": [[{"text": "那江西呢？", "callback_data": "jx"}]]}
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await write(page, "云南什么时候报到")
        await answer_next(live, text="<b>25号</b>报到", parse_mode="HTML", reply_markup=keyboard)
        await expect(page.locator(".theirs .text strong")).to_have_text("25号")
        await expect(page.locator(".own .text").last).to_have_text("云南什么时候报到")
        await page.get_by_role("button", name="那江西呢？").click()
        query = (await answer_next(live))["callback_query"]
        await live.result("answerCallbackQuery", callback_query_id=query["id"], text="没有通知")
        await expect(page.locator(".toast")).to_have_text("没有通知")


async def test_text_from_outside_stays_text(browser: Browser, live: Running) -> None:
    await live.result("sendMessage", chat_id=LIN, text=HOSTILE)
    await live.result("sendMessage", chat_id=GROUP, text=HOSTILE)
    async with browsing(browser, live.url) as page:
        await expect(page.locator(".row-last").first).to_contain_text("<img src=x")
        await enter(page, "林")
        await expect(page.locator(".theirs .text").last).to_have_text(HOSTILE)
        assert await page.locator(".log img").count() == 0
        assert await page.title() != "1"


async def test_a_reader_is_not_pulled_away_from_old_messages(
    browser: Browser, live: Running
) -> None:
    for number in range(40):
        await live.result("sendMessage", chat_id=LIN, text=f"第 {number} 条\n\n。")
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await expect(page.locator(".theirs .text").last).to_contain_text("第 39 条")
        log = page.locator(".log")
        await log.evaluate("node => node.scrollTo({ top: node.scrollHeight / 2 })")
        before = await log.evaluate("node => node.scrollTop")
        await live.result("sendMessage", chat_id=LIN, text="新的一条")
        await expect(page.locator(".to-bottom")).to_have_attribute("data-count", "1")
        assert abs(await log.evaluate("node => node.scrollTop") - before) < 2
        await page.locator(".to-bottom").click()
        await expect(page.locator(".theirs .text").last).to_be_in_viewport()


async def test_a_restart_loses_nothing_on_either_side(browser: Browser, tmp_path: Path) -> None:
    with listening() as place:
        port = place.getsockname()[1]
    async with browsing(browser) as page:
        async with on_port(port, tmp_path / "gateway.db"):
            await page.goto(f"http://127.0.0.1:{port}")
            await enter(page, "林")
            await page.get_by_role("button", name="开始").click()
            await expect(page.locator(".own .text")).to_have_text("/start")
            box = await page.get_by_role("textbox", name="输入消息").bounding_box()
            assert box
            assert box["height"] > 30

        await write(page, "断线时写的")
        await page.get_by_role("textbox", name="输入消息").fill("没写完")
        await expect(page.locator(".waiting .text")).to_have_text("断线时写的")

        async with on_port(port, tmp_path / "gateway.db") as app:
            await expect(page.locator(".waiting")).to_have_count(0, timeout=10_000)
            await expect(page.locator(".own .text").last).to_have_text("断线时写的")
            await page.reload()
            await expect(page.get_by_role("textbox", name="输入消息")).to_have_value("没写完")
            await expect(page.locator(".own .text")).to_have_count(2)
            bodies = app.state.exchange.store.all("SELECT body FROM updates")
            assert sum("断线时写的" in row["body"] for row in bodies) == 1


async def test_a_message_is_shown_once_though_its_receipt_is_slow(
    browser: Browser, live: Running
) -> None:
    may_answer = asyncio.Event()

    async def hold(route: Route) -> None:
        receipt = await route.fetch()
        await may_answer.wait()
        await route.fulfill(response=receipt)

    async with browsing(browser, live.url) as page:
        await page.route("**/page/say", hold)
        await enter(page, "林")
        await write(page, "在吗")
        shown = page.locator(".own .text", has_text="在吗")
        await expect(page.locator(".own:not(.waiting) .text").last).to_have_text("在吗")
        await expect(shown).to_have_count(1)

        async with page.expect_response("**/page/say"):
            may_answer.set()
        await expect(shown).to_have_count(1)


async def test_blocking_closes_the_input_and_unblocking_opens_it(
    browser: Browser, live: Running
) -> None:
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await page.get_by_role("button", name="更多").click()
        await page.get_by_role("button", name="停用机器人").click()
        await expect(page.get_by_role("button", name="重新启用")).to_be_visible()
        assert not (await live.call("sendMessage", chat_id=LIN, text="x"))["ok"]
        await page.get_by_role("button", name="重新启用").click()
        await expect(page.get_by_role("textbox", name="输入消息")).to_be_visible()
