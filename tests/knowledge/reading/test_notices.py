"""Notices of provinces that nobody prepared the reader for."""

import io
from datetime import date

import pytest
from docx import Document as new_word

from knowledge.notices import Notice, Section
from knowledge.reading.files import read_file
from knowledge.reading.word_numbers import printed
from tests.knowledge.reading import samples


def notice_in(name: str, content: bytes, region: str = "") -> Notice:
    [notice] = read_file(name, content, region=region).notices
    return notice


def tree(sections: tuple[Section, ...]) -> list[str | list[object]]:
    found: list[str | list[object]] = []
    for section in sections:
        found.append(section.number)
        if section.children:
            found.append(list(tree(section.children)))
    return found


def test_the_head_is_read_without_being_told() -> None:
    notice = notice_in("n.txt", samples.GUIZHOU.encode())

    assert notice.title == (
        "贵州省教育厅办公室关于组织实施2026年乡村教师信息技术应用能力提升培训的通知"
    )
    assert notice.number == "黔教办师函〔2026〕37号"
    assert notice.issuers == ("贵州省教育厅办公室",)
    assert notice.issued == date(2026, 5, 18)
    assert notice.addressees == "各市（州）教育局，贵安新区教育局，各有关高校"
    assert (notice.province, notice.years) == ("贵州", (2026,))
    assert notice.links == ("https://px.gzedu.example.cn/2026",)
    assert notice.amends == ()


def test_sections_nest_as_their_numbers_do() -> None:
    notice = notice_in("n.txt", samples.GUIZHOU.encode())

    assert tree(notice.sections) == [
        "",
        "一、",
        "二、",
        ["（一）", "（二）"],
        "三、",
        ["1.", "2.", ["（1）", "（2）", ["①"]]],
        "四、",
        "附件1",
    ]
    assert notice.sections[2].children[0].heading == "线上研修"
    assert notice.sections[2].children[0].paragraphs[0].startswith("2026年6月15日至8月20日")
    assert notice.sections[3].children[0].heading == ""


def test_a_hard_wrapped_text_in_gb18030_is_joined_to_paragraphs() -> None:
    notice = notice_in("n.txt", samples.HUBEI_AMENDING.encode("gb18030"))
    lead, first, *_ = notice.sections

    assert (
        notice.title
        == "湖北省教师管理与培训中心关于2026年中小学名师工作室集中研修报到时间调整的补充通知"
    )
    assert notice.number == "鄂师培〔2026〕第45号"
    assert notice.issued == date(2026, 6, 24)
    assert "《关于举办2026年中小学名师工作室集中研修的通知》" in lead.paragraphs[0]
    assert first.paragraphs[0].endswith("地点不变，仍为武汉市洪山区华中师范大学桂苑宾馆。")


def test_an_amending_notice_names_the_one_it_changes() -> None:
    notice = notice_in("n.txt", samples.HUBEI_AMENDING.encode())

    assert notice.amends == (
        "鄂师培〔2026〕31号",
        "关于举办2026年中小学名师工作室集中研修的通知",
    )


@pytest.mark.parametrize(
    ("text", "amends"),
    [
        ("现将《2026年骨干教师研修方案》中的集中时间调整为8月3日。", ("2026年骨干教师研修方案",)),
        ("对《研修通知二则》（川教函[2026]8号）予以更正。", ("川教函[2026]8号", "研修通知二则")),
        ("原川教函（2026）8号文件同时废止。", ("川教函（2026）8号",)),
        ("根据《教师培训管理办法》（川教函〔2025〕1号）要求，调整课程设置。", ()),
        ("请认真学习《教师培训管理办法》。", ()),
    ],
)
def test_only_what_is_changed_counts_as_amended(text: str, amends: tuple[str, ...]) -> None:
    page = f"四川省教育厅关于2026年研修工作的通知\n各市：\n{text}\n四川省教育厅\n2026年6月1日"

    assert notice_in("n.txt", page.encode()).amends == amends


def test_a_government_page_is_read_without_its_furniture() -> None:
    notice = notice_in("n.html", samples.ZHEJIANG_PAGE.encode("gb18030"))

    assert notice.title == "浙江省教育厅关于公布2026年中小学教师专业发展培训安排的公告"
    assert notice.number == "浙教师公告〔2026〕3号"
    assert notice.issued == date(2026, 3, 12)
    assert notice.province == "浙江"
    assert notice.links == ("http://px.zjedu.example.cn/reg",)
    assert [section.number for section in notice.sections] == ["", "一、", "二、", "三、", "四、"]
    assert len(notice.sections[3].tables) == 1
    assert not [word for word in ("首页", "别的新闻", "版权", "不是正文") if word in repr(notice)]


@pytest.mark.parametrize(
    "number",
    [
        "甘教师〔2026〕9号",
        "甘教师[2026]9号",
        "甘教师【2026】9号",
        "甘教师（2026）9号",
        "甘教师(2026) 9号",
    ],
)
def test_the_number_is_known_in_every_kind_of_bracket(number: str) -> None:
    page = f"{number}\n甘肃省教育厅关于研修的通知\n各市州：\n请照办。\n甘肃省教育厅\n2026年3月2日"

    assert notice_in("n.txt", page.encode()).number == number.replace(" ", "")


