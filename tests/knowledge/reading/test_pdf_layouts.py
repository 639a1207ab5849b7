"""PDF pages set in columns, with marks of footnotes, and with headings known by their print."""

from datetime import date

from knowledge.notices import Notice
from knowledge.reading.files import read_file
from tests.knowledge.reading.pdf_files import LEFT, SIZE, Sheet, pdf, sheet

WIDE = 30  # characters of a column
TEXTS = (
    "本市中小学在职教师均可报名，教龄须满三年，每校不超过五人，特级教师不在招生范围之内，名额用完为止。",
    "每周六上午八时三十分至十一时三十分上课，法定节假日停课，共计十四次，每次四学时，无故不得缺席。",
    "每人每期一千二百元，由学校从公用经费中列支，不得要求教师个人承担，发票由市教师发展中心开具。",
)


def notice_in(page: Sheet) -> Notice:
    [notice] = read_file("n.pdf", pdf([page])).notices
    return notice


def broken(text: str, wide: int) -> list[str]:
    return [text[at : at + wide] for at in range(0, len(text), wide)]


def test_the_left_column_is_read_before_the_right_one() -> None:
    page = sheet()
    page.text("天津市中小学教师研修简章")
    page.text("天津市教师发展中心 2026年1月15日")
    for column, headings in enumerate((("一、对象", "二、时间"), ("三、费用", "四、地点"))):
        y = 640.0
        for heading, text in zip(headings, TEXTS[column : column + 2], strict=True):
            for line in (heading, *broken(text, 16)):
                page.text(line, x=LEFT + column * 222, y=y)
                y -= 2 * SIZE
    notice = notice_in(page)

    assert [section.number for section in notice.sections] == ["一、", "二、", "三、", "四、"]
    assert [section.paragraphs for section in notice.sections] == [
        (TEXTS[0],),
        (TEXTS[1],),
        (TEXTS[1],),
        (TEXTS[2],),
    ]
    assert notice.issued == date(2026, 1, 15)
    assert notice.issuers == ("天津市教师发展中心",)


def test_the_mark_of_a_footnote_does_not_break_its_sentence() -> None:
    page = sheet()
    page.text("关于研修的通知")
    page.text("一、全省共计培养860人", y=600)
    page.text("①", x=LEFT + 12 * SIZE, y=604, size=8)
    page.text("，经费由省里承担。", x=LEFT + 13 * SIZE, y=600)

    assert notice_in(page).sections[0].paragraphs == ("全省共计培养860人，经费由省里承担。",)


def test_larger_print_marks_headings_and_wide_blanks_stay_between_words() -> None:
    page = sheet()
    page.text("湖南省新教师研修指南", size=20)
    for heading, text in zip(("项目简介", "结业条件", "联系方式"), TEXTS, strict=True):
        page.text(heading, size=14)
        for line in broken(text, 37):
            page.text(line)
    page.text("请找省教师发展中心　彭老师，联　系　电　话见首页。")
    notice = notice_in(page)

    headings = [section.heading for section in notice.sections]
    assert headings == ["项目简介", "结业条件", "联系方式"]
    assert notice.sections[0].paragraphs == (TEXTS[0],)
    assert "请找省教师发展中心 彭老师，联系电话见首页。" in notice.sections[2].paragraphs


def test_a_bracket_in_a_cell_goes_on_with_the_line_above() -> None:
    page = sheet()
    page.text("关于研修的通知")
    page.table(
        [[["阶段"], ["任务"]], [["实践"], ["写报告", "（2500字以上）", "交日志"]]], [100, 200]
    )

    assert notice_in(page).sections[0].tables[0].rows == (("实践", "写报告（2500字以上）\n交日志"),)
