"""What people do on the page besides asking: groups, topics, inline mode, invitations, devices."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from gateway.server import build_gateway
from tests.browser import IN_A_BROWSER, browsing
from tests.gateway.serving import LIN, TOKEN, Clock, Running, serving
from tests.gateway.test_inline import PLAIN
from tests.gateway.test_page_in_browser import answer_next, enter, live, write

__all__ = ["live"]  # a fixture
pytestmark = IN_A_BROWSER


@pytest_asyncio.fixture(loop_scope="session")
async def public(tmp_path: Path) -> AsyncIterator[Running]:
    """Without residents: every browser is somebody of its own."""
    clock = Clock()
    database = tmp_path / "public.db"
    app = build_gateway(database=database, token=TOKEN, bot_name="研修助手", now=clock.now)
    async with serving(app, clock) as running:
        yield running


async def from_menu(page: Page, name: str) -> None:
    await page.get_by_role("button", name="更多").click()
    await page.get_by_role("button", name=name).click()


async def test_a_group_is_made_becomes_a_forum_and_is_written_in(
    browser: Browser, live: Running
) -> None:
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await write(page, "开始")
        await from_menu(page, "新建群组")
        await page.get_by_placeholder("群组名称").fill("数学组")
        await page.get_by_label("陈").check()
        await page.get_by_role("button", name="建立群组").click()
        await expect(page.locator(".head h1")).to_have_text("数学组")
        await from_menu(page, "群组成员")
        await page.get_by_role("button", name="开启话题").click()
        await page.get_by_role("button", name="新话题").click()
        await page.get_by_placeholder("话题名称").fill("观课")
        await page.get_by_role("button", name="开启话题").click()
        await expect(page.get_by_role("tab", name="观课", selected=True)).to_be_visible()
        box = page.get_by_role("textbox", name="输入消息")
        await box.press_sequentially("@")
        await page.get_by_role("option", name="陈").click()
        await box.press_sequentially("看看")
        await page.keyboard.press("Enter")
        await expect(page.locator(".own .text")).to_have_text("陈 看看")

    updates = await live.result("getUpdates")
    heard = updates[-1]["message"]
    assert heard["is_topic_message"]
    assert heard["entities"][0]["type"] == "text_mention"


async def test_an_inline_result_is_chosen_while_typing(browser: Browser, live: Running) -> None:
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await page.get_by_role("textbox", name="输入消息").fill("@yanxiu_bot 报到")
        query = (await answer_next(live))["inline_query"]
        assert query["query"] == "报到"
        await live.result("answerInlineQuery", inline_query_id=query["id"], results=[PLAIN])
        await page.get_by_role("option", name="报到地点").click()
        await expect(page.locator(".own .text")).to_contain_text(["昆明"])
        await expect(page.locator(".own .forwarded")).to_have_text("通过 @yanxiu_bot")


async def test_own_messages_are_changed_and_taken_back(browser: Browser, live: Running) -> None:
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await write(page, "几号")
        said = page.locator(".own .bubble", has_text="几号")
        await said.tap()
        await page.get_by_role("button", name="修改").click()
        await write(page, "报到是几号")
        await expect(said).to_contain_text("已编辑")
        await said.tap()
        await page.get_by_role("button", name="删除").click()
        await expect(said).to_have_count(0)
    kinds = [set(update) - {"update_id"} for update in await live.result("getUpdates")]
    assert kinds == [{"message"}, {"edited_message"}]


async def test_a_chat_is_cleared_for_good(browser: Browser, live: Running) -> None:
    file = {"document": ("我的数据.json", b"{}", "application/json")}
    address = f"/bot{TOKEN}/sendDocument"
    sent = (await live.web.post(address, data={"chat_id": LIN}, files=file)).json()["result"]
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await write(page, "几号报到")
        await page.get_by_role("button", name="更多").click()
        await page.get_by_role("button", name="清空聊天记录").click()
        await page.get_by_role("button", name="全部删除").click()
        await expect(page.locator(".welcome")).to_be_visible()
        await expect(page.locator(".bubble")).to_have_count(0)
        await write(page, "还在吗")
        await expect(page.locator(".own .bubble")).to_have_count(1)
    file_id = sent["document"]["file_id"]
    assert (await live.refusal("getFile", file_id=file_id))[0] == 400
    assert [update["message"]["text"] for update in await live.result("getUpdates")] == [
        "几号报到",
        "还在吗",
    ]


async def test_a_button_brings_a_query_into_a_chosen_chat(browser: Browser, live: Running) -> None:
    rows: list[Any] = [[{"text": "发到群里", "switch_inline_query": "报到"}]]
    await live.result(
        "sendMessage", chat_id=LIN, text="25号", reply_markup={"inline_keyboard": rows}
    )
    async with browsing(browser, live.url) as page:
        await enter(page, "林")
        await page.get_by_role("button", name="发到群里").click()
        await page.get_by_role("dialog").get_by_role("button", name="第一研修组").click()
        await expect(page.locator(".head h1")).to_have_text("第一研修组")
        box = page.get_by_role("textbox", name="输入消息")
        await expect(box).to_have_value("@yanxiu_bot 报到")
        assert (await answer_next(live))["inline_query"]["chat_type"] == "group"


async def test_an_invited_person_comes_in_and_brings_a_second_device(
    browser: Browser, public: Running
) -> None:
    async with browsing(browser, f"{public.url}/?start=Tok_en-1") as phone:
        await phone.get_by_label("您的称呼").fill("赵老师")
        await phone.get_by_role("button", name="接受邀请").click()
        heard = (await answer_next(public, text="欢迎"))["message"]
        assert (heard["text"], heard["from"]["first_name"]) == ("/start Tok_en-1", "赵老师")
        await expect(phone.locator(".own .text")).to_have_text("/start")
        assert "start=" not in phone.url
        link = await device_link(phone)
        async with browsing(browser, link) as desk:
            await desk.get_by_role("button", name="以“赵老师”进入").click()
            await expect(desk.locator(".theirs .text")).to_have_text("欢迎")
            await public.tester("sessions/end", {"user_id": heard["from"]["id"]})
            await expect(desk.get_by_label("您的称呼")).to_be_visible()
        await expect(phone.get_by_label("您的称呼")).to_be_visible()


async def device_link(page: Page) -> str:
    async with page.expect_response("**/page/device-link") as answer:
        await from_menu(page, "我的设备")
        await page.get_by_role("button", name="在另一台设备上登录").click()
    await expect(page.get_by_alt_text("登录二维码")).to_be_visible()
    await page.get_by_role("button", name="关闭").click()
    return str((await (await answer.value).json())["link"])
