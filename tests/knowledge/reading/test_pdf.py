"""Notices as PDF: broken lines, tables over two pages, running heads and feet."""

from datetime import date

import pytest

from knowledge.documents import Document, Unreadable
from knowledge.reading.files import read_file
from tests.knowledge.reading.pdf_files import Sheet, pdf, sheet

HEAD = "甘肃省教师培训文件汇编"


def page_of(number: int, *lines: str) -> Sheet:
    page = sheet()
    page.text(HEAD, y=800)
    page.text(f"- {number} -", x=280, y=30)
    for line in lines:
        indented = line.startswith("　　")
        page.text(line.strip("　"), x=72 + 24 * indented)
    return page


def gansu() -> Document:
    first = page_of(
        1,
        "甘肃省教育厅关于举办2026年班主任研修的通知",
        "甘教师函〔2026〕19号",
        "各市州教育局：",
        "　　一、研修时间。研修分线上和线下两段，线上自2026年5月6日起，共三十",
        "五天，线下在兰州市举行，为期5天，具体安排见下表，请各地按时组织教师参加。",
        "　　二、任务安排",
    )
    widths = [115, 65, 150, 130]
    first.table(
        [
            [["时间"], ["阶段"], ["学员"], ["指导教师"]],
            [
                ["5月6日-", "6月9日"],
                ["线上研修"],
                ["1.课程学习。完成", "40学时课程。", "2.作业。5月30日", "前交2份作业。"],
                ["1.批阅。每人批阅", "30份作业。"],
            ],
        ],
        widths,
    )
    second = page_of(2)
    second.table(
        [
            [["时间"], ["阶段"], ["学员"], ["指导教师"]],
            [
                ["6月15-19日"],
                ["线下研修"],
                ["1.报到。6月15日", "中午前报到。"],
                ["1.示范。上1节示", "范课。"],
            ],
        ],
        widths,
    )
    for line in ("　　三、联系人：李强，0931-8880000。", "甘肃省教育厅", "2026年4月20日"):
        second.text(line.strip("　"), x=72 + 24 * line.startswith("　　"))
    return read_file("n.pdf", pdf([first, second]))


def test_the_head_and_the_sections_are_read() -> None:
    [notice] = gansu().notices

    assert notice.title == "甘肃省教育厅关于举办2026年班主任研修的通知"
    assert notice.number == "甘教师函〔2026〕19号"
    assert notice.issued == date(2026, 4, 20)
    assert [section.number for section in notice.sections] == ["一、", "二、", "三、"]


def test_broken_lines_are_one_paragraph_again() -> None:
    [notice] = gansu().notices

    assert "共三十五天" in notice.sections[0].paragraphs[0]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    assert HEAD not in repr(gansu())
    assert "- 2 -" not in repr(gansu())


def test_a_table_that_goes_on_over_the_page_is_one_table() -> None:
    [programme] = gansu().programmes
    first, second = programme.stages

    assert (first.starts, first.ends) == (date(2026, 5, 6), date(2026, 6, 9))
    assert [(task.role, task.title) for task in first.tasks] == [
        ("学员", "课程学习"),
        ("学员", "作业"),
        ("指导教师", "批阅"),
    ]
    assert first.tasks[1].due == date(2026, 5, 30)
    assert first.tasks[0].detail == "完成40学时课程。"
    assert [task.title for task in second.tasks] == ["报到", "示范"]


def test_a_scan_without_text_is_refused() -> None:
    with pytest.raises(Unreadable, match="扫描件"):
        read_file("scan.pdf", pdf([sheet()]))


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(Unreadable, match="超过300页"):
        read_file("long.pdf", pdf([sheet() for _ in range(301)]))
