"""Identity by link, never by claim: newcomers, one more device, signing out, lost phones."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from gateway import sessions
from gateway.server import build_gateway
from tests.gateway.serving import TOKEN, Clock, Running, in_process


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[Running]:
    """Without residents: every browser is somebody."""
    clock = Clock()
    database = tmp_path / "visitors.db"
    app = build_gateway(database=database, token=TOKEN, bot_name="助手", now=clock.now)
    async with in_process(app, clock) as running:
        yield running


@asynccontextmanager
async def browser(gateway: Running, name: str = "") -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(gateway.app)
    headers = {"user-agent": "Mozilla/5.0 (iPhone)"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://gateway", headers=headers
    ) as web:
        if name:
            (await web.post("/page/session", json={"name": name})).raise_for_status()
        yield web


async def me(web: httpx.AsyncClient) -> Any:
    return (await web.get("/page/state")).json()["people"][0]


async def link_of(web: httpx.AsyncClient) -> str:
    made = await web.post("/page/device-link", json={"person": (await me(web))["id"]})
    made.raise_for_status()
    assert made.json()["picture"].startswith("data:image/svg+xml")
    return str(made.json()["link"].split("#device=")[1])


async def test_a_newcomer_follows_an_invitation(gateway: Running) -> None:
    async with browser(gateway, "林老师") as web:
        person = (await me(web))["id"]
        words = {"text": "/start Tok_en-1", "key": "key-00001"}
        place = {"person": person, "chat": f"1000:{person}"}
        (await web.post("/page/say", json={**place, **words})).raise_for_status()

    heard = (await gateway.result("getUpdates"))[0]["message"]
    assert (heard["text"], heard["from"]["first_name"]) == ("/start Tok_en-1", "林老师")
    assert heard["chat"]["id"] == heard["from"]["id"] == person
    assert (await gateway.result("sendMessage", chat_id=person, text="您好"))["message_id"]


async def test_a_link_lets_one_more_device_in_once(gateway: Running) -> None:
    async with browser(gateway, "林老师") as phone, browser(gateway) as desk:
        token = await link_of(phone)
        looked = await desk.post("/page/device", json={"token": token, "look": True})
        assert looked.json() == {"name": "林老师"}
        entered = await desk.post("/page/device", json={"token": token})
        assert "HttpOnly" in entered.headers["set-cookie"]
        assert await me(desk) == await me(phone)

        async with browser(gateway) as third:
            assert (await third.post("/page/device", json={"token": token})).status_code == 404
            assert "people" not in (await third.get("/page/state")).json()

        devices = (await phone.get("/page/devices")).json()["devices"]
        assert sorted(one["here"] for one in devices) == [False, True]
        other = next(one["id"] for one in devices if not one["here"])
        end = {"person": (await me(phone))["id"], "id": other}
        assert (await phone.post("/page/devices/end", json=end)).status_code == 200
        assert (await desk.get("/page/messages")).status_code == 401


async def test_a_link_is_over_in_time_and_when_a_newer_one_is_made(gateway: Running) -> None:
    exchange = gateway.app.state.exchange
    async with browser(gateway, "林老师") as phone, browser(gateway) as desk:
        first, second = await link_of(phone), await link_of(phone)
        exchange.store.run("UPDATE device_links SET ends_at = 1 WHERE secret_hash != ''")
        for token in (first, second, "x", ""):
            assert (await desk.post("/page/device", json={"token": token})).status_code == 404


async def test_nobody_makes_links_or_ends_devices_for_another(gateway: Running) -> None:
    async with browser(gateway, "林老师") as lin, browser(gateway, "陈老师") as chen:
        victim = (await me(lin))["id"]
        number = (await lin.get("/page/devices")).json()["devices"][0]["id"]

        made = await chen.post("/page/device-link", json={"person": victim})
        ended = await chen.post("/page/devices/end", json={"person": victim, "id": number})
        own = {"person": (await me(chen))["id"], "id": number}
        guessed = await chen.post("/page/devices/end", json=own)

        assert (made.status_code, ended.status_code, guessed.status_code) == (403, 403, 404)
        assert (await me(lin))["id"] == victim


async def test_signing_out_ends_this_device_only(gateway: Running) -> None:
    async with browser(gateway, "林老师") as phone, browser(gateway) as desk:
        await desk.post("/page/device", json={"token": await link_of(phone)})
        kept = phone.cookies["gateway_session"]
        await phone.post("/page/sign-out", json={})
        assert "gateway_session" not in phone.cookies
        phone.cookies.set("gateway_session", kept)
        assert (await phone.get("/page/messages")).status_code == 401
        assert (await me(desk))["name"] == "林老师"


async def test_the_operator_helps_after_a_lost_phone(gateway: Running) -> None:
    async with browser(gateway, "林老师") as lost, browser(gateway) as new:
        person = (await me(lost))["id"]
        assert await gateway.tester("sessions/end", {"user_id": person}) == {"ended": 1}
        assert (await lost.get("/page/messages")).status_code == 401
        path = (await gateway.tester("device-link", {"user_id": person}))["path"]
        await new.post("/page/device", json={"token": path.removeprefix("/#device=")})
        assert (await me(new))["id"] == person


async def test_a_group_is_joined_by_its_link(gateway: Running) -> None:
    async with browser(gateway, "陈老师") as lead, browser(gateway, "林老师") as guest:
        chen, lin = (await me(lead))["id"], (await me(guest))["id"]
        place = {"person": chen, "chat": f"1000:{chen}"}
        made = (await lead.post("/page/group", json={**place, "title": "第一组"})).json()
        group = {"person": chen, "chat": made["chat"]}
        fetched = await lead.post("/page/seat", json={**group, "who": lin, "status": "member"})
        assert fetched.status_code == 403
        old, new = [
            (await lead.post("/page/group-link", json=group)).json()["link"].split("#join=")[1]
            for _ in range(2)
        ]
        assert (await join(guest, lin, old)).status_code == 404
        assert (await join(guest, chen, new)).status_code == 403
        assert (await join(guest, lin, new)).json() == {"title": "第一组", "chat": made["chat"]}
        taken = await guest.post("/page/group-link", json={"person": lin, "chat": made["chat"]})
        assert taken.status_code == 403
        seen = (await guest.get("/page/state")).json()["chats"]
        assert [one["chat"].get("title") for one in seen].count("第一组") == 1


async def join(web: httpx.AsyncClient, person: int, token: str) -> httpx.Response:
    await web.post("/page/join", json={"person": person, "token": token, "look": True})
    return await web.post("/page/join", json={"person": person, "token": token})


async def test_only_hashes_of_secrets_are_kept(gateway: Running) -> None:
    async with browser(gateway, "林老师") as phone:
        token, secret = await link_of(phone), phone.cookies["gateway_session"]
    store = gateway.app.state.exchange.store
    kept = [
        tuple(row)
        for table in ("sessions", "device_links")
        for row in store.all(f"SELECT * FROM {table}")
    ]
    assert token not in str(kept)
    assert secret not in str(kept)
    assert len(secret) >= 43


async def test_a_flood_of_newcomers_is_slowed_down(gateway: Running) -> None:
    async with browser(gateway) as web:
        answers = [
            (await web.post("/page/session", json={"name": "x"})).status_code
            for _ in range(sessions.MOST_ARRIVALS + 1)
        ]
    assert set(answers[:-1]) == {200}
    assert answers[-1] == 429
