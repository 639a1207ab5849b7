"""What is done, counted and credited, on both databases."""

from datetime import date, timedelta

from knowledge.programme.values import Amount, Programme, Stage, Task
from knowledge.sources import Source
from storage import people, progress
from storage.database import Sessions
from storage.group_counts import NOBODY, GroupCounts, counts_of
from storage.progress import NOT_BEGUN, Progress, is_done
from tests.cast import MORNING, Cast

LATER = MORNING + timedelta(hours=1)
NOTES = Task("读书笔记", "学员", 1, "读书笔记", "写一篇读书笔记。")
ANSWERS = Task(
    "研讨答疑", "学员", 2, "研讨答疑", "回答3个问题。", amounts=(Amount(3, "个问题", "3个问题"),)
)
PROGRAMME = Programme(
    code="p",
    title="东山县研修",
    source=Source("东山县研修"),
    stages=(Stage("一", date(2015, 9, 1), date(2015, 9, 30), "9月", tasks=(NOTES, ANSWERS)),),
)


async def test_a_press_is_done_once_and_can_be_taken_back(sessions: Sessions, cast: Cast) -> None:
    mine = cast.lin, "p", NOTES.code
    async with sessions.begin() as session:
        assert await progress.mark_done(session, *mine, now=MORNING)
        assert not await progress.mark_done(session, *mine, now=LATER)
    async with sessions() as session:
        assert await progress.of_person(session, cast.lin) == {
            ("p", NOTES.code): Progress(done_at=MORNING)
        }
        assert await progress.of_person(session, cast.chen) == {}
    async with sessions.begin() as session:
        assert await progress.undo(session, *mine, now=LATER)
        assert not await progress.undo(session, *mine, now=LATER)
        assert await progress.mark_done(session, *mine, now=LATER)


async def test_counting_and_credits_add_up_and_the_number_makes_it_done(
    sessions: Sessions, cast: Cast
) -> None:
    mine = cast.lin, "p", ANSWERS.code
    async with sessions.begin() as session:
        assert await progress.count_up(session, *mine, now=MORNING, seen=0)
        assert not await progress.count_up(session, *mine, now=MORNING, seen=0)  # pressed twice
        assert await progress.credit(session, cast.lin, "answer:1", "p", ANSWERS.code, now=MORNING)
        assert not await progress.credit(session, cast.lin, "answer:1", "p", "x", now=MORNING)
    async with sessions() as session:
        state = (await progress.of_person(session, cast.lin))["p", ANSWERS.code]
        assert (state.count, state.credited, is_done(ANSWERS, state)) == (2, 1, False)
        assert await progress.done_pairs(session, [PROGRAMME]) == frozenset()
    async with sessions.begin() as session:
        assert await progress.count_up(session, *mine, now=MORNING, seen=2)
    async with sessions() as session:
        state = (await progress.of_person(session, cast.lin))["p", ANSWERS.code]
        assert is_done(ANSWERS, state)
        assert await progress.done_pairs(session, [PROGRAMME]) == {mine}
    async with sessions.begin() as session:
        assert await progress.take_back(session, cast.lin, "answer:1")
        assert not await progress.take_back(session, cast.lin, "answer:1")
        for _ in range(3):  # stops at nothing
            await progress.count_up(session, *mine, by=-1, now=LATER)
    async with sessions() as session:
        assert (await progress.of_person(session, cast.lin))["p", ANSWERS.code].count == 0


async def test_what_is_credited_is_not_counted_down(sessions: Sessions, cast: Cast) -> None:
    async with sessions.begin() as session:
        await progress.credit(session, cast.lin, "answer:1", "p", ANSWERS.code, now=MORNING)
        down = progress.count_up(session, cast.lin, "p", ANSWERS.code, by=-1, now=LATER, seen=1)
        assert not await down


async def test_a_group_is_counted_over_its_active_members_of_the_programme(
    sessions: Sessions, cast: Cast
) -> None:
    async with sessions.begin() as session:
        for person in (cast.lin, cast.chen, cast.he):  # 何 is in no group
            await people.set_role(
                session, person, "p", "学员", group_id=cast.group if person != cast.he else None
            )
            await progress.mark_done(session, person, "p", NOTES.code, now=MORNING)
        for number in range(3):
            origin = f"answer:{number}"
            await progress.credit(session, cast.lin, origin, "p", ANSWERS.code, now=MORNING)
        await people.deactivate(session, cast.chen)
    async with sessions() as session:
        of_group = await counts_of(session, PROGRAMME, [cast.group, 99])
        one_by_one = await progress.of_people(session, [cast.lin, cast.wu], "p")

    done = {("学员", NOTES.code): 1, ("学员", ANSWERS.code): 1}
    assert of_group == {cast.group: GroupCounts({"学员": 1}, done), 99: NOBODY}
    assert one_by_one[cast.lin][ANSWERS.code] == Progress(3, credited=3)
    assert one_by_one[cast.wu] == {}


def test_a_task_that_is_not_counted_needs_a_press() -> None:
    assert not is_done(NOTES, NOT_BEGUN)
    assert not is_done(NOTES, Progress(count=5))
    assert is_done(NOTES, Progress(done_at=MORNING))
