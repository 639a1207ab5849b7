"""A library grows by a document without reading the others again."""

from dataclasses import replace
from datetime import date

from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.standing import known_on
from tests.knowledge.answering.known import CHANGE, NATIONAL, NOBODY, QINGHAI, SHANXI


def test_grown_library_answers_like_one_built_whole() -> None:
    first = [Document("国家.docx", notices=(NATIONAL,)), Document("陕西.docx", notices=(SHANXI,))]
    whole = [*first, Document("调整.docx", notices=(CHANGE,))]

    grown = Library(whole, Library(first))

    for question in ("陕西骨干教师培训班什么时候报到", "校长培训一年多少学时", "西安名额多少"):
        assert grown.ask(question, NOBODY).text == Library(whole).ask(question, NOBODY).text


def test_what_was_withdrawn_is_not_known_any_more() -> None:
    both = Library([Document("国家", notices=(NATIONAL,)), Document("问答", entries=(QINGHAI,))])
    left = Library([Document("国家", notices=(NATIONAL,))], both)

    assert "8月3日" in both.ask("青海什么时候报到", NOBODY).text
    assert "8月3日" not in left.ask("青海什么时候报到", NOBODY).text


def test_changed_document_is_read_again() -> None:
    before = Library([Document("问答", entries=(QINGHAI,))])
    corrected = replace(QINGHAI, answer="8月9日报到。")

    after = Library([Document("问答", entries=(corrected,))], before)

    assert "8月9日" in after.ask("青海什么时候报到", NOBODY).text


def test_fact_is_told_as_of_a_day() -> None:
    documents = [Document("陕西.docx", notices=(SHANXI, CHANGE))]
    question = "陕西骨干教师培训班什么时候报到"

    before = Library(known_on(documents, date(2021, 6, 10))).ask(question, NOBODY).text
    after = Library(known_on(documents, date(2021, 6, 21))).ask(question, NOBODY).text

    assert "7月10日" in before
    assert "7月18日" not in before
    assert "7月18日" in after
