"""A nudge from the leader's press to the wire."""

from dataclasses import replace

from knowledge.programme.values import Programme
from scheduler.hours import Hours
from scheduler.nudges import NUDGE, Nudges, nudge
from scheduler.rendering import Renderer
from storage import people, progress
from storage.database import Sessions
from tests.cast import LIN_CHAT, MORNING, PROGRAMME, PROGRAMME_CODE, SHANGHAI, Cast, Clock
from tests.scheduler.delivering import make_sender

NOTES, REPORT = PROGRAMME.stages[0].tasks[:2]


async def press(sessions: Sessions, cast: Cast, clock: Clock, *titles: str) -> list[int]:
    """What the leader's presses add for 林."""
    async with sessions.begin() as session:
        lin, chen = [await people.person(session, id) for id in (cast.lin, cast.chen)]
        assert lin
        assert chen
        return [
            await nudge(session, [lin], PROGRAMME, task, by=chen, now=clock(), zone=SHANGHAI)
            for task in (NOTES, REPORT)
            if task.title in titles
        ]


async def test_a_nudge_says_what_is_still_open_once_a_day(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    async def load() -> list[Programme]:
        return [PROGRAMME]

    nudges = Nudges(sessions, load, hours=Hours())
    render = Renderer(sessions, load, hours=Hours(), kinds={NUDGE: nudges})
    sender = make_sender(sessions, clock, render=render)

    assert await press(sessions, cast, clock, "读书笔记", "观课报告") == [1, 1]
    async with sessions.begin() as session:  # done before it is sent
        await progress.mark_done(session, cast.lin, PROGRAMME_CODE, REPORT.code, now=MORNING)
    await sender.tick.deliver()
    assert [(int(form["chat_id"]), form["text"]) for form in sender.wire.accepted] == [
        (
            LIN_CHAT,
            "<b>陈波提醒您</b>\n“读书笔记”还没有标记完成：9月20日前完成，还有3天。\n"
            "已经做完的话，点一下“完成”就好。",
        )
    ]

    clock.advance(hours=2)
    assert await press(sessions, cast, clock, "读书笔记") == [0]
    clock.advance(hours=13)  # 23:00
    clock.advance(days=1)
    assert await press(sessions, cast, clock, "读书笔记") == [1]
    await sender.tick.deliver()
    assert len(sender.wire.accepted) == 1  # nobody is woken
    clock.advance(hours=9)
    await sender.tick.deliver()
    assert "还有1天" in sender.wire.accepted[1]["text"]

    clock.advance(days=1)
    assert await press(sessions, cast, clock, "读书笔记") == [1]
    async with sessions.begin() as session:  # wants no more of it
        await people.set_muted(session, cast.lin, PROGRAMME_CODE, muted=True)
    await sender.tick.deliver()
    assert len(sender.wire.accepted) == 2


async def test_codes_of_any_length_make_a_key_that_fits(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    long = replace(PROGRAMME, code="p" * 100)
    task = replace(NOTES, code="t" * 100)
    async with sessions.begin() as session:
        lin = await people.person(session, cast.lin)
        assert lin
        added = [
            await nudge(session, [lin], long, task, by=lin, now=clock(), zone=SHANGHAI)
            for _ in range(2)
        ]

    assert added == [1, 0]
