"""An invitation lets in as many as it says, and nobody it was not made for."""

import asyncio
from datetime import timedelta

import pytest

from storage import invitations, join_requests, joining, people, proofs
from storage.database import Sessions
from storage.invitations import Invited
from storage.join_requests import Arrival
from storage.joining import Already, Joined, NameTaken, NotUsable, Outcome, ProofWanted, Waits
from storage.models import Person
from storage.proofs import Proved, Wrong
from storage.roster import COORDINATOR, LEADER, PAGE, PARTICIPANT, TELEGRAM, TUTOR
from tests.cast import LIN_CHAT, MORNING, PROGRAMME_CODE, Cast


async def made(sessions: Sessions, role: str = PARTICIPANT, **more: object) -> str:
    async with sessions.begin() as session:
        return await invitations.make(
            session,
            role=role,
            programme=PROGRAMME_CODE if role != COORDINATOR else "",
            now=MORNING,
            **more,  # type: ignore[arg-type]
        )


async def looked(sessions: Sessions, token: str) -> Invited:
    async with sessions() as session:
        found = await invitations.look(session, token, MORNING)
    assert found
    return found


async def arrives(sessions: Sessions, token: str, user_id: int, name: str) -> Outcome:
    invited = await looked(sessions, token)
    async with sessions.begin() as session:
        arrival = Arrival(TELEGRAM, user_id, name)
        return await joining.by_name(session, invited, arrival, MORNING, provable=True)


async def test_of_many_at_once_one_gets_the_only_use(sessions: Sessions) -> None:
    token = await made(sessions)

    async def consumed() -> Invited | None:
        async with sessions.begin() as session:
            return await invitations.consume(session, token, MORNING)

    got = await asyncio.gather(*(consumed() for _ in range(8)))

    assert len([one for one in got if one]) == 1


async def test_of_two_who_come_at_once_one_is_in(sessions: Sessions) -> None:
    invited = await looked(sessions, await made(sessions))

    async def enters(user_id: int) -> Outcome:
        async with sessions.begin() as session:
            arrival = Arrival(TELEGRAM, user_id, f"新老师{'甲乙丙丁'[user_id]}")
            return await joining.by_name(session, invited, arrival, MORNING, provable=True)

    outcomes = await asyncio.gather(*(enters(number) for number in range(4)))

    assert sorted(type(one).__name__ for one in outcomes) == ["Joined"] + ["NotUsable"] * 3
    async with sessions() as session:
        assert len(await people.members_of(session, PROGRAMME_CODE)) == 1


@pytest.mark.parametrize("wrong", ["expired", "edited", "revoked", "unknown"])
async def test_what_is_not_usable_gives_nothing(sessions: Sessions, wrong: str) -> None:
    token = await made(sessions, days=1)
    now = MORNING
    match wrong:
        case "expired":
            now += timedelta(days=1)
        case "edited":
            token = token[:-1] + ("A" if token[-1] != "A" else "B")
        case "unknown":
            token = "\udcff' OR 1=1 --"
        case "revoked":
            made_here = await looked(sessions, token)
            async with sessions.begin() as session:
                assert await invitations.revoke(session, made_here.id)

    async with sessions.begin() as session:
        assert await invitations.consume(session, token, now) is None


async def test_a_new_personal_link_makes_the_old_one_worthless(
    sessions: Sessions, cast: Cast
) -> None:
    old = await made(sessions, person_id=cast.lin)
    new = await made(sessions, person_id=cast.lin)

    async with sessions.begin() as session:
        assert await invitations.consume(session, old, MORNING) is None
        assert await invitations.consume(session, new, MORNING)


async def test_a_personal_link_is_for_who_has_not_joined(sessions: Sessions, cast: Cast) -> None:
    async with sessions.begin() as session:
        newcomer = await people.add_person(session, "周未", now=MORNING)
    arrival = Arrival(PAGE, 77, "")
    outcomes = []
    for person_id in (newcomer, newcomer, cast.lin):
        token = await made(sessions, person_id=person_id)
        invited = await looked(sessions, token)
        async with sessions.begin() as session:
            outcomes.append(await joining.by_personal_link(session, invited, arrival, MORNING))
        arrival = Arrival(PAGE, 78, "")

    assert outcomes == [Joined(newcomer), NotUsable(), NotUsable()]


