"""The roster."""

from datetime import timedelta

from scheduler import outbox, outbox_upkeep
from scheduler.letters import NewLetter, State
from storage import people
from storage.database import Sessions
from storage.roster import TELEGRAM
from tests.cast import LIN_CHAT, MORNING, PROGRAMME_CODE, QIAN_CHAT, Cast


async def test_a_chat_tells_who_is_writing_and_in_which_role(
    sessions: Sessions, cast: Cast
) -> None:
    async with sessions() as session:
        lin = await people.person_of_account(session, TELEGRAM, LIN_CHAT)
        stranger = await people.person_of_account(session, TELEGRAM, QIAN_CHAT)

    assert lin
    assert (lin.name, lin.roles[0].role, lin.roles[0].group_id) == ("林晓", "学员", cast.group)
    assert stranger is None


async def test_one_person_may_have_two_roles_in_two_programmes(
    sessions: Sessions, cast: Cast
) -> None:
    async with sessions.begin() as session:
        await people.set_role(session, cast.lin, "other-2016", "指导教师")
        await people.set_role(session, cast.lin, PROGRAMME_CODE, "组长")  # promoted

    async with sessions() as session:
        lin = await people.person(session, cast.lin)

    assert lin
    assert {role.programme: role.role for role in lin.roles} == {
        PROGRAMME_CODE: "组长",
        "other-2016": "指导教师",
    }


async def test_members_are_found_by_programme_role_and_group(
    sessions: Sessions, cast: Cast
) -> None:
    async with sessions() as session:
        everybody = await people.members_of(session, PROGRAMME_CODE)
        tutors = await people.members_of(session, PROGRAMME_CODE, role="指导教师")
        group = await people.members_of(session, PROGRAMME_CODE, group_id=cast.group)
        nobody = await people.members_of(session, "unknown")

    assert [p.name for p in everybody] == ["林晓", "陈波", "何敏", "吴岳", "赵宁"]
    assert [p.name for p in tutors] == ["何敏"]
    assert [p.name for p in group] == ["林晓", "陈波"]
    assert nobody == []


async def test_who_left_is_neither_found_nor_written_to(sessions: Sessions, cast: Cast) -> None:
    async with sessions.begin() as session:
        await people.deactivate(session, cast.lin)

    async with sessions() as session:
        assert await people.person_of_account(session, TELEGRAM, LIN_CHAT) is None
        assert cast.lin not in [p.id for p in await people.people_with_roles(session)]


async def test_a_chat_belongs_to_the_last_who_proved_it(sessions: Sessions, cast: Cast) -> None:
    async with sessions.begin() as session:
        await people.bind_chat(session, cast.he, LIN_CHAT, now=MORNING)

    async with sessions() as session:
        owner = await people.person_of_account(session, TELEGRAM, LIN_CHAT)
        lin = await people.person(session, cast.lin)

    assert owner
    assert owner.id == cast.he
    assert lin
    assert not lin.can_be_written_to


async def test_writing_again_frees_what_is_still_useful(sessions: Sessions, cast: Cast) -> None:
    hour = timedelta(hours=1)
    async with sessions.begin() as session:
        letters = [
            NewLetter("a", "note", MORNING, MORNING + hour, person_id=cast.lin),
            NewLetter("b", "note", MORNING, MORNING + 9 * hour, person_id=cast.lin),
        ]
        await outbox.add(session, letters, now=MORNING)
        for letter in await outbox.claim(session, "w", now=MORNING):
            await outbox.mark_unreachable(session, letter, "blocked")
    async with sessions() as session:
        lin = await people.person(session, cast.lin)
    assert lin
    assert not lin.can_be_written_to

    async with sessions.begin() as session:
        back = await people.set_reachable(session, cast.lin, now=MORNING + 2 * hour)
        again = await people.set_reachable(session, cast.lin, now=MORNING + 2 * hour)

    async with sessions() as session:
        counts = (await outbox_upkeep.status(session)).counts
    assert (back, again) == (True, False)
    assert counts == {State.UNREACHABLE: 1, State.PLANNED: 1}
