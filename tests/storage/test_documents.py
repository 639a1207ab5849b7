"""Importing documents: once, again, newer, withdrawn."""

import asyncio
from dataclasses import replace
from datetime import date

import pytest

from knowledge.documents import Document, Doubt
from knowledge.entries import Entry, OpenQuestion
from knowledge.notices import Notice, Section, Table
from knowledge.sources import Scope, Source
from storage import documents, questions
from storage.database import Sessions
from storage.document_json import UnknownFormat, from_json, to_json
from storage.documents import New, Replaced, Same
from tests.cast import MORNING, PROGRAMME

NOTICE = Notice(
    title="关于开展校本研修的通知",
    number="东教〔2015〕7号",
    issuers=("东山县教育局",),
    issued=date(2015, 3, 2),
    years=(2015,),
    sections=(
        Section(
            number="一、",
            heading="时间",
            paragraphs=("9月1日起。",),
            tables=(Table(header=("角色", "任务"), rows=(("学员", "读书"),), caption="安排"),),
            children=(Section(number="（一）", heading="", paragraphs=("报到在先。",)),),
        ),
    ),
    links=("https://example.org/研修",),
)
ENTRY = Entry(
    id="pages/1",
    question="要带什么？",
    answer="带身份证。",
    source=Source(title="问答页", issued=date(2015, 9, 1)),
    scope=Scope(provinces=frozenset({"云南", "江西"}), years=frozenset({2015})),
)
PAGE = Document(
    name="page.html",
    notices=(NOTICE,),
    entries=(ENTRY,),
    programmes=(PROGRAMME,),
    open_questions=(OpenQuestion("可以补报名吗？", "截止之后", 12),),
    doubts=(Doubt(3, "年份写错"),),
)
ALONE = Document(name="notice.docx", notices=(NOTICE,))


async def save(sessions: Sessions, document: Document, digest: str) -> documents.Saved:
    async with sessions.begin() as session:
        return await documents.save(session, document, digest=digest, region="云南", now=MORNING)


async def current_ids(sessions: Sessions) -> list[int]:
    async with sessions() as session:
        return [kept.id for kept in await documents.current(session)]


async def test_a_document_comes_back_as_it_was(sessions: Sessions) -> None:
    saved = await save(sessions, PAGE, "d1")

    async with sessions() as session:
        kept = await documents.show(session, saved.id)
        waiting = await questions.waiting(session)

    assert isinstance(saved, New)
    assert kept
    assert (kept.document, kept.region, kept.imported_at) == (PAGE, "云南", MORNING)
    assert [(q.text, q.document_id) for q in waiting] == [("可以补报名吗？", saved.id)]


async def test_the_same_file_again_changes_nothing(sessions: Sessions) -> None:
    first = await save(sessions, PAGE, "d1")
    again = await save(sessions, PAGE, "d1")

    assert again == Same(first.id)
    async with sessions() as session:
        assert len(await questions.waiting(session)) == 1


async def test_two_imports_of_one_file_at_once_store_it_once(sessions: Sessions) -> None:
    both = await asyncio.gather(save(sessions, PAGE, "d1"), save(sessions, PAGE, "d1"))

    assert sorted(type(saved).__name__ for saved in both) == ["New", "Same"]


@pytest.mark.parametrize(
    "newer",
    [
        pytest.param(replace(PAGE, doubts=()), id="same name and title"),
        pytest.param(replace(PAGE, name="other.html"), id="same notices, entries and programme"),
    ],
)
async def test_a_newer_version_replaces_the_older(sessions: Sessions, newer: Document) -> None:
    first = await save(sessions, PAGE, "d1")

    second = await save(sessions, newer, "d2")

    assert second == Replaced(second.id, (first.id,))
    assert await current_ids(sessions) == [second.id]
    async with sessions() as session:
        assert len(await questions.waiting(session)) == 1  # its question still waits, once


async def test_the_same_notice_from_another_file_replaces_it(sessions: Sessions) -> None:
    first = await save(sessions, ALONE, "d1")

    second = await save(sessions, replace(ALONE, name="scan.pdf"), "d2")

    assert second == Replaced(second.id, (first.id,))


async def test_a_page_of_answers_outlives_the_notice_it_quotes(sessions: Sessions) -> None:
    page = await save(sessions, PAGE, "d1")

    notice = await save(sessions, ALONE, "d2")

    assert isinstance(notice, New)
    assert await current_ids(sessions) == [page.id, notice.id]


async def test_another_notice_of_the_same_name_is_no_newer_version(sessions: Sessions) -> None:
    await save(sessions, ALONE, "d1")
    other = replace(NOTICE, number="东教〔2016〕9号", title="关于2016年研修的通知")

    assert isinstance(await save(sessions, replace(ALONE, notices=(other,)), "d2"), New)


async def test_withdrawing_brings_back_what_was_replaced(sessions: Sessions) -> None:
    first = await save(sessions, ALONE, "d1")
    second = await save(sessions, replace(ALONE, doubts=(Doubt(1, "?"),)), "d2")

    async with sessions.begin() as session:
        gone = await documents.withdraw(session, second.id, MORNING)
        again = await documents.withdraw(session, second.id, MORNING)
        unknown = await documents.withdraw(session, 4711, MORNING)

    assert (gone, again, unknown) == (True, False, False)
    assert await current_ids(sessions) == [first.id]


async def test_a_withdrawn_file_may_be_imported_again(sessions: Sessions) -> None:
    first = await save(sessions, ALONE, "d1")
    async with sessions.begin() as session:
        await documents.withdraw(session, first.id, MORNING)

    assert await save(sessions, ALONE, "d1") == New(first.id)
    assert await current_ids(sessions) == [first.id]


def test_a_body_of_a_later_version_is_not_guessed_at() -> None:
    body = to_json(ALONE) | {"format": 99}

    with pytest.raises(UnknownFormat, match="99"):
        from_json(body)
