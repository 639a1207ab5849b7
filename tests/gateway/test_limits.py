"""What Telegram refuses, the gateway refuses, in the same words."""

from datetime import timedelta
from typing import Any

import pytest

from tests.gateway.serving import CHEN, FORUM, GROUP, LIN, WU, Running


@pytest.mark.parametrize(
    ("params", "refusal"),
    [
        ({"text": "x" * 4097}, (400, "Bad Request: message is too long")),
        ({"text": ""}, (400, "Bad Request: message text is empty")),
        ({"text": "  \n "}, (400, "Bad Request: message text is empty")),
        ({"text": "<b></b>", "parse_mode": "HTML"}, (400, "Bad Request: message text is empty")),
        ({"text": "x", "parse_mode": "rtf"}, (400, "Bad Request: unsupported parse_mode")),
        ({"text": "x", "chat_id": 424242}, (400, "Bad Request: chat not found")),
        ({"text": "x", "chat_id": "@nobody"}, (400, "Bad Request: chat not found")),
        ({"text": "x", "chat_id": ""}, (400, "Bad Request: chat_id is empty")),
        ({"text": "x", "chat_id": "9" * 400}, (400, "Bad Request: chat not found")),
        (
            {"text": "x", "chat_id": CHEN},
            (403, "Forbidden: bot can't initiate conversation with a user"),
        ),
        (
            {"text": "x", "reply_parameters": {"message_id": 99999}},
            (400, "Bad Request: message to be replied not found"),
        ),
        ({"text": "x", "message_thread_id": 7}, (400, "Bad Request: message thread not found")),
    ],
)
async def test_a_message_that_telegram_refuses_is_refused(
    started: Running, params: dict[str, Any], refusal: tuple[int, str]
) -> None:
    assert await started.refusal("sendMessage", **{"chat_id": LIN, **params}) == refusal


@pytest.mark.parametrize(
    ("button", "reason"),
    [
        ({"text": "x", "callback_data": "字" * 22}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, "Text buttons are unallowed in the inline keyboard"),
        ({"text": "x", "url": "javascript:alert(1)"}, "is invalid: Wrong HTTP URL"),
        ({"text": "", "callback_data": "x"}, "must be non-empty"),
    ],
)
async def test_a_button_that_telegram_refuses_is_refused(
    started: Running, button: dict[str, Any], reason: str
) -> None:
    markup = {"inline_keyboard": [[button]]}

    code, text = await started.refusal("sendMessage", chat_id=LIN, text="x", reply_markup=markup)

    assert code == 400
    assert reason in text


async def test_the_longest_message_and_callback_data_are_accepted(started: Running) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "字" * 21 + "x"}]]}

    sent = await started.result(
        "sendMessage",
        chat_id=LIN,
        text=f"<b>{'字' * 4096}</b>",
        parse_mode="HTML",
        reply_markup=markup,
    )

    assert len(sent["text"]) == 4096


async def test_an_edit_that_changes_nothing_is_refused(started: Running) -> None:
    sent = await started.result("sendMessage", chat_id=LIN, text="一")
    place = {"chat_id": LIN, "message_id": sent["message_id"]}

    assert (
        "message is not modified"
        in (await started.refusal("editMessageText", text="一", **place))[1]
    )
    assert (await started.result("editMessageText", text="二", **place))["text"] == "二"
    assert (
        "message is not modified"
        in (await started.refusal("editMessageText", text="二", **place))[1]
    )


async def test_only_own_messages_that_exist_can_be_edited(started: Running) -> None:
    from_lin = await started.says(LIN, "我的")
    edit = {"chat_id": LIN, "text": "x"}

    assert await started.refusal("editMessageText", message_id=99999, **edit) == (
        400,
        "Bad Request: message to edit not found",
    )
    assert await started.refusal("editMessageText", message_id=from_lin["message_id"], **edit) == (
        400,
        "Bad Request: message can't be edited",
    )


async def test_a_message_older_than_two_days_cannot_be_deleted(started: Running) -> None:
    old = await started.result("sendMessage", chat_id=LIN, text="旧")
    started.clock.at += timedelta(hours=49)
    new = await started.result("sendMessage", chat_id=LIN, text="新")

    place = {"chat_id": LIN}
    assert (await started.refusal("deleteMessage", message_id=old["message_id"], **place))[0] == 400
    assert await started.result("deleteMessage", message_id=new["message_id"], **place) is True
    assert await started.refusal("deleteMessage", message_id=new["message_id"], **place) == (
        400,
        "Bad Request: message to delete not found",
    )


async def test_a_group_that_became_a_supergroup_names_its_new_id(started: Running) -> None:
    await started.tester("migrate", {"chat_id": GROUP})

    reply = await started.call("sendMessage", chat_id=GROUP, text="x")
    new_id = reply["parameters"]["migrate_to_chat_id"]

    assert reply["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert (await started.result("sendMessage", chat_id=new_id, text="x"))["chat"]["id"] == new_id
    told = [update["message"] for update in await started.result("getUpdates")]
    assert told[0]["migrate_to_chat_id"] == new_id
    assert told[1]["migrate_from_chat_id"] == GROUP


async def test_a_message_in_a_topic_stays_there(started: Running) -> None:
    await started.tester("seat", {"user_id": WU, "chat_id": FORUM, "status": "administrator"})
    topic = await started.result("createForumTopic", chat_id=FORUM, name="观课")
    thread = topic["message_thread_id"]
    sent = await started.result("sendMessage", chat_id=FORUM, text="题", message_thread_id=thread)

    assert (sent["message_thread_id"], sent["is_topic_message"]) == (thread, True)


async def test_unknown_methods_and_tokens_are_refused(gateway: Running) -> None:
    assert await gateway.refusal("flyToMoon") == (404, "Not Found: method not found")
    stranger = await gateway.web.get("/bot1000:wrong/getMe")
    assert (stranger.status_code, stranger.json()["description"]) == (401, "Unauthorized")


async def test_methods_are_known_in_any_case_and_by_get(gateway: Running) -> None:
    answer = await gateway.web.get("/bot1000:gateway-test/GETME")

    assert answer.json()["result"]["is_bot"] is True


async def test_a_callback_can_be_answered_once(started: Running) -> None:
    assert (await started.refusal("answerCallbackQuery", callback_query_id="7"))[1] == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )
