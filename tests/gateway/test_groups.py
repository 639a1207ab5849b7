"""Groups and forums: who comes and goes, what the bot hears of it, and how it must answer there."""

from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F, Router
from aiogram import types as aio
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from tests.gateway.serving import (
    CHEN,
    FORUM,
    GROUP,
    LIN,
    QIAN,
    TOKEN,
    WU,
    Clock,
    Running,
    build,
    seat_groups,
    serving,
)
from tests.gateway.traffic import Recorder, problems, validator


async def post(gateway: Running, path: str, person: int, chat: int, **more: Any) -> Any:
    if not gateway.web.cookies:
        await gateway.web.post("/page/session", json={})
    body = {"person": person, "chat": f"1000:{chat}", **more}
    return await gateway.web.post(f"/page/{path}", json=body)


async def does(gateway: Running, path: str, person: int, chat: int, **more: Any) -> Any:
    answer = await post(gateway, path, person, chat, **more)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def news(gateway: Running) -> list[Any]:
    """What the bot has not heard yet."""
    updates = await gateway.result("getUpdates")
    if updates:
        await gateway.result("getUpdates", offset=updates[-1]["update_id"] + 1)
    return list(updates)


async def test_a_group_is_made_and_people_come_and_go(started: Running) -> None:
    made = await does(started, "group", LIN, LIN, title=" 数学  组 ", members=[CHEN, LIN])
    group = int(made["chat"].split(":")[1])
    born = await news(started)
    assert born[0]["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert born[1]["message"]["group_chat_created"] is True
    assert born[1]["message"]["chat"]["title"] == "数学 组"

    assert (await post(started, "seat", CHEN, group, who=1000, status="administrator")).is_error
    await does(started, "seat", LIN, group, who=1000, status="administrator")
    rights = await started.result("getChatAdministrators", chat_id=group)
    assert [(one["status"], one["user"]["id"]) for one in rights] == [
        ("creator", LIN),
        ("administrator", 1000),
    ]
    await does(started, "seat", LIN, group, who=QIAN, status="member")
    promoted, joined = await news(started)
    assert promoted["my_chat_member"]["new_chat_member"]["can_pin_messages"] is True
    assert joined["message"]["new_chat_members"][0]["id"] == QIAN
    assert await started.result("getChatMemberCount", chat_id=group) == 4

    await does(started, "seat", QIAN, group, who=QIAN, status="left")
    assert (await post(started, "say", QIAN, group, text="x", key="key-00001")).status_code == 403
    seen = await started.result("getChatMember", chat_id=group, user_id=QIAN)
    assert seen["status"] == "left"
    assert (await news(started))[0]["message"]["left_chat_member"]["id"] == QIAN


async def test_a_group_moves_and_loses_the_bot(started: Running) -> None:
    group = int((await does(started, "group", LIN, LIN, title="组", members=[CHEN]))["chat"][5:])
    await does(started, "seat", LIN, group, who=1000, status="administrator")
    moved = await does(started, "upgrade", LIN, group, forum=True)
    reply = await started.call("sendMessage", chat_id=group, text="x")
    assert f"1000:{reply['parameters']['migrate_to_chat_id']}" == moved["chat"]
    bigger = reply["parameters"]["migrate_to_chat_id"]
    assert (await started.result("getChat", chat_id=bigger))["is_forum"] is True
    assert len(await started.result("getChatAdministrators", chat_id=bigger)) == 2

    await does(started, "seat", LIN, bigger, who=1000, status="kicked")
    assert (await started.refusal("sendMessage", chat_id=bigger, text="x"))[1] == (
        "Forbidden: bot was kicked from the supergroup chat"
    )
    await news(started)
    await does(started, "say", LIN, bigger, text="听不见", key="key-00002")
    assert await news(started) == []
    await does(started, "seat", CHEN, bigger, who=1000, status="member")
    back = await news(started)
    assert back[0]["my_chat_member"]["old_chat_member"]["status"] == "kicked"
    assert back[1]["message"]["new_chat_members"][0]["is_bot"] is True


async def test_what_is_written_in_a_topic_stays_there(started: Running) -> None:
    opened = await does(started, "topic", WU, FORUM, name="观课")
    thread = opened["thread"]
    about = {"chat_id": FORUM, "message_thread_id": thread}
    sent = await started.result("sendMessage", **about, text="题")
    assert sent["reply_to_message"]["forum_topic_created"]["name"] == "观课"
    say = {"key": "key-00001", "text": "@yanxiu_bot 几号"}
    await does(started, "say", WU, FORUM, **say, thread=thread)
    await does(started, "say", WU, FORUM, text="好", key="key-00002", reply_to=sent["message_id"])

    opening, asked, replied = [one["message"] for one in await news(started)]
    assert opening["message_id"] == opening["message_thread_id"] == thread
    # the trap of forums: it looks like a reply, but nobody replied
    assert asked["reply_to_message"]["message_id"] == thread
    assert asked["entities"][0]["type"] == "mention"
    assert (replied["message_thread_id"], replied["is_topic_message"]) == (thread, True)
    assert replied["reply_to_message"]["text"] == "题"

    assert "not enough rights" in (await started.refusal("closeForumTopic", **about))[1]
    await started.tester("seat", {"user_id": WU, "chat_id": FORUM, "status": "administrator"})
    assert await started.result("closeForumTopic", **about)
    shut = await post(started, "say", WU, FORUM, text="x", key="key-00003", thread=thread)
    assert (shut.status_code, "TOPIC_CLOSED" in shut.text) == (400, True)
    assert await started.result("reopenForumTopic", **about)
    assert await started.result("editForumTopic", **about, name="评课")
    assert await started.result("deleteForumTopic", **about)
    assert (await started.refusal("sendMessage", **about, text="x"))[1].endswith("thread not found")


async def test_a_reply_in_a_supergroup_has_a_thread_that_is_no_topic(started: Running) -> None:
    group = (await started.tester("migrate", {"chat_id": GROUP}))["migrate_to_chat_id"]
    sent = await started.result("sendMessage", chat_id=group, text="在")

    reply = await started.says(LIN, "几号？", chat_id=group, reply_to=sent["message_id"])

    assert reply["message_thread_id"] == sent["message_id"]
    assert "is_topic_message" not in reply


async def test_people_without_a_username_are_mentioned_by_id(started: Running) -> None:
    words = {"text": "陈老师 看看", "key": "key-00001"}
    mention = {"offset": 0, "length": 3, "user_id": CHEN}

    await does(started, "say", LIN, GROUP, **words, mentions=[mention])

    heard = (await news(started))[0]["message"]
    assert heard["entities"][0]["type"] == "text_mention"
    assert heard["entities"][0]["user"]["id"] == CHEN
    stranger = {**mention, "user_id": QIAN}
    refused = await post(started, "say", LIN, GROUP, **words, mentions=[stranger])
    assert refused.status_code == 400


@pytest.mark.parametrize("change", ["edit", "take-back"])
async def test_only_own_messages_can_be_changed(started: Running, change: str) -> None:
    said = await does(started, "say", LIN, GROUP, text="几号", key="key-00001")
    number = said["message"]["message_id"]
    more = {"message_id": number, "text": "哪天"} if change == "edit" else {"message_id": number}
    await news(started)

    assert (await post(started, change, CHEN, GROUP, **more)).status_code == 403
    await does(started, change, LIN, GROUP, **more)

    heard = [one["edited_message"]["text"] for one in await news(started)]
    assert heard == (["哪天"] if change == "edit" else [])
    gone = (await started.refusal("deleteMessage", chat_id=GROUP, message_id=number))[1]
    assert gone.endswith("can't be deleted" if change == "edit" else "not found")


async def test_a_person_forwards_what_they_may_read(started: Running) -> None:
    sent = await started.result("sendMessage", chat_id=LIN, text="25号报到")
    secret = await started.result("sendMessage", chat_id=LIN, text="x", protect_content=True)
    more = {"to": f"1000:{GROUP}", "key": "key-00001"}

    place = {"message_id": sent["message_id"], **more}
    assert (await post(started, "forward", CHEN, CHEN, **place)).status_code == 400
    await does(started, "forward", LIN, LIN, **place)
    kept = await post(started, "forward", LIN, LIN, **{**place, "message_id": secret["message_id"]})

    assert (kept.status_code, "can't be forwarded" in kept.text) == (400, True)
    [update] = await news(started)
    heard = update["message"]
    assert (heard["chat"]["id"], heard["from"]["id"], heard["text"]) == (GROUP, LIN, "25号报到")
    assert heard["forward_origin"]["sender_user"]["id"] == 1000


async def test_a_press_can_be_made_to_come_twice(started: Running) -> None:
    rows = [[{"text": "好", "callback_data": "ok"}]]
    sent = await started.result(
        "sendMessage", chat_id=LIN, text="？", reply_markup={"inline_keyboard": rows}
    )
    await started.tester("faults", [{"kind": "repeat", "method": "callback_query", "times": 1}])
    press = {"user_id": LIN, "message_id": sent["message_id"], "data": "ok"}
    await started.tester("press", press)

    first, second = await news(started)
    assert first["callback_query"] == second["callback_query"]
    assert first["update_id"] != second["update_id"]


async def test_an_aiogram_bot_lives_in_a_group(tmp_path: Any) -> None:
    """Added, promoted, mentioned in a topic, answering there; all of it valid Bot API."""
    clock = Clock()
    app = build(tmp_path / "gateway.db", clock)
    recorder = Recorder(app)
    async with serving(app, clock, lambda inner: recorder) as gateway:
        seat_groups(app)
        opened = await does(gateway, "topic", WU, FORUM, name="观课")
        await does(gateway, "seat", WU, FORUM, who=1000, status="administrator")
        words = {"text": "@yanxiu_bot 报到", "key": "key-00001", "thread": opened["thread"]}
        await does(gateway, "say", WU, FORUM, **words)
        heard = await aiogram_answers(gateway)
        found = await problems(recorder.calls, validator())

    assert heard == ["joined", "joined", "promoted", "mentioned"]
    # aiogram 3.31 cannot read an administrator without this right of a later Bot API
    assert [one for one in found if "can_send_welcome_messages" not in one] == []


async def aiogram_answers(gateway: Running) -> list[str]:
    heard: list[str] = []
    router = Router()

    @router.my_chat_member()
    async def moved(event: aio.ChatMemberUpdated) -> None:
        promoted = isinstance(event.new_chat_member, aio.ChatMemberAdministrator)
        heard.append("promoted" if promoted else "joined")

    @router.message(F.text.contains("@yanxiu_bot"))
    async def mentioned(message: aio.Message) -> None:
        answer = await message.answer("25号")
        assert answer.message_thread_id == message.message_thread_id
        heard.append("mentioned")

    server = TelegramAPIServer.from_base(gateway.url)
    bot = Bot(TOKEN, session=AiohttpSession(api=server))
    dispatcher = Dispatcher()
    dispatcher.include_router(router)
    for update in await bot.get_updates():
        await dispatcher.feed_update(bot, update)
    topic = await bot.create_forum_topic(FORUM, "评课")
    album: list[aio.MediaUnion] = [
        aio.InputMediaDocument(media=aio.BufferedInputFile(word.encode(), f"{word}.txt"))
        for word in "一二"
    ]
    await bot.send_media_group(FORUM, album, message_thread_id=topic.message_thread_id)
    first = await bot.send_message(FORUM, "转")
    forwarded = await bot.forward_message(GROUP, FORUM, first.message_id)
    assert isinstance(forwarded.forward_origin, aio.MessageOriginUser)
    copies = await bot.copy_messages(GROUP, FORUM, [first.message_id])
    assert len(copies) == len(await bot.forward_messages(GROUP, FORUM, [first.message_id])) == 1
    await bot.get_chat_administrators(FORUM)
    await bot.leave_chat(GROUP)
    await bot.session.close()
    return heard
