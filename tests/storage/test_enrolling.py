"""The same roster again and again: nobody twice, who left is deactivated, numbers are secret."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from knowledge.rosters.values import RefusedRow, RosterRow
from storage import groups, people
from storage.database import Sessions
from storage.enrolling import Enrolled, Enrolment
from storage.models import Membership, Person
from storage.phones import Phones, masked
from storage.placing import leave
from tests.cast import MORNING

CODE = "dongshan-2026"
PHONES = Phones("a secret of the installation")
LIN = RosterRow(
    2, "林晓", "学员", ("第一组",), CODE, "云南", "五华区", "语文", "一中", "13812345678"
)
CHEN = RosterRow(3, "陈波", "组长", ("第一组",), CODE, "云南", "五华区", "语文", "一中")
HE = RosterRow(4, "何敏", "指导教师", ("第一组", "第二组"), CODE, "云南", "五华区")
WU = RosterRow(5, "吴岳", "省级专家", (), CODE, "云南")
ZHAO = RosterRow(6, "赵宁", "项目办")
EVERYBODY = (LIN, CHEN, HE, WU, ZHAO)


async def imported(
    sessions: Sessions, rows: Sequence[RosterRow], refused: Sequence[RefusedRow] = ()
) -> tuple[Enrolled, list[str]]:
    enrolment = Enrolment(PHONES, MORNING)
    async with sessions.begin() as session:
        await enrolment.take(session, rows)
        missing = await enrolment.missing(session, refused)
        for one in missing:
            await leave(session, one.person_id, one.programme)
    return enrolment.outcome, [one.name for one in missing]


async def test_a_roster_twice_adds_nobody(sessions: Sessions) -> None:
    first, _ = await imported(sessions, EVERYBODY)
    second, missing = await imported(sessions, EVERYBODY)

    assert (first.added, second.added, second.same, missing) == (5, 0, 5, [])
    async with sessions() as session:
        everybody = await people.people_with_roles(session)
        he = next(one for one in everybody if one.name == "何敏")
        guided = await groups.groups_in_care_of(session, he, CODE)
    assert [(one.name, one.coordinator, len(one.roles)) for one in everybody] == [
        ("林晓", False, 1),
        ("陈波", False, 1),
        ("何敏", False, 1),
        ("吴岳", False, 1),
        ("赵宁", True, 0),
    ]
    assert [group.name for group in guided] == ["第一组", "第二组"]


async def test_who_moved_is_updated_and_who_is_missing_has_left(sessions: Sessions) -> None:
    await imported(sessions, EVERYBODY)
    married = replace(LIN, name="林晓云", school="二中")  # the telephone says who it is
    outcome, missing = await imported(sessions, (married, replace(HE, groups=("第二组",))))

    assert (outcome.updated, outcome.added, missing) == (2, 0, ["陈波"])
    back, _ = await imported(sessions, (CHEN,))
    assert back.updated == 1
    async with sessions() as session:
        names = {one.name for one in await people.people_with_roles(session)}
    assert names == {"林晓云", "陈波", "何敏", "吴岳", "赵宁"} - {"林晓云"}


async def test_a_row_that_is_refused_does_not_put_anybody_out(sessions: Sessions) -> None:
    await imported(sessions, EVERYBODY)
    refused = RefusedRow(2, "林晓", "手机号不对（应是11位）")

    _, missing = await imported(sessions, (CHEN, HE, WU), [refused])

    assert missing == []


async def test_namesakes_without_a_telephone_are_not_guessed(sessions: Sessions) -> None:
    other = replace(LIN, line=9, school="二中", phone="13900000000")
    await imported(sessions, (LIN, other))

    outcome, _ = await imported(sessions, (replace(LIN, phone="", school=""),))

    assert [row.reason for row in outcome.refused] == ["名单上已有2位同名的，请加手机号"]


async def test_counties_have_first_groups_of_their_own(sessions: Sessions) -> None:
    far = replace(CHEN, line=7, name="周远", area="官渡区", school="八中")
    named = replace(CHEN, line=8, name="郑近", groups=("语文骨干组",))
    same = replace(named, line=9, name="冯近", role="学员", area="官渡区")

    await imported(sessions, (CHEN, far, named, same))

    async with sessions() as session:
        found = [(one.area, one.name) for one in await groups.groups_of(session, CODE)]
    assert sorted(found) == [("", "语文骨干组"), ("五华区", "第一组"), ("官渡区", "第一组")]


async def test_numbers_are_sealed_hashed_and_shown_masked(sessions: Sessions) -> None:
    await imported(sessions, (LIN,))

    async with sessions() as session:
        row = (await session.scalars(select(Person))).one()
    assert row.phone_cipher is not None
    assert LIN.phone not in row.phone_cipher
    assert PHONES.opened(row.phone_cipher) == LIN.phone
    assert Phones("another").opened(row.phone_cipher) == ""
    assert row.phone_hash == PHONES.hashed(LIN.phone) != Phones("another").hashed(LIN.phone)
    assert masked(LIN.phone) == "138****5678"


async def test_the_sheet_may_say_who_left(sessions: Sessions) -> None:
    await imported(sessions, EVERYBODY)
    outcome, _ = await imported(sessions, (replace(LIN, left=True), CHEN, HE))

    async with sessions() as session:
        places = list(await session.scalars(select(Membership.person_id)))
        active = [one.name for one in await people.people_with_roles(session)]
    assert outcome.left == 1
    assert "林晓" not in active
    assert len(places) == 3
