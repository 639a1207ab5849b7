"""What a browser may ask and do, and for whom."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway.server import Control, build_gateway
from tests.gateway.serving import (
    CHEN,
    GROUP,
    LIN,
    QIAN,
    TOKEN,
    Clock,
    Running,
    build,
    in_process,
)

OWN: dict[str, Any] = {"person": LIN, "chat": f"1000:{LIN}"}


async def post(gateway: Running, path: str, **body: Any) -> httpx.Response:
    return await gateway.web.post(f"/page/{path}", json=body)


async def say(gateway: Running, text: str, key: str = "key-00001", **more: Any) -> httpx.Response:
    return await post(gateway, "say", **{**OWN, "text": text, "key": key, **more})


@pytest.fixture
async def page(started: Running) -> Running:
    """A browser of the demonstration."""
    assert (await post(started, "session")).status_code == 200
    return started


async def chats(gateway: Running) -> dict[tuple[int, int], Any]:
    state = (await gateway.web.get("/page/state")).json()
    return {(chat["person"], chat["chat"]["id"]): chat for chat in state["chats"]}


async def test_the_state_shows_everybody_with_their_chats(page: Running) -> None:
    await page.result("setMyCommands", commands=[{"command": "help", "description": "帮助"}])
    await page.result("sendMessage", chat_id=LIN, text="您好")

    seen = await chats(page)

    assert seen[LIN, LIN]["last"]["text"] == "您好"
    assert (seen[LIN, LIN]["unread"], seen[LIN, LIN]["started"]) == (1, True)
    assert seen[LIN, LIN]["commands"] == [{"command": "help", "description": "帮助"}]
    assert not seen[CHEN, CHEN]["started"]
    assert (CHEN, GROUP) in seen
    assert (QIAN, GROUP) not in seen


async def test_what_is_written_reaches_the_bot_once(page: Running) -> None:
    first = (await say(page, "报到是几号？")).json()["message"]
    second = (await say(page, "报到是几号？")).json()["message"]

    updates = await page.result("getUpdates")
    assert first == second == updates[0]["message"]
    assert len(updates) == 1


async def test_a_reply_carries_what_it_replies_to(page: Running) -> None:
    sent = await page.result("sendMessage", chat_id=LIN, text="几号？")

    reply = (await say(page, "25号", reply_to=sent["message_id"])).json()["message"]

    assert reply["reply_to_message"]["text"] == "几号？"


async def test_the_narrowest_commands_are_shown(page: Running) -> None:
    for scope, name in [
        ({"type": "default"}, "all"),
        ({"type": "chat", "chat_id": LIN}, "mine"),
        ({"type": "chat_administrators", "chat_id": GROUP}, "lead"),
        ({"type": "all_group_chats"}, "group"),
        ({"type": "all_chat_administrators"}, "leads"),
    ]:
        commands = [{"command": name, "description": "x"}]
        await page.result("setMyCommands", commands=commands, scope=scope)

    shown = {place: chat["commands"][0]["command"] for place, chat in (await chats(page)).items()}

    assert shown[LIN, LIN] == "mine"
    assert shown[CHEN, CHEN] == "all"
    assert (shown[CHEN, GROUP], shown[LIN, GROUP]) == ("lead", "group")
    own = {"type": "chat_member", "chat_id": GROUP, "user_id": CHEN}
    commands = [{"command": "own", "description": "x"}]
    await page.result("setMyCommands", commands=commands, scope=own)
    assert (await chats(page))[CHEN, GROUP]["commands"][0]["command"] == "own"
    await page.result("deleteMyCommands", scope=own)
    await page.result("deleteMyCommands", scope={"type": "chat_administrators", "chat_id": GROUP})
    assert (await chats(page))[CHEN, GROUP]["commands"][0]["command"] == "leads"


async def test_blocking_is_told_and_stops_the_bot(page: Running) -> None:
    await post(page, "block", **OWN, blocked=True)

    assert await page.refusal("sendMessage", chat_id=LIN, text="x") == (
        403,
        "Forbidden: bot was blocked by the user",
    )
    assert (await say(page, "x")).status_code == 403
    await post(page, "block", **OWN, blocked=False)
    assert (await page.call("sendMessage", chat_id=LIN, text="x"))["ok"]
    changes = [one["my_chat_member"] for one in await page.result("getUpdates")]
    assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member"]


async def test_a_press_waits_for_the_bots_answer(page: Running) -> None:
    buttons = {"inline_keyboard": [[{"text": "好", "callback_data": "ok"}]]}
    sent = await page.result("sendMessage", chat_id=LIN, text="？", reply_markup=buttons)
    pressing = asyncio.create_task(
        post(page, "press", **OWN, message_id=sent["message_id"], data="ok")
    )
    query = (await page.result("getUpdates", timeout=5))[0]["callback_query"]
    await page.result("answerCallbackQuery", callback_query_id=query["id"], text="收到")

    assert (await pressing).json()["answer"]["text"] == "收到"
    assert (query["data"], query["from"]["id"]) == ("ok", LIN)
    again = await page.refusal("answerCallbackQuery", callback_query_id=query["id"])
    assert "query is too old" in again[1]


async def test_only_a_button_that_is_there_can_be_pressed(page: Running) -> None:
    sent = await page.result("sendMessage", chat_id=LIN, text="？")

    forged = await post(page, "press", **OWN, message_id=sent["message_id"], data="admin:all")

    assert forged.status_code == 400
    assert await page.result("getUpdates") == []


async def test_a_file_from_the_phone_reaches_the_bot_and_comes_back(page: Running) -> None:
    fields = {"person": str(LIN), "chat": f"1000:{LIN}", "key": "file-0001", "caption": "表"}
    file = {"file": ("研修/报告.docx", b"PK-content", "application/msword")}

    sent = (await page.web.post("/page/upload", data=fields, files=file)).json()["message"]

    document = (await page.result("getUpdates"))[0]["message"]["document"]
    assert (document["file_name"], sent["caption"]) == ("报告.docx", "表")
    path = (await page.result("getFile", file_id=document["file_id"]))["file_path"]
    assert (await page.web.get(f"/file/bot{TOKEN}/{path}")).content == b"PK-content"
    place = {"person": str(LIN), "chat": f"1000:{LIN}", "file": document["file_id"]}
    shown = await page.web.get("/page/file", params=place)
    assert shown.headers["content-disposition"].startswith("attachment;")
    other = {"person": str(CHEN), "chat": f"1000:{CHEN}", "file": document["file_id"]}
    assert (await page.web.get("/page/file", params=other)).status_code == 404


async def test_reading_empties_the_badge(page: Running) -> None:
    sent = await page.result("sendMessage", chat_id=LIN, text="一")

    await post(page, "read", **OWN, message_id=sent["message_id"])

    assert (await chats(page))[LIN, LIN]["unread"] == 0


async def test_older_messages_come_in_pages(page: Running) -> None:
    for number in range(70):
        await page.result("sendMessage", chat_id=LIN, text=str(number))

    newest = (await page.web.get("/page/messages", params=OWN)).json()["messages"]
    older = await page.web.get("/page/messages", params={**OWN, "before": newest[0]["id"]})

    assert (len(newest), newest[-1]["message"]["text"]) == (60, "69")
    assert older.json()["messages"][-1]["message"]["text"] == "9"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
)
async def test_posts_from_other_sites_are_refused(page: Running, headers: dict[str, str]) -> None:
    body = {**OWN, "text": "x", "key": "key-00002"}

    answer = await page.web.post("/page/say", json=body, headers=headers)

    assert answer.status_code == 403
    assert await page.result("getUpdates") == []


async def test_without_a_session_nothing_is_shown(started: Running) -> None:
    assert (await started.web.get("/page/state")).json() == {"title": "研修助手", "enter": "open"}
    assert (await say(started, "x")).status_code == 401
    assert (await started.web.get("/page/messages", params=OWN)).status_code == 401


async def test_a_visitor_is_nobody_else(tmp_path: Path) -> None:
    """Without residents every browser is a person of its own, kept by its cookie."""
    clock = Clock()
    app = build_gateway(
        database=tmp_path / "visitors.db", token=TOKEN, bot_name="助手", now=clock.now
    )
    async with in_process(app, clock) as gateway:
        assert (await post(gateway, "session")).status_code == 400
        entered = await post(gateway, "session", name="林老师")
        assert "HttpOnly" in entered.headers["set-cookie"]
        first = (await gateway.web.get("/page/state")).json()["people"]
        gateway.web.cookies.clear()
        await post(gateway, "session", name="林老师")
        second = (await gateway.web.get("/page/state")).json()["people"]
        claimed = {"person": first[0]["id"], "chat": f"1000:{first[0]['id']}"}
        assert (await say(gateway, "x", **claimed)).status_code == 403

    assert len(first) == len(second) == 1
    assert first[0]["id"] != second[0]["id"]


async def test_a_control_is_pressed_and_says_what_happened(tmp_path: Path) -> None:
    clock = Clock()

    async def morning() -> str:
        clock.at = clock.at.replace(day=18)
        return "现在是 9月18日"

    app = build(tmp_path / "gateway.db", clock, (Control("morning", "到次日早晨", morning),))
    async with in_process(app, clock) as gateway:
        await post(gateway, "session")
        before = (await gateway.web.get("/page/state")).json()
        pressed = (await post(gateway, "control", name="morning")).json()
        unknown = await post(gateway, "control", name="evening")

    assert before["controls"] == [{"name": "morning", "label": "到次日早晨"}]
    assert (pressed["line"], pressed["now"]) == ("现在是 9月18日", before["now"] + 86400)
    assert unknown.status_code == 404


async def test_the_page_itself_allows_no_foreign_code(page: Running) -> None:
    front = await page.web.get("/")

    policy = front.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "<script>" not in front.text
    assert " style=" not in front.text
    for name in ("app.js", "base.css", "icon.svg"):
        assert (await page.web.get(f"/page/{name}")).status_code == 200
    assert (await page.web.get("/page/..%2fserver.py")).status_code == 404


async def test_a_deleted_message_leaves_its_files_unreadable(page: Running) -> None:
    fields = {"person": str(LIN), "chat": f"1000:{LIN}", "key": "file-0002"}
    file = {"file": ("a.txt", b"x", "text/plain")}
    sent = (await page.web.post("/page/upload", data=fields, files=file)).json()["message"]
    place = {**OWN, "file": sent["document"]["file_id"]}
    assert (await page.web.get("/page/file", params=place)).status_code == 200

    await page.result("deleteMessage", chat_id=LIN, message_id=sent["message_id"])

    assert (await page.web.get("/page/file", params=place)).status_code == 404


async def test_the_demonstration_takes_newcomers_but_makes_no_links(page: Running) -> None:
    added = (await page.web.post("/page/newcomer", json={"name": "赵老师"})).json()["person"]
    people = (await page.web.get("/page/state")).json()["people"]
    assert people[-1]["id"] == added["id"]
    refused = await page.web.post("/page/device-link", json={"person": added["id"]})
    assert refused.status_code == 403
