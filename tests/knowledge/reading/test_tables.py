"""Tables of a notice as they are meant: cards, rows over the whole width, captions."""

from knowledge.notices import Section
from knowledge.reading.files import read_file
from tests.knowledge.reading.layouts import Merged, Page, html


def section_of(*parts: str | list[list[str | Merged]]) -> Section:
    page: Page = ["关于研修的通知", "各校：", "一、安排", *parts]
    [notice] = read_file("n.html", html(page)).notices
    return notice.sections[-1]


def test_a_table_of_labels_is_a_card_with_a_part_for_each() -> None:
    section = section_of(
        [
            ["研修时间", "2026年4月7日—4月26日，共20天"],
            ["研修地点", "西宁市城北区海湖大道38号"],
            ["注意事项", "1.自备电脑。\n2.带照片2张。"],
        ]
    )

    assert not section.tables
    assert [part.heading for part in section.children] == ["研修时间", "研修地点", "注意事项"]
    assert section.children[2].paragraphs == ("1.自备电脑。", "2.带照片2张。")


def test_a_table_of_two_columns_with_a_head_stays_one() -> None:
    section = section_of(
        [["环节", "要求"], ["集中研修", "全程参加并签到，缺勤不超过两天"], ["返岗实践", "上课2节"]]
    )

    assert section.tables[0].header == ("环节", "要求")


def test_line_that_names_the_table_below_it_is_its_caption() -> None:
    section = section_of("名额调整表（单位：人）", [["市", "原名额", "调整后"], ["西宁", "3", "5"]])

    assert section.tables[0].caption == "名额调整表（单位：人）"


def test_rows_over_the_whole_width_name_what_follows_or_close_the_table() -> None:
    section = section_of(
        "（单位：人）",
        [
            [Merged("2026年名额分配表", across=3)],
            ["市", "小学", "初中"],
            [Merged("第一批研修", across=3)],
            ["西宁", "3", "3"],
            [Merged("第二批研修", across=3)],
            ["海东", "4", "5"],
            [Merged("注：民族地区优先。", across=3)],
        ],
    )
    first, second = section.tables

    assert first.caption == "（单位：人） 2026年名额分配表 第一批研修"
    assert (first.header, first.rows) == (("市", "小学", "初中"), (("西宁", "3", "3"),))
    assert second.caption.endswith("第二批研修")
    assert section.paragraphs == ("注：民族地区优先。",)


def test_sentence_that_announces_a_table_says_what_it_holds() -> None:
    section = section_of(
        "集中培训共7天。集中培训安排见下表：", [["学科", "地点"], ["音乐", "楚天宾馆"]]
    )

    assert section.tables[0].caption == "集中培训安排"
    assert section.paragraphs == ("集中培训共7天。集中培训安排见下表：",)
