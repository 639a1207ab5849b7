"""From the programme to the wire."""

from scheduler.letters import State
from storage.database import Sessions
from tests.cast import CHEN_CHAT, HE_CHAT, LIN_CHAT, WU_CHAT, Cast, Clock
from tests.scheduler.delivering import make_sender


async def test_a_morning_brings_each_their_own_digest(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    sender = make_sender(sessions, clock)

    report = await sender.tick.run(clock())

    texts = {int(form["chat_id"]): form["text"] for form in sender.wire.accepted}
    assert report.delivered == {State.SENT: 3}
    assert set(texts) == {LIN_CHAT, HE_CHAT, WU_CHAT}  # 陈 has nothing due, 赵 no tasks
    assert "读书笔记" in texts[LIN_CHAT]
    assert "还有3天截止（9月20日，星期日）" in texts[LIN_CHAT]
    assert "明天截止" in texts[WU_CHAT]


async def test_a_second_tick_says_nothing_twice(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    sender = make_sender(sessions, clock)
    await sender.tick.run(clock())
    clock.advance(minutes=5)

    report = await sender.tick.run(clock())

    assert report.planned == 0
    assert len(sender.wire.accepted) == 3
    clock.advance(days=1)
    await sender.tick.run(clock())
    assert [int(form["chat_id"]) for form in sender.wire.accepted[3:]] == [WU_CHAT, CHEN_CHAT]
