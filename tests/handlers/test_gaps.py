"""/gaps: what could not be answered, page after page."""

from storage import gaps
from tests.cast import CHEN_CHAT, QIAN_CHAT, ZHAO_CHAT
from tests.handlers.conftest import NewChat
from tests.handlers.wire import callback_data, labels


async def test_all_of_them_can_be_reached(new_chat: NewChat) -> None:
    zhao = await new_chat(user=ZHAO_CHAT)
    async with zhao.sessions.begin() as session:
        for number in range(12):
            await gaps.log(
                session,
                f"问题{number}",
                kind=gaps.UNKNOWN,
                surface="telegram",
                chat_id=QIAN_CHAT,
                now=zhao.clock(),
            )

    [first] = await zhao.send("/gaps")
    assert "12 种" in first.text
    assert "问过 1 次，来自 1 个聊天，" in first.text
    assert labels(first) == ["1", "2", "3", "4", "5", "还有 7 种"]
    await zhao.press(first, 5)
    second = zhao.telegram.messages[-1]
    assert labels(second) == ["6", "7", "8", "9", "10", "还有 2 种"]
    await zhao.press(second, 5)
    last = zhao.telegram.messages[-1]
    assert labels(last) == ["11", "12"]

    shown = "".join(one.text for one in (first, second, last))
    assert all(f"问题{number}\n" in shown for number in range(12))
    assert len(await zhao.press(last, 1)) == 1
    chen = await new_chat(user=CHEN_CHAT)
    assert await chen.press_data(callback_data(first, 5)) == []
