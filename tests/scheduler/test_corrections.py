"""Exactly those who were told what does not hold any more, once."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.verdicts import Answer, Clarify, Memory, Unknown, Verdict
from knowledge.documents import Document
from knowledge.notices import Notice, Section
from knowledge.programme.values import Programme
from knowledge.sources import Source
from scheduler.hours import Hours
from scheduler.judging import Changed, Gone, There, judged
from scheduler.moved import MovedPlanner
from storage import people, progress
from storage.answers_given import Given, Place
from tests.cast import (
    GROUP_CHAT,
    LIN_CHAT,
    MORNING,
    PROGRAMME,
    PROGRAMME_CODE,
    QIAN_CHAT,
    WU_CHAT,
    Clock,
    enroll,
)
from tests.databases import Database
from tests.house import House, named

OLD = Source("关于报到的通知", "云教〔2015〕1号")
NEW = Source("关于调整报到时间的通知", "云教〔2015〕9号")
ENTRY = Source("省级专家吴岳的答复", section="第1号")
THERE = There(
    frozenset({(OLD.title, OLD.number), (NEW.title, NEW.number)}),
    frozenset({(ENTRY.title, "", ENTRY.section)}),
)


def given(text: str, source: Source = OLD) -> Given:
    told = (source.title, source.number, source.section)
    place = Place("telegram", 1)
    return Given(1, MORNING, date(2015, 9, 17), place, "几号报到", {}, text, "", (told,))


def answer(text: str, source: Source = OLD) -> Answer:
    return Answer(text, (source,), Memory())


@pytest.mark.parametrize(
    ("before", "verdict", "kind"),
    [
        (given("8号报到。"), answer("25号报到（原为8号）。", NEW), Changed),
        (given("8号报到。"), answer("8号报到（还有3天）。\n别的话"), None),
        (given("8号报到。"), answer("8号报到。", NEW), None),
        (given("8号报到。"), answer("· 云南：8号\n· 江西：9号", NEW), None),
        (given("不可以请假。"), answer("请假要学校盖章。"), None),  # the same notice, elsewhere
        (given("可以。", ENTRY), answer("不可以。", ENTRY), Changed),
        (given("8号报到。"), Clarify("哪个省？", (), Memory()), None),
        (given("8号报到。"), Unknown("没有查到。", Memory()), None),
        (given("8号", Source("撤回的通知")), Unknown("没有查到。", Memory()), Gone),
        (given("8号", Source("撤回的通知")), answer("8号。", NEW), None),
    ],
)
def test_what_is_a_correction(before: Given, verdict: Verdict, kind: type | None) -> None:
    found = judged(before, verdict, THERE)

    assert (type(found) if found else None) == kind


def notice(number: str, title: str, day: str, amends: tuple[str, ...] = ()) -> Notice:
    section = Section("一、", "报到时间", (f"学员于2015年10月{day}日到青山宾馆报到。",))
    return Notice(
        title=title,
        number=number,
        issued=date(2015, 9, 1),
        province="云南",
        years=(2015,),
        sections=(section,),
        amends=amends,
    )


async def test_a_newer_notice_corrects_who_was_told_the_older(
    sqlite: Database, clock: Clock
) -> None:
    house = House(sqlite.sessions, clock)
    async with house.sessions.begin() as session:
        await enroll(session, now=clock.now)
    await house.knows(Document("一.md", notices=(notice(OLD.number, OLD.title, "8"),)))
    asked = "云南学员哪天到青山宾馆报到"
    for _ in range(2):  # asked twice, corrected once
        assert "8日" in (await house.say(LIN_CHAT, asked))[0]
    assert "8日" in (await house.say(QIAN_CHAT, asked))[0]
    assert "8日" in (await house.say(WU_CHAT, f"@yanxiu_bot {asked}", chat=GROUP_CHAT))[0]
    assert await house.correct() == 0

    newer = replace(notice(NEW.number, NEW.title, "25"), amends=(OLD.number,))
    await house.knows(Document("二.md", notices=(newer,)))
    await house.say(WU_CHAT, asked)  # is told the new day at once
    assert await house.correct() == 3
    for chat in (LIN_CHAT, QIAN_CHAT, GROUP_CHAT):
        [correction] = named(house.inbox[chat], "更正")
        assert "25日" in correction
        assert "9月17日告诉您的是“" in correction
    assert not named(house.inbox[WU_CHAT], "更正")
    assert await house.correct() == 0


NOTES = "学员-读书笔记"


def due_on(day: date) -> Programme:
    first, *rest = PROGRAMME.stages
    said = f"{day.month}月{day.day}日前"
    tasks = tuple(
        replace(one, due=day, due_text=said) if one.code == NOTES else one for one in first.tasks
    )
    return replace(PROGRAMME, stages=(replace(first, tasks=tasks), *rest))


@pytest.mark.parametrize("first", ["the correction", "the announcement"])
async def test_a_moved_day_is_told_as_moved_or_corrected_not_both(
    sqlite: Database, clock: Clock, first: str
) -> None:
    house, asked = House(sqlite.sessions, clock), "读书笔记什么时候交"
    planner = MovedPlanner(hours=Hours())
    async with house.sessions.begin() as session:
        cast = await enroll(session, now=clock.now)
        await people.set_role(session, cast.wu, PROGRAMME_CODE, "学员")
    await house.knows(Document("安排.yaml", programmes=(due_on(date(2015, 9, 20)),)))
    for chat in (LIN_CHAT, WU_CHAT):
        assert "9月20日" in (await house.say(chat, asked))[0]
    await house.say(LIN_CHAT, "/deadlines")  # now she will hear of it if the day moves

    moved = (due_on(date(2015, 9, 25)),)
    await house.knows(Document("安排.yaml", programmes=moved))
    if first == "the correction":
        assert await house.correct() == 1
    await planner(house.sessions, moved, clock.now)
    await house.deliver()
    async with house.sessions.begin() as session:  # as sending does
        new = [(PROGRAMME_CODE, NOTES, date(2015, 9, 25))]
        await progress.told(session, cast.lin, new, now=clock.now)
    await house.correct()

    assert [news_of(house, chat) for chat in (LIN_CHAT, WU_CHAT)] == [["已改期"], ["更正"]]
    for chat in (LIN_CHAT, WU_CHAT):
        assert "9月25日" in house.inbox[chat][-1].html


async def test_who_has_done_the_task_is_still_corrected(sqlite: Database, clock: Clock) -> None:
    house = House(sqlite.sessions, clock)
    async with house.sessions.begin() as session:
        cast = await enroll(session, now=clock.now)
    await house.knows(Document("安排.yaml", programmes=(due_on(date(2015, 9, 20)),)))
    await house.say(LIN_CHAT, "/deadlines")
    await house.say(LIN_CHAT, "读书笔记什么时候交")
    async with house.sessions.begin() as session:
        await progress.mark_done(session, cast.lin, PROGRAMME_CODE, NOTES, now=clock.now)

    await house.knows(Document("安排.yaml", programmes=(due_on(date(2015, 9, 25)),)))
    await house.correct()

    assert news_of(house, LIN_CHAT) == ["更正"]


def news_of(house: House, chat: int) -> list[str]:
    return [
        word
        for each in house.inbox[chat]
        for word in ("已改期", "更正")
        if each.key and word in each.html
    ]
