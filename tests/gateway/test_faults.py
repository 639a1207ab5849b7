"""The gateway as an unkind Telegram, and its log as a witness."""

import json
from typing import Any

import httpx
import pytest

from tests.gateway.serving import GROUP, LIN, Running


async def send(gateway: Running, text: str, chat_id: int = LIN) -> httpx.Response:
    return await gateway.web.post(
        f"/bot{'1000:gateway-test'}/sendMessage", json={"chat_id": chat_id, "text": text}
    )


@pytest.mark.parametrize(
    ("kind", "status"), [("429", 429), ("403", 403), ("500", 500), ("502", 502)]
)
async def test_a_rule_refuses_as_often_as_it_says(started: Running, kind: str, status: int) -> None:
    await started.tester("faults", [{"kind": kind, "times": 2, "method": "sendMessage"}])

    statuses = [(await send(started, "x")).status_code for _ in range(3)]

    assert statuses == [status, status, 200]


async def test_a_rule_for_one_chat_spares_the_others(started: Running) -> None:
    await started.tester("faults", {"rules": [{"kind": "403", "chat_id": LIN}]})

    assert (await send(started, "x")).status_code == 403
    assert (await send(started, "x", GROUP)).status_code == 200
    assert (await started.call("getMe"))["ok"]


async def test_a_rule_with_probability_zero_never_applies(started: Running) -> None:
    await started.tester("faults", [{"kind": "500", "probability": 0.0}])

    assert (await send(started, "x")).status_code == 200


async def test_a_lost_reply_was_still_accepted(live: Running) -> None:
    await live.tester("faults", [{"kind": "drop_reply", "times": 1}])

    with pytest.raises(httpx.RemoteProtocolError):
        await send(live, "丢了答复")

    line = json.loads((await live.log())[-1])
    assert (line["method"], line["text"], line["outcome"]) == (
        "sendmessage",
        "丢了答复",
        "200, reply dropped",
    )
    assert (await send(live, "下一条")).json()["result"]["message_id"] == line["message_id"] + 1


async def test_a_refused_connection_accepted_nothing(live: Running) -> None:
    await live.tester("faults", [{"kind": "refuse", "times": 1}])

    with pytest.raises(httpx.RemoteProtocolError):
        await send(live, "没到")

    line = json.loads((await live.log())[-1])
    assert (line["text"], line["outcome"], line["message_id"]) == ("没到", "refused", None)


async def test_a_strict_rate_answers_429_beyond_it(started: Running) -> None:
    await started.tester("faults", {"max_per_second": 3})

    statuses = [(await send(started, str(number))).status_code for number in range(5)]

    assert statuses == [200, 200, 200, 429, 429]
    outcomes = [json.loads(line)["outcome"][:3] for line in (await started.log())[-5:]]
    assert outcomes == ["200", "200", "200", "429", "429"]


async def test_the_log_says_when_and_what(started: Running) -> None:
    await send(started, "一")
    await send(started, "二")

    first, second = (json.loads(line) for line in (await started.log())[-2:])

    assert (first["chat_id"], first["text"], first["bot_id"]) == (str(LIN), "一", 1000)
    assert first["monotonic"] <= second["monotonic"]
    assert first["id"] + 1 == second["id"]


@pytest.mark.parametrize(
    "rules",
    [
        [{"kind": "flood"}],
        [{"kind": "429", "times": "two"}],
        [{"kind": "429", "colour": 1}],
        {"max_per_second": 0},
        "x",
        7,
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(started: Running, rules: Any) -> None:
    headers = {"authorization": "Bearer 1000:gateway-test"}

    answer = await started.web.post("/gateway/faults", json=rules, headers=headers)

    assert answer.status_code == 400


@pytest.mark.parametrize("path", ["faults", "people", "say", "migrate"])
async def test_the_testers_door_is_shut_without_the_token(started: Running, path: str) -> None:
    assert (await started.web.post(f"/gateway/{path}", json={})).status_code == 401
    assert (await started.web.get("/gateway/log")).status_code == 401


async def test_thousands_of_recipients_come_in_one_call(started: Running) -> None:
    people = [{"user_id": 5000 + n, "name": f"师{n}", "started": True} for n in range(2000)]

    await started.tester("people", people)

    assert (await send(started, "x", 6999)).status_code == 200


async def test_a_refusal_can_be_given_any_reason(started: Running) -> None:
    rule = {"kind": "400", "method": "pinChatMessage", "description": "not enough rights to pin"}
    await started.tester("faults", [rule])

    assert await started.refusal("pinChatMessage", chat_id=LIN, message_id=1) == (
        400,
        "Bad Request: not enough rights to pin",
    )
