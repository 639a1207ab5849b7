"""The seed page: nine items, read as a person would read them."""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from knowledge.bundled import bundled_documents
from knowledge.chinese.normal import simplified
from knowledge.documents import Document
from knowledge.notices import Section
from knowledge.programme.changes import Reworded, changes
from knowledge.reading.files import read_file

SEED = Path(__file__).parents[4] / "shared" / "seed"
pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason="the seed page is not beside the checkout"
)


@cache
def seed() -> Document:
    [path] = SEED.glob("*.txt")
    return read_file(path.name, path.read_bytes())


def numbers(sections: tuple[Section, ...]) -> list[str]:
    return [section.number for section in sections]


def test_four_questions_are_answered() -> None:
    answers = {entry.source.section: entry for entry in seed().entries}

    assert list(answers) == ["⑵", "⑷", "⑺", "⑻"]
    assert answers["⑵"].scope.provinces == {"江西"}
    assert answers["⑻"].scope.years == {2010}
    assert answers["⑻"].scope.provinces == {"江西"}


def test_a_changed_day_names_the_one_before() -> None:
    entry = next(entry for entry in seed().entries if entry.source.section == "⑷")

    assert entry.scope.provinces == {"云南"}
    assert entry.replaces == "8號"
    assert "25號" in entry.answer


def test_advertising_is_left_out_and_the_answer_comes_first() -> None:
    entry = next(entry for entry in seed().entries if entry.source.section == "⑺")

    assert not [word for word in ("採納", "滿意", "點擊", "好評") if word in entry.answer]
    assert simplified(entry.answer).startswith("是算的")


def test_characters_strewn_in_by_the_site_are_left_out_of_the_answer() -> None:
    entry = next(entry for entry in seed().entries if entry.source.section == "⑺")

    assert "四分之三" in entry.answer
    assert "水平直接" in entry.answer
    assert "四分版之三" in entry.source.text


def test_three_questions_stay_open() -> None:
    assert [question.line for question in seed().open_questions] == [5, 72, 85]


def test_a_heading_above_other_text_is_doubted_with_its_line() -> None:
    [doubt] = [doubt for doubt in seed().doubts if doubt.text.startswith("⑴")]

    assert doubt.line == 1


def test_the_notice_has_its_head() -> None:
    [notice] = seed().notices

    assert notice.number == "教師廳〔2015〕2號"
    assert notice.issuers == ("教育部辦公廳", "財政部辦公廳")
    assert notice.issued == date(2015, 4, 7)
    assert notice.addressees.startswith("各省、自治區、直轄市教育廳")
    assert (notice.province, notice.years) == ("", (2015,))
    assert notice.links == ("http://sxzxwxyz2015.e.px.teacher.com.cn/",)


def test_the_notice_has_its_sections_and_annexes() -> None:
    [notice] = seed().notices
    lead, *rest = notice.sections
    first, second = rest[4:]

    assert lead.number == ""
    assert numbers(tuple(rest)) == ["一、", "二、", "三、", "四、", "附件1", "附件2"]
    assert numbers(first.children) == ["一、", "二、", "三、", "四、", "五、"]
    assert [numbers(each.children) for each in second.children] == [
        ["(一)", "(二)", "(三)", "(四)", "(五)"],
        ["(一)", "(二)", "(三)", "(四)"],
    ]
    assert second.heading == "「國培計劃」——中西部項目和幼師國培項目"


def test_the_programme_has_53_tasks() -> None:
    [programme] = seed().programmes

    assert programme.roles == ("学员", "组长", "指导教师", "省级专家")
    assert [len(stage.tasks) for stage in programme.stages] == [18, 17, 18]
    assert (programme.province, programme.years) == ("山东", (2015,))
    assert len({task.code for stage in programme.stages for task in stage.tasks}) == 53


def test_stages_keep_their_words_beside_the_days_taken() -> None:
    [programme] = seed().programmes
    spans = [(stage.name, stage.when, stage.starts, stage.ends) for stage in programme.stages]

    assert spans == [
        ("分散研修", "7月下旬-9月30日", date(2015, 7, 21), date(2015, 9, 30)),
        ("集中研修", "10月17-18日", date(2015, 10, 17), date(2015, 10, 18)),
        ("创课", "2015年11月1日-2006年1月底", date(2015, 11, 1), date(2016, 1, 31)),
    ]
    assert programme.stages[2].reading == "原文写2006年1月底，按2016年1月底理解"
    assert any("2006年1月底" in doubt.text and doubt.line == 2 for doubt in seed().doubts)


def test_marks_and_deadlines_are_those_of_the_page() -> None:
    [programme] = seed().programmes
    tasks = [task for stage in programme.stages for task in stage.tasks]

    assert Counter(task.marks for task in tasks) == {"*": 10, "○": 13, "△": 16, "*○": 6, "*△": 8}
    assert [(task.due, task.due_text) for task in tasks if task.due] == [
        (date(2015, 8, 1), "8月1日前"),
        (date(2015, 8, 1), "8月1日前"),
        (date(2015, 9, 20), "9月20日前、9月30日前"),
        (date(2015, 10, 16), "10月16日前"),
        (date(2015, 10, 16), "10月16日前"),
    ]


def test_amounts_are_those_of_the_page() -> None:
    [programme] = seed().programmes
    found = [
        (amount.value, amount.unit)
        for stage in programme.stages
        for task in stage.tasks
        for amount in task.amounts
    ]

    assert found == [
        (6, "个课例资源包"),
        (200, "字"),
        (6, "节"),
        (800, "字"),
        (1000, "字"),
        (10, "个问题"),
        (3, "期"),
        (10, "个问题"),
        (3, "期"),
        (6, "学时"),
        (50, "篇"),
        (20, "篇"),
        (2, "期"),
        (2, "期"),
        (1, "篇"),
        (1, "节"),
        (1, "节"),
        (1, "节"),
        (1, "个优课"),
        (2, "期"),
        (1, "节"),
        (1, "个优课"),
        (2, "期"),
    ]


def test_the_text_stays_in_the_script_of_the_file() -> None:
    [programme] = seed().programmes

    assert programme.stages[0].tasks[0].title == "觀評課"


def test_every_task_is_that_of_the_bundled_programme() -> None:
    """Written by hand and by the reader: one code, title, role, stage, marks, days, amounts."""
    [bundled] = [programme for each in bundled_documents() for programme in each.programmes]
    [read] = seed().programmes

    found = changes(bundled, read)

    assert [change for change in found if not isinstance(change, Reworded)] == []
    assert [
        (task.code, task.role, task.marks) for stage in read.stages for task in stage.tasks
    ] == [(task.code, task.role, task.marks) for stage in bundled.stages for task in stage.tasks]
