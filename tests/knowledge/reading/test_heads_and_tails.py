"""Where a notice comes from and what hangs at its end, in less usual settings."""

from datetime import date

import pytest

from knowledge.documents import Document
from knowledge.reading.files import read_file
from tests.knowledge.reading.pdf_files import pdf, sheet
from tests.knowledge.reading.samples import web_page

ROWS = [
    ["角色", "集中（5月6日―5月20日）", "返岗（6月1日―6月30日）"],
    ["学员", "1.听课。", "1.上课。"],
    ["班主任", "1.考勤。", "1.回访。"],
]


def read(text: str, region: str = "") -> Document:
    return read_file("n.txt", text.encode(), region=region)


@pytest.mark.parametrize(
    ("head", "province"),
    [
        ("省教育厅关于研修的通知\n琼教师函〔2024〕7号\n各市县：", "海南"),
        ("关于研修的通知\n\n贵阳市、遵义市教育局：", "贵州"),
        ("关于研修的通知\n\n各校：", ""),
    ],
)
def test_the_province_comes_from_the_number_or_from_the_text(head: str, province: str) -> None:
    [notice] = read(f"{head}\n请照办。\n教研中心\n2024年3月2日").notices

    assert notice.province == province


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("省研训中心关于开展“区域教研行动计划", "（2025）”骨干研修的通知"),
        ("关于印发《乡村教师培养方案", "（试行）》的通知"),
    ],
)
def test_a_title_goes_on_while_a_quotation_is_open(first: str, second: str) -> None:
    [notice] = read(f"{first}\n{second}\n各校：\n一、对象\n在岗教师。").notices

    assert notice.title == first + second


def test_the_number_says_more_than_the_region_of_the_coordinator() -> None:
    page = "省教育厅关于研修的通知\n琼教师函〔2024〕7号\n各校：\n请照办。"

    assert read(page, "广东").notices[0].province == "海南"


@pytest.mark.parametrize(
    ("signed", "issuers"),
    [
        ("海南省教育厅海南省财政厅", ("海南省教育厅", "海南省财政厅")),
        ("教育部办公厅财政部办公厅", ("教育部办公厅", "财政部办公厅")),
        ("海南省教育厅  海南省财政厅", ("海南省教育厅", "海南省财政厅")),
        ("海南师范大学教育学院", ("海南师范大学教育学院",)),
    ],
)
def test_issuers_side_by_side_are_told_apart(signed: str, issuers: tuple[str, ...]) -> None:
    [notice] = read(f"关于研修的通知\n各校：\n请照办。\n{signed}\n2024年3月2日").notices

    assert notice.issuers == issuers


def test_number_and_day_may_share_a_line_and_the_signature_may_have_no_day() -> None:
    page = "关于研修的通知\n琼研〔2024〕6号  2024年5月8日印发\n各校：\n请照办。\n海南省研训中心"
    [notice] = read(page).notices

    assert (notice.number, notice.issued) == ("琼研〔2024〕6号", date(2024, 5, 8))
    assert notice.issuers == ("海南省研训中心",)
    assert "研训中心" not in repr(notice.sections)


def test_an_annex_of_a_pdf_does_not_join_the_day_above_it() -> None:
    first, second = sheet(), sheet()
    for line in ("关于举办2024年研修的通知", "各学校：", "请各单位照此办理。"):
        first.text(line)
    first.text("请按本通知要求认真组织实施，确保研修取得实效，并于每月末报告进展情况一次。")
    first.text("海南省教育厅", x=400)
    first.text("2024年4月15日", x=440)
    for line in ("附件1", "名额表", "海口市3人。"):
        second.text(line)
    [notice] = read_file("n.pdf", pdf([first, second])).notices

    assert notice.issued == date(2024, 4, 15)
    assert (notice.sections[-1].number, notice.sections[-1].heading) == ("附件1", "名额表")


def test_an_item_of_a_pdf_may_go_on_below_its_own_beginning() -> None:
    page = sheet()
    for line in ("关于举办2024年研修的通知", "各学校：", "现将有关事项通知如下。", "一、费用"):
        page.text(line)
    page.text("1. 材料费每人90元，由学校从公用经费支出，请于6月4日以前转账，不", x=96)
    page.text("收现金，逾期不候。", x=114)
    page.text("2. 路费自理。", x=96)
    [notice] = read_file("n.pdf", pdf([page])).notices
    first, second = notice.sections[-1].children

    assert first.paragraphs[0].endswith("请于6月4日以前转账，不收现金，逾期不候。")
    assert second.paragraphs == ("路费自理。",)


def test_a_list_of_annexes_that_follow_is_no_section() -> None:
    page = "关于研修的通知\n各校：\n请照办。\n海南省教育厅\n2024年3月2日\n"
    page += "附件：名额表\n附件\n名额表\n3人。"
    [notice] = read(page).notices

    assert [each.heading for each in notice.sections] == ["", "名额表"]


def test_a_schedule_without_a_name_takes_that_of_its_notice() -> None:
    text = "海南省教育厅关于举办2024年美育研修的通知\n各校：\n请照办。\n附件\n各角色任务安排表"
    [programme] = read_file("n.html", web_page(text, ROWS)).programmes

    assert programme.title == "海南省教育厅关于举办2024年美育研修的通知"
    assert (programme.province, programme.source.section) == ("海南", "附件")


def test_a_head_of_two_rows_becomes_one() -> None:
    text = "关于研修的通知\n各校：\n请照办。\n附件\n名额表"
    rows = [["市县", "名额（人）", "名额（人）", "合计"], ["市县", "高中", "初中", "合计"]]
    [notice] = read_file("n.html", web_page(text, [*rows, ["海口市", "3", "4", "7"]])).notices
    [table] = notice.sections[-1].tables

    assert table.header == ("市县", "名额（人）高中", "名额（人）初中", "合计")
    assert table.rows == (("海口市", "3", "4", "7"),)


def test_rows_that_only_look_alike_stay_rows() -> None:
    text = "关于研修的通知\n各校：\n请照办。"
    rows = [["项目", "标准", "标准"], ["住宿费", "160元/人·天", "合住"], ["资料费", "65元/人", "—"]]
    [notice] = read_file("n.html", web_page(text, rows)).notices
    [table] = notice.sections[-1].tables

    assert table.rows == (("住宿费", "160元/人·天", "合住"), ("资料费", "65元/人", "—"))


def test_radicals_that_a_font_puts_for_characters_are_put_back() -> None:
    page = "关于研修的通知\n各校：\n⻓沙市⻢老师、⻣⼲教师⻆⾊说明，⻰岩⻔⼝见。"
    [notice] = read(page).notices

    assert notice.sections[0].paragraphs == ("长沙市马老师、骨干教师角色说明，龙岩门口见。",)


def test_the_foot_below_the_signature_does_not_hide_it() -> None:
    end = "教研中心\n2024年3月2日\n抄送：各校。\n教研中心办公室 2024年3月4日印发"
    [notice] = read(f"关于研修的通知\n各校：\n一、请照办。\n{end}").notices

    assert (notice.issued, notice.issuers) == (date(2024, 3, 2), ("教研中心",))
    assert list(notice.texts()) == ["", "请照办。"]


def test_the_foot_says_the_day_where_nothing_else_does() -> None:
    [notice] = read("关于研修的通知\n各校：\n请照办。\n省厅办公室 2024年3月4日印发").notices

    assert notice.issued == date(2024, 3, 4)
