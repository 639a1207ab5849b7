"""Word files as offices set them: letterheads in tables, text boxes, headings by their print."""

import io

from docx import Document as new_word
from docx.document import Document as Word
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from knowledge.notices import Notice
from knowledge.reading.files import read_file

TEXT = "请各地于5月12日前将名单报送省教师发展中心，逾期不再受理，其他事项按照往年的办法执行。"


def notice_in(word: Word) -> Notice:
    content = io.BytesIO()
    word.save(content)
    [notice] = read_file("n.docx", content.getvalue()).notices
    return notice


def test_a_letterhead_in_a_table_is_a_line_and_larger_print_a_heading() -> None:
    word = new_word()
    head = word.add_table(1, 2).rows[0].cells
    head[0].text, head[1].text = "江西省教育厅", "文件"
    for text in ("赣教师字〔2025〕22号", "关于2025年远程研修的通知", "各市教育局："):
        word.add_paragraph(text)
    for heading in ("研修对象", "研修时间"):
        word.add_paragraph().add_run(heading).font.size = Pt(16)
        word.add_paragraph(TEXT)
    notice = notice_in(word)

    assert [section.heading for section in notice.sections] == ["研修对象", "研修时间"]
    assert notice.sections[0].paragraphs == (TEXT,)
    assert not any(section.tables for section in notice.sections)


def test_lines_broken_by_hand_and_those_of_a_text_box_are_paragraphs() -> None:
    word = new_word()
    word.add_paragraph("关于研修的通知")
    broken = word.add_paragraph(TEXT).add_run()
    for text in ("请假一天由班主任批准", "请假三天由基地批准"):
        broken.add_break()
        broken.add_text(text)
    box = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in ("周老师", "0791-86750000")
    )
    word.add_paragraph()._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></w:r>"
        )
    )

    assert notice_in(word).sections[0].paragraphs == (
        TEXT,
        "请假一天由班主任批准",
        "请假三天由基地批准",
        "周老师",
        "0791-86750000",
    )


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    word = new_word()
    word.add_paragraph("关于研修的通知")
    outer = word.add_table(2, 2)
    for cell, text in zip(outer._cells, ("项目", "内容", "安排", ""), strict=True):
        cell.text = text
    inner = outer.cell(1, 1).add_table(2, 2)
    for cell, text in zip(inner._cells, ("日期", "课程", "4月7日", "讲座"), strict=True):
        cell.text = text

    [_, table] = notice_in(word).sections[0].tables
    assert (table.header, table.rows) == (("日期", "课程"), (("4月7日", "讲座"),))


def test_a_heading_without_number_stands_below_the_numbered_one_of_a_higher_level() -> None:
    word = new_word()
    word.add_paragraph("关于研修的通知")
    for text, level in (("一、条件", 1), ("基本条件", 2), ("优先条件", 2), ("二、费用", 1)):
        word.add_heading(text, level)
        word.add_paragraph(TEXT)
    first, second = notice_in(word).sections

    assert [part.heading for part in first.children] == ["基本条件", "优先条件"]
    assert second.heading == "费用"
