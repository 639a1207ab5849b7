"""Pages of questions, with answers of very different quality."""

from datetime import date

from knowledge.reading.files import read_file
from knowledge.sources import Scope
from tests.knowledge.reading import samples


def test_answers_are_told_from_shrugs_and_echoes() -> None:
    document = read_file("q.txt", samples.QUESTIONS.encode())

    assert [entry.source.section for entry in document.entries] == [
        "『壹』",
        "『贰』",
        "『叁』",
        "『伍』",
        "『柒』",
    ]
    assert [question.text for question in document.open_questions] == [
        "谁有国培优秀作业的范文",
        "国培计划有什么意义吗?",
    ]


def test_advertising_is_recognised_by_what_it_asks_for() -> None:
    answers = [entry.answer for entry in read_file("q.txt", samples.QUESTIONS.encode()).entries]

    assert answers[1] == "亲,研修日志每篇不少于500字,共写3篇。"
    assert answers[3] == "1学分等于10学时。你可以登录官网查看"


def test_a_changed_figure_names_the_earlier_one() -> None:
    entries = read_file("q.txt", samples.QUESTIONS.encode()).entries

    assert [entry.replaces for entry in entries] == ["", "", "6月1日", "", ""]


def test_the_verdict_stands_before_the_rest() -> None:
    last = read_file("q.txt", samples.QUESTIONS.encode()).entries[-1]

    assert last.answer.startswith("不算,只发结业证书。")


def test_scope_comes_from_the_question() -> None:
    first, second, third, *_ = read_file("q.txt", samples.QUESTIONS.encode()).entries

    assert first.scope.provinces == {"河北"}
    assert first.scope.years == {2024}
    assert second.scope == Scope()
    assert third.scope.provinces == {"湖南"}


def test_entries_keep_their_ids_when_the_page_is_read_again() -> None:
    once = read_file("q.txt", samples.QUESTIONS.encode())
    shorter = read_file("other.txt", samples.QUESTIONS.replace("亲,", "").encode())

    assert [entry.id for entry in once.entries] == [entry.id for entry in shorter.entries]
    assert len({entry.id for entry in once.entries}) == len(once.entries)


def test_a_guide_of_questions_and_answers_is_cited_by_its_own_title() -> None:
    document = read_file("guide.md", samples.GUIDE.encode())
    first, second, third = document.entries

    assert [entry.answer for entry in document.entries] == [
        "可以，但提前入住的费用自理，每晚180元。",
        "请假超过总学时的1/5不予结业。",
        "结业后30个工作日内。",
    ]
    assert second.question == "请假怎么办"
    assert third.source.title == "四川省2026年“省培计划”教师培训常见问题解答"
    assert third.source.issued == date(2026, 5, 6)
    assert (first.scope.provinces, first.scope.years) == (frozenset({"四川"}), frozenset({2026}))
    assert [question.text for question in document.open_questions] == ["能换班吗"]
