"""What is old goes, what is young stays, once a day."""

from datetime import timedelta

from storage import (
    audit,
    conversations,
    invitations,
    join_requests,
    made_once,
    proofs,
    remembered,
    retention,
)
from storage.database import Sessions
from storage.join_requests import Arrival
from storage.retention import Tidied
from storage.roster import PARTICIPANT, TELEGRAM
from tests.cast import MORNING, PROGRAMME_CODE, Cast

DAY = timedelta(days=1)


async def test_old_things_go_and_young_ones_stay(sessions: Sessions, cast: Cast) -> None:
    async with sessions.begin() as session:
        for age in (729, 731):
            await audit.note(session, f"{age}", actor=cast.zhao, now=MORNING - age * DAY)
        for age in (89, 91):
            when = MORNING - age * DAY
            await conversations.put(session, f"fsm:{age}", state=None, data={"a": 1}, now=when)
        tokens = [
            await invitations.make(
                session,
                role=PARTICIPANT,
                programme=PROGRAMME_CODE,
                days=1,
                now=MORNING - age * DAY,
            )
            for age in (30, 32)
        ]
        old = await invitations.by_token(session, tokens[1])
        assert old
        await join_requests.ask(session, old.id, Arrival(TELEGRAM, 1, "钱明"), MORNING)
        yesterday = (MORNING - DAY).date()
        await proofs.try_phone(session, [cast.lin], "wrong", yesterday)
        for days in (1, 2):
            await made_once.note(session, f"telegram:1:{days}", days, now=MORNING - days * DAY)

    async with sessions.begin() as session:
        assert await made_once.by(session, "telegram:1:1") == 1
        first = await retention.tidy_daily(session, MORNING)
        again = await retention.tidy_daily(session, MORNING + timedelta(hours=1))
        next_day = await retention.tidy_daily(session, MORNING + DAY)

    assert (first, again) == (Tidied(audit=1, conversations=1, invitations=1), None)
    assert next_day == Tidied(audit=0, conversations=0, invitations=0)
    async with sessions() as session:
        assert [one.action for one in await audit.latest(session)] == ["729"]
        assert (await conversations.get(session, "fsm:89")).data
        assert await invitations.by_token(session, tokens[0])
        assert await join_requests.waiting(session) == []
        assert await remembered.get(session, f"tries:{cast.lin}") is None
        assert await made_once.by(session, "telegram:1:2") is None