async def test_an_own_link_opens_the_other_surface_and_no_other_person(
    sessions: Sessions, cast: Cast
) -> None:
    async def opens(user_id: int) -> Outcome:
        token = await made(sessions, person_id=cast.lin, made_by=cast.lin)
        invited = await looked(sessions, token)
        async with sessions.begin() as session:
            arrival = Arrival(PAGE, user_id, "")
            return await joining.by_personal_link(session, invited, arrival, MORNING)

    assert await opens(501) == Joined(cast.lin)
    assert await opens(502) == Joined(cast.lin)  # another browser: the old one is let go

    async with sessions() as session:
        here = await people.person_of_account(session, TELEGRAM, LIN_CHAT)
        assert here
        assert (here.id, here.surface) == (cast.lin, PAGE)
        assert await people.person_of_account(session, PAGE, 501) is None


async def test_what_somebody_has_is_never_lowered_nor_doubled(
    sessions: Sessions, cast: Cast
) -> None:
    async def presses(person_id: int, role: str) -> Outcome:
        invited = await looked(sessions, await made(sessions, role, uses=1))
        async with sessions.begin() as session:
            person = await people.person(session, person_id)
            assert person
            arrival = Arrival(TELEGRAM, person.chat_id or 0, person.name)
            return await joining.as_known(session, invited, person, arrival, MORNING)

    assert await presses(cast.chen, PARTICIPANT) == Already()
    assert await presses(cast.lin, PARTICIPANT) == Already()
    assert await presses(cast.zhao, COORDINATOR) == Already()
    assert isinstance(await presses(cast.lin, TUTOR), Waits)  # more: not without a word

    async with sessions() as session:
        lin, chen = await people.person(session, cast.lin), await people.person(session, cast.chen)
    assert [role.role for role in (lin.roles if lin else ())] == [PARTICIPANT]
    assert [role.role for role in (chen.roles if chen else ())] == [LEADER]


async def test_only_the_first_coordinator_needs_nobodys_word(sessions: Sessions) -> None:
    first = await arrives(sessions, await made(sessions, COORDINATOR), 1, "郑一")
    second = await arrives(sessions, await made(sessions, COORDINATOR), 2, "王二")

    assert isinstance(first, Joined)
    assert isinstance(second, Waits)


async def test_an_invitation_by_a_person_makes_no_first_coordinator(
    sessions: Sessions, cast: Cast
) -> None:
    async with sessions.begin() as session:
        await people.deactivate(session, cast.zhao)

    token = await made(sessions, COORDINATOR, made_by=cast.chen)

    assert isinstance(await arrives(sessions, token, 1, "郑一"), Waits)


async def test_a_name_on_the_roster_wants_a_proof_and_a_joined_one_another_name(
    sessions: Sessions, cast: Cast
) -> None:
    async with sessions.begin() as session:
        waiting = await people.add_person(session, "周未", now=MORNING)
        await people.set_role(session, waiting, PROGRAMME_CODE, PARTICIPANT)
        row = await session.get(Person, waiting)
        assert row
        row.phone_hash = "aaa"
    token = await made(sessions)

    assert await arrives(sessions, token, 1, "周未") == ProofWanted((waiting,))
    assert await arrives(sessions, token, 1, "林晓") == NameTaken()
    async with sessions.begin() as session:
        today = MORNING.date()
        tries = [await proofs.try_phone(session, [waiting], "bbb", today) for _ in range(3)]
        late = await proofs.try_phone(session, [waiting], "aaa", today)
        next_day = await proofs.try_phone(session, [waiting], "aaa", today + timedelta(days=1))
    assert tries == [Wrong(2), Wrong(1), Wrong(0)]
    assert late == Wrong(0)
    assert next_day == Proved(waiting)


async def test_of_two_who_decide_one_has_decided(sessions: Sessions, cast: Cast) -> None:
    outcome = await arrives(sessions, await made(sessions, TUTOR), 1, "周新")
    assert isinstance(outcome, Waits)

    async def accepted(by: int) -> Outcome:
        async with sessions.begin() as session:
            request = await join_requests.find(session, outcome.request_id)
            decider = await people.person(session, by)
            assert request
            assert decider
            return await joining.accept(session, request, decider, MORNING)

    outcomes = await asyncio.gather(accepted(cast.zhao), accepted(cast.wu))

    assert sorted(type(one).__name__ for one in outcomes) == ["Joined", "NotUsable"]
    async with sessions() as session:
        tutors = await people.members_of(session, PROGRAMME_CODE, role=TUTOR)
    assert [one.name for one in tutors] == ["何敏", "周新"]
