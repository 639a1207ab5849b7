"""One letter per person for what changed; nothing for what did not change for that person."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import update

from bot.correcting import correct_once
from knowledge.answering.verdicts import Answer, Memory, Verdict
from knowledge.documents import Document
from knowledge.names import bare_name
from knowledge.notices import Notice, Section
from knowledge.sources import Source
from scheduler.correction_texts import Fact, corrections
from scheduler.judging import Changed, Gone, News, There, judged, news
from storage import documents
from storage.answers_given import Given, Place
from storage.documents import Kept
from storage.learned import anew
from storage.models import Person
from tests.cast import LIN_CHAT, MORNING, Clock, enroll
from tests.databases import Database
from tests.house import House, named

FIRST = Notice(
    title="关于实施2015年乡村骨干教师培训项目的通知",
    number="鄂教〔2015〕18号",
    issued=date(2015, 9, 1),
    province="湖北",
    years=(2015,),
    sections=(
        Section("一、", "报到时间", ("初中地理学员10月8日到遗爱湖酒店报到。",)),
        Section("二、", "报到时间", ("小学音乐学员10月5日到楚天宾馆报到。",)),
        Section("三、", "研修总结", ("研修总结于10月10日前提交。",)),
    ),
)
AMENDING = replace(
    FIRST,
    title="关于调整2015年乡村骨干教师培训项目安排的通知",
    number="鄂教〔2015〕31号",
    issued=date(2015, 9, 10),
    amends=(FIRST.number,),
)
MUSIC = replace(
    AMENDING,
    sections=(Section("一、", "", ("小学音乐报到时间由10月5日调整为10月7日。",)),),
)
ALL = replace(
    AMENDING,
    number="鄂教〔2015〕32号",
    sections=(
        Section("一、", "", ("初中地理报到时间由10月8日调整为10月11日。",)),
        Section("二、", "", ("研修总结提交时间由10月10日调整为10月16日。",)),
    ),
)
ASKED = ("初中地理哪天报到", "初中地理几号报到", "初中地理什么时候报到呀", "研修总结什么时候交")


async def house_with_lin(database: Database, clock: Clock) -> House:
    house = House(database.sessions, clock)
    async with house.sessions.begin() as session:
        cast = await enroll(session, now=clock.now)
        of_geography = {"subject": "初中地理", "province": "湖北"}
        await session.execute(update(Person).where(Person.id == cast.lin).values(of_geography))
    await house.knows(Document("一.md", notices=(FIRST,)))
    return house


async def test_what_changed_comes_in_one_letter_each_fact_once(
    sqlite: Database, clock: Clock
) -> None:
    house = await house_with_lin(sqlite, clock)
    for asked in ASKED:
        await house.say(LIN_CHAT, asked)

    await house.knows(Document("二.md", notices=(MUSIC,)))
    assert await house.correct() == 0  # nothing of hers

    await house.knows(Document("三.md", notices=(ALL,)))
    assert await house.correct() == 1
    [letter] = named(house.inbox[LIN_CHAT], "更正")
    assert "有 2 处要改" in letter
    assert letter.count("现在：") == 2
    assert all(day in letter for day in ("10月8日", "10月11日", "10月10日", "10月16日"))
    assert await house.correct() == 0


async def test_a_change_that_is_taken_back_before_anybody_heard_says_nothing(
    database: Database, clock: Clock
) -> None:
    house = await house_with_lin(database, clock)
    for asked in ASKED:
        await house.say(LIN_CHAT, asked)
    await house.knows(Document("三.md", notices=(ALL,)))
    await house.shelf.refresh()
    assert await correct_once(house.shelf, house.sessions, clock.now) == 1
    await house.deliver()
    assert not named(house.inbox[LIN_CHAT], "更正")  # it may still be taken back

    async with house.sessions.begin() as session:
        newest = max(each.id for each in await documents.current(session))
        assert await documents.withdraw(session, newest, clock.now)
        await anew(session)
    assert await house.correct() == 0
    assert not named(house.inbox[LIN_CHAT], "更正")

    await house.knows(Document("四.md", notices=(replace(ALL, number="鄂教〔2015〕33号"),)))
    assert await house.correct() == 1  # what was said at first still counts
    [letter] = named(house.inbox[LIN_CHAT], "更正")
    assert "10月8日" in letter


OLD = Source("关于报到的通知", "云教〔2015〕1号")
THERE = There(frozenset({(OLD.title, OLD.number), ("新通知", "")}))


@pytest.mark.parametrize(
    ("told", "new", "subject", "is_changed"),
    [
        ("8日报到。", "25日报到。\n原文：小学音乐25日报到。", "初中地理", False),
        ("8日报到。", "25日报到。\n原文：小学音乐25日报到。", "音乐", True),
        ("8日报到。", "25日报到。\n原文：小学音乐25日报到。", "", True),
        ("8日报到。", "25日报到。\n原文：音乐、地理25日报到。", "初中地理", True),
        ("分四步。", "没有查到完全一样的，最接近的是“几步”：\n分四步。", "", False),
        ("分四步。", "没有查到完全一样的，最接近的是“几天”：\n分7天。", "", False),
        ("没有查到完全一样的，最接近的是“几步”：\n分四步。", "分四步。", "", False),
        ("· 音乐8日\n· 地理9日", "· 音乐5日\n· 地理9日", "地理", False),
        ("· 音乐8日\n· 地理9日", "· 音乐8日\n· 地理7日", "地理", True),
    ],
)
def test_a_correction_is_for_whom_the_answer_changed(
    told: str, new: str, subject: str, is_changed: bool
) -> None:
    place = Place("telegram", 1, person_id=1)
    rests_on = ((OLD.title, OLD.number, OLD.section),)
    given = Given(1, MORNING, date(2015, 9, 17), place, "几号", {}, told, "", rests_on)
    verdict: Verdict = Answer(new, (Source("新通知"),), Memory())

    assert isinstance(judged(given, verdict, THERE, subject), Changed) is is_changed


def test_a_change_asked_in_many_words_is_told_once() -> None:
    new = "11日（原为8日，已改为11日）。\n原文：报到改为11日。\n来源：《通知》"
    asked = [Fact(f"{word}报到", "8日。\n来源：《旧》", new, "9月1日") for word in ("几号", "哪天")]
    other = Fact("<总结>什么时候交", "10日前。", "16日前。\n来源：《通知》", "9月1日")

    assert corrections(asked).startswith("<b>更正：“几号报到”</b>")
    elsewhere = Fact("报到日子", "· 8日——报到8日\n来源：《旧》", new, "9月1日")
    assert corrections([*asked, elsewhere]) == corrections(asked)
    assert corrections([*asked, other]) == (
        "<b>更正：规定有变化，之前告诉您的有 2 处要改</b>\n"
        "• “几号报到”\n现在：11日。\n原来：8日。\n"
        "• “&lt;总结&gt;什么时候交”\n现在：16日前。\n原来：10日前。\n"
        "来源：《通知》\n请以这次为准。"
    )


def test_a_letter_about_many_changes_fits_into_one_message() -> None:
    many = [
        Fact(f"{number}" + "问" * 400, f"{number}日。", f"{number + 50}日。" + "答" * 300, "9月1日")
        for number in range(1, 21)
    ]

    html = corrections(many)

    assert "有 20 处要改" in html
    assert "另有 12 处" in html
    assert len(html) < 4096


def test_an_answer_that_rests_on_nothing_new_differs_by_chance() -> None:
    place = Place("telegram", 1, person_id=1)
    rests_on = ((OLD.title, OLD.number, OLD.section),)
    given = Given(1, MORNING, date(2015, 9, 17), place, "几号", {}, "8日。", "", rests_on)
    of_the_same = Changed(Answer("9日。", (OLD,), Memory()))
    of_a_new = Changed(Answer("9日。", (Source("新通知"),), Memory()))
    before, after = MORNING - timedelta(days=1), MORNING + timedelta(days=1)

    def touched(correction: Changed | Gone, **since: datetime) -> bool:
        return News({bare_name(OLD.number): before} | since).touches(given, correction, THERE)

    assert not touched(of_the_same, 新通知=after)
    assert touched(of_a_new, 新通知=after)
    assert not touched(of_a_new, 新通知=before)
    assert touched(Gone())
    assert News({}).touches(given, of_the_same, There())  # was withdrawn


def test_what_a_new_notice_amends_is_touched_too() -> None:
    place = Place("telegram", 1, person_id=1)
    rests_on = ((FIRST.title, FIRST.number, "三、"),)
    given = Given(1, MORNING, date(2015, 9, 17), place, "几篇", {}, "4篇。", "", rests_on)
    there = There(frozenset({(FIRST.title, FIRST.number)}))
    read_anew = Changed(Answer("3篇。", (Source(FIRST.title, FIRST.number, "三、"),), Memory()))
    before, after = MORNING - timedelta(days=1), MORNING + timedelta(days=1)
    first, amending = (Document(name, notices=(one,)) for name, one in (("1", FIRST), ("2", ALL)))
    known = Kept(1, first, "", before)

    assert not news([known]).touches(given, read_anew, there)
    assert news([known, Kept(2, amending, "", after)]).touches(given, read_anew, there)
    assert news([known, Kept(2, amending, "", before, after)]).touches(given, read_anew, there)
