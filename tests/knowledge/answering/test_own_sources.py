"""Who takes part in a programme is answered from its notice first, and from what adjusts it."""

from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.notices import Notice, Section
from knowledge.programme.values import Programme, Stage
from knowledge.sources import Source
from tests.knowledge.answering.known import TODAY

SAYING = "研修总结不少于{}字，于{}前提交。"
OWN = Notice(
    "关于举办新任教研员研修班的通知",
    number="教研函〔2021〕6号",
    sections=(Section("一、", "作业", (SAYING.format(900, "11月5日"),)),),
)
MORE = Notice(
    "关于新任教研员研修班的补充通知",
    number="教研函〔2021〕9号",
    sections=(Section("一、", "住宿", ("学员统一住在东湖宾馆。",)),),
    amends=("教研函〔2021〕6号",),
)
OTHER = Notice(
    "关于举办幼儿园园长研修班的通知",
    number="教研函〔2021〕7号",
    sections=(
        Section("一、", "作业", (SAYING.format(1500, "12月1日"),)),
        Section("二、", "住宿", ("学员统一住在西山饭店。",)),
    ),
)
ENTRY = Entry("e", "研修总结要写多少字", "不少于2000字。", Source("某年的通知"))
PROGRAMME = Programme(
    "jiaoyan-2021",
    "新任教研员研修班",
    Source(OWN.title, OWN.number),
    (Stage("集中研修", date(2021, 9, 1), date(2021, 11, 30), ""),),
)
LIBRARY = Library(
    [
        Document("own", notices=(OWN,), programmes=(PROGRAMME,)),
        Document("more", notices=(MORE,)),
        Document("other", notices=(OTHER,), entries=(ENTRY,)),
    ]
)
MEMBER = Asker(today=TODAY, programmes=("jiaoyan-2021",))


def test_own_notice_speaks_before_an_entry_that_is_worded_like_the_question() -> None:
    verdict = LIBRARY.ask("研修总结要写多少字", MEMBER)

    assert isinstance(verdict, Answer)
    assert "900" in verdict.text
    assert "2000" not in verdict.text


def test_what_adjusts_the_own_notice_is_own_too() -> None:
    verdict = LIBRARY.ask("学员住在哪里", MEMBER)

    assert isinstance(verdict, Answer)
    assert "东湖宾馆" in verdict.text
    assert "西山饭店" not in verdict.text


def test_who_takes_part_in_nothing_known_is_answered_as_before() -> None:
    stranger = LIBRARY.ask("研修总结要写多少字", replace(MEMBER, programmes=("gone",)))

    assert isinstance(stranger, Answer)
    assert "2000" in stranger.text