def test_the_region_stands_in_where_the_text_names_no_province() -> None:
    page = "关于开展校本研修的通知\n各学校：\n请于9月1日前报名。\n研修中心\n2026年3月2日"

    assert notice_in("n.txt", page.encode(), "青海省").province == "青海"
    assert notice_in("n.txt", page.encode()).province == ""


def test_a_national_notice_stays_national() -> None:
    page = "教育部关于实施培训的通知\n各省教育厅：\n请照办。\n教育部\n2026年3月2日"

    assert notice_in("n.txt", page.encode(), "青海").province == ""


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("一、学员于5月8日24:00前自行注册", "学员于5月8日24:00前自行注册", ""),
        ("一、报到：5月8日14:00—18:00", "报到", "5月8日14:00—18:00"),
        ("一、登录http://a.example.cn注册", "登录http://a.example.cn注册", ""),
    ],
)
def test_a_colon_in_a_time_or_an_address_ends_no_heading(
    line: str, heading: str, text: str
) -> None:
    page = f"关于研修的通知\n各校：\n{line}\n请大家按时完成。"
    [section] = notice_in("n.txt", page.encode()).sections

    assert section.heading == heading
    assert section.paragraphs == (*filter(None, [text]), "请大家按时完成。")


def test_an_item_may_begin_with_a_day() -> None:
    page = "关于研修的通知\n各校：\n一、任务\n1.听课。\n2.写札记。\n3.5月8日前交教案。"
    [section] = notice_in("n.txt", page.encode()).sections

    assert [each.number for each in section.children] == ["1.", "2.", "3."]


def test_markdown_headings_and_tables_are_kept() -> None:
    text = (
        "# 研修平台使用指南\n\n## 登录\n\n打开 [平台](https://a.example.cn) 。\n\n## 学时\n\n"
        + ("| 课程 | 学时 |\n|---|---|\n| **师德** | 8学时 |\n")
    )
    notice = notice_in("guide.md", text.encode())

    assert notice.title == "研修平台使用指南"
    assert [section.heading for section in notice.sections] == ["登录", "学时"]
    assert notice.sections[1].tables[0].rows == (("师德", "8学时"),)
    assert notice.links == ("https://a.example.cn",)


def test_a_plan_sent_with_a_covering_letter_is_its_annex() -> None:
    notice = notice_in("n.txt", samples.YUNNAN.encode())
    lead, plan = notice.sections

    assert notice.number == "云教师〔2025〕18号"
    assert notice.issuers == ("云南省教育厅", "云南省财政厅")
    assert (plan.number, plan.heading) == ("附件", "云南省“国培计划（2025）”实施方案")
    assert lead.paragraphs == ("现将实施方案印发给你们，请认真贯彻执行。",)
    assert tree(plan.children) == [
        "一、",
        ["（一）", "（二）", ["1.", "2."]],
        "二、",
        ["第一条"],
        "三、",
        ["1.", "2."],
    ]


def test_items_on_one_line_are_told_apart_and_a_bare_clause_keeps_its_words() -> None:
    plan = notice_in("n.txt", samples.YUNNAN.encode()).sections[1]
    first, second = plan.children[2].children

    assert first.paragraphs == ("学员往返交通费由所在单位承担。",)
    assert second.paragraphs == ("每人每天400元。",)
    assert plan.children[1].children[0].paragraphs == ("培养周期为3年。",)


def test_the_foot_of_a_notice_is_no_part_of_its_text() -> None:
    assert not [
        word
        for word in ("抄送", "日印发", "主动公开")
        if word in repr(notice_in("n.txt", samples.YUNNAN.encode()).sections)
    ]


def test_numbers_that_word_counts_itself_are_read() -> None:
    document = new_word()
    for style, text in (
        ("Title", "新疆教师研修指南"),
        ("List Number", "在平台注册。"),
        ("List Number", "选择三门课程，学满四十学时。"),
        ("List Bullet", "带好身份证。"),
    ):
        document.add_paragraph(text, style=style)
    content = io.BytesIO()
    document.save(content)
    [notice] = read_file("n.docx", content.getvalue()).notices

    assert [(each.number, each.paragraphs[0]) for each in notice.sections] == [
        ("1.", "在平台注册。"),
        ("2.", "选择三门课程，学满四十学时。"),
    ]
    assert notice.sections[1].paragraphs[1] == "带好身份证。"


@pytest.mark.parametrize(
    ("form", "printed_as"),
    [
        ("decimal", "12"),
        ("chineseCounting", "十二"),
        ("decimalEnclosedCircle", "⑫"),
        ("upperLetter", "L"),
    ],
)
def test_word_counts_in_several_digits(form: str, printed_as: str) -> None:
    assert printed(12, form) == printed_as
