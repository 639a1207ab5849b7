"""From the programme to the wire."""

import asyncio
from collections import Counter
from datetime import time, timedelta

from scheduler import outbox_upkeep
from scheduler.jobs import Delivery, Jobs
from scheduler.letters import State
from storage import people
from storage.database import Sessions
from tests.cast import CHEN_CHAT, HE_CHAT, LIN_CHAT, MORNING, PROGRAMME_CODE, WU_CHAT, Cast, Clock
from tests.scheduler.delivering import make_sender
from tests.wire import RecordingRequest


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


async def test_a_day_switched_off_is_reported_and_the_new_day_is_said(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    await make_sender(sessions, Clock(MORNING - timedelta(hours=1))).tick.run(
        MORNING - timedelta(hours=1)
    )
    clock.advance(hours=25)  # off from 07:00 to 09:00 the next day
    sender = make_sender(sessions, clock)

    report = await sender.tick.run(clock())

    async with sessions() as session:
        status = await outbox_upkeep.status(session)
    assert report.expired == 3
    assert [t.key for t in status.troubles] == [
        f"digest:{id}:2015-09-17" for id in (cast.wu, cast.he, cast.lin)
    ]
    assert {int(form["chat_id"]) for form in sender.wire.accepted} == {WU_CHAT, CHEN_CHAT}


async def test_off_until_the_afternoon_the_day_is_still_said(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    clock.advance(hours=8)
    sender = make_sender(sessions, clock)

    report = await sender.tick.run(clock())

    assert report.expired == 0
    assert report.delivered == {State.SENT: 3}


async def test_nothing_is_said_in_the_quiet_hours(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    sender = make_sender(sessions, clock)
    clock.advance(hours=-2)  # 06:00
    await sender.tick.run(clock())
    clock.advance(hours=16, minutes=30)  # 22:30

    report = await sender.tick.run(clock())

    assert sender.wire.sent == []
    assert report.expired == 3


async def test_what_changed_after_planning_is_what_is_said(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    clock.advance(hours=-1)
    await make_sender(sessions, clock).tick.run(clock())
    async with sessions.begin() as session:
        await people.set_role(session, cast.lin, PROGRAMME_CODE, "指导教师")
        await people.set_role(session, cast.he, PROGRAMME_CODE, "管理员")
    clock.advance(hours=1)
    sender = make_sender(sessions, clock)

    report = await sender.tick.run(clock())

    texts = {int(form["chat_id"]): form["text"] for form in sender.wire.accepted}
    assert set(texts) == {LIN_CHAT, WU_CHAT}
    assert "点评读书笔记" in texts[LIN_CHAT]
    assert report.delivered == {State.SENT: 2, State.SUPERSEDED: 1}


async def test_a_new_hour_of_ones_own_holds_from_today(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    clock.advance(hours=-1)
    sender = make_sender(sessions, clock)
    await sender.tick.run(clock())
    async with sessions.begin() as session:
        await people.set_remind_at(session, cast.lin, time(19))
    clock.advance(hours=1)
    await sender.tick.run(clock())
    assert LIN_CHAT not in {int(form["chat_id"]) for form in sender.wire.accepted}

    clock.advance(hours=11)
    await sender.tick.run(clock())

    assert int(sender.wire.accepted[-1]["chat_id"]) == LIN_CHAT


async def test_the_jobs_tick_by_themselves_and_stop(
    sessions: Sessions, cast: Cast, clock: Clock
) -> None:
    sent = asyncio.Event()
    sender = make_sender(sessions, clock, RecordingRequest(on_send=sent.set))
    jobs = Jobs(sender.tick, clock, every=timedelta(seconds=0.05))

    jobs.start()
    async with asyncio.timeout(20):
        await sent.wait()
    await jobs.stop()

    said = len(sender.wire.accepted)
    assert said >= 1
    await jobs.wake()  # after the stop nothing is sent any more
    assert len(sender.wire.accepted) == said


async def test_mail_goes_on_as_soon_as_a_halt_is_over() -> None:
    halts, twice = iter([0.01, 0.0]), asyncio.Event()
    runs: list[str] = []

    async def deliver() -> Counter[str]:
        runs.append("run")
        if len(runs) == 2:
            twice.set()
        return Counter()

    delivery = Delivery(deliver, lambda: next(halts))
    delivery.soon()

    await asyncio.wait_for(twice.wait(), 60)
    await delivery.ended()
    assert runs == ["run", "run"]
