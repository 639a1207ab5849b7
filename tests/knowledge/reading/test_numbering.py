"""Numbers that open a line, and figures that only look like one."""

import pytest

from knowledge.notices import Notice, Section
from knowledge.reading.files import read_file
from knowledge.reading.numbering import RANKS, numbered


def read(text: str) -> Notice:
    [notice] = read_file("n.txt", text.encode()).notices
    return notice


@pytest.mark.parametrize(
    ("line", "family", "value", "rest"),
    [
        ("3．45号文明确的标准继续执行", "1.", 3, "45号文明确的标准继续执行"),
        ("3．5月6日前上传", "1.", 3, "5月6日前上传"),
        ("12．省级统筹", "1.", 12, "省级统筹"),
        ("壹、总体要求", "壹、", 1, "总体要求"),
        ("叁．考核", "壹、", 3, "考核"),
        ("柒 保障措施", "壹、", 7, "保障措施"),
        ("【四】增设观摩", "【一】", 4, "增设观摩"),
        ("3 名额分配", "1 ", 3, "名额分配"),
        ("4 名额分配（单位：人）", "1 ", 4, "名额分配（单位：人）"),
        ("Ⅳ．考核", "Ⅰ", 4, "考核"),
        ("IX. 考核", "Ⅰ", 9, "考核"),
        ("Ｂ、考核", "A.", 2, "考核"),
        ("丙、考核", "甲、", 3, "考核"),
        ("丁考核与结业", "甲、", 4, "考核与结业"),
    ],
)
def test_number_is_taken_from_what_it_opens(line: str, family: str, value: int, rest: str) -> None:
    found = numbered(line)

    assert found
    assert (found.family, found.value, found.rest) == (family, value, rest)


@pytest.mark.parametrize(
    "line",
    [
        "3．45万元由县级承担",
        "3．45%的名额",
        "2.5万元",
        "陆续开展",
        "甲班学员",
        "乙方",
        "3 人，每人2份",
    ],
)
def test_figure_opens_no_item(line: str) -> None:
    assert numbered(line) is None


def test_formal_number_stands_above_the_plain_one() -> None:
    assert RANKS["章"] < RANKS["壹、"] < RANKS["一、"]


LINES = """江西省2026年研修经费使用规定
壹、总体要求
一、专款专用
经费按需使用。
二、公开透明
定期公示。
贰、标准
1．住宿费按每人每天160元执行。
2．伙食费按每人每天100元执行。
3．45号文明确的标准继续执行。
叁、监督
接受审计。
"""


def outline(sections: tuple[Section, ...]) -> list[str]:
    return [
        line
        for section in sections
        for line in (
            f"{section.number}{section.heading}{''.join(section.paragraphs)}",
            *(f"  {below}" for below in outline(section.children)),
        )
    ]


def test_formal_numbers_are_the_outer_headings_of_a_notice() -> None:
    [notice] = read_file("a.txt", LINES.encode()).notices

    assert notice.title == "江西省2026年研修经费使用规定"
    assert outline(notice.sections) == [
        "壹、总体要求",
        "  一、专款专用经费按需使用。",
        "  二、公开透明定期公示。",
        "贰、标准",
        "  1．住宿费按每人每天160元执行。",
        "  2．伙食费按每人每天100元执行。",
        "  3．45号文明确的标准继续执行。",
        "叁、监督接受审计。",
    ]


def test_roman_numbers_and_capitals_stand_below_what_is_open_when_they_begin() -> None:
    notice = read(
        "关于研修的通知\n各校：\n请照办。\n壹、任务\nⅠ．网络研修：1）看课；2）发帖3次。\n"
        "Ⅱ．集中研修\n贰、要求\nA. 着正装。\nB. 包括：\na、收获；\nb、计划。"
    )

    _, tasks, demands = notice.sections
    assert [(part.number, part.heading) for part in tasks.children] == [
        ("Ⅰ．", "网络研修"),
        ("Ⅱ．", ""),
    ]
    assert [part.paragraphs for part in tasks.children[0].children] == [
        ("看课；",),
        ("发帖3次。",),
    ]
    assert [part.number for part in demands.children] == ["A.", "B."]
    assert [part.number for part in demands.children[1].children] == ["a、", "b、"]


def test_a_list_below_1_1_does_not_end_it() -> None:
    notice = read(
        "1 人员\n1.1 条件\n1.中级职称；\n2.未满五十岁。\n1.2 名额\n2 名额分配（单位：人）\n"
        "各县一人。"
    )

    people, places = notice.sections
    assert [part.number for part in people.children] == ["1.1", "1.2"]
    assert [part.number for part in people.children[0].children] == ["1.", "2."]
    assert places.heading == "名额分配（单位：人）"


def test_items_in_brackets_on_one_line_are_items() -> None:
    notice = read("关于研修的通知\n各校：\n一、任务：（一）听课40节；（二）上课2节。\n二、其他")

    children = notice.sections[0].children
    assert [part.paragraphs for part in children] == [("听课40节；",), ("上课2节。",)]
