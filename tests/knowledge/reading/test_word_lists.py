"""Sections of a Word document whose numbers stand in no text: Word counts them."""

import io
from collections.abc import Sequence

import pytest
from docx import Document as new_word
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.text.paragraph import Paragraph

from knowledge.notices import Section
from knowledge.reading.files import read_file

OUTLINE = (("decimal", "%1"), ("decimal", "%1.%2"), ("lowerLetter", "%3)"))


def define(document: WordDocument, levels: Sequence[tuple[str, str]], *, restart: bool) -> int:
    """A list definition with two lists; the second starts again where `restart`."""
    root = document.part.numbering_part.element
    number = 70 + len(root)
    printed = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    definition = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">{printed}'
    root.insert(0, parse_xml(f"{definition}</w:abstractNum>"))
    for at in (number, number + 1):
        override = again if restart and at > number else ""
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{at}">'
                f'<w:abstractNumId w:val="{number}"/>{override}</w:num>'
            )
        )
    return number


def number(paragraph: Paragraph, of: int, level: int = 0) -> None:
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{of}"/></w:numPr>'
        )
    )


def read(document: WordDocument) -> tuple[Section, ...]:
    content = io.BytesIO()
    document.save(content)
    [notice] = read_file("n.docx", content.getvalue()).notices
    return notice.sections


def course() -> tuple[Section, ...]:
    document = new_word()
    document.add_paragraph("关于举办2025年美术教师研修的通知")
    document.add_paragraph("各县教育局：")
    document.add_paragraph("现将安排通知如下。")
    of = define(document, OUTLINE, restart=False)
    for level, text in (
        (0, "谁参加"),
        (1, "全县美术教师，共80人。"),
        (1, "2023年参加过的不再报名。"),
        (0, "怎么安排"),
        (1, "分两段："),
        (2, "线上：5月6日至5月30日；"),
        (2, "线下：6月3日24:00前报到。"),
    ):
        number(document.add_paragraph(text), of, level)
    table = document.add_table(2, 2)
    for at, cell in enumerate(("项目", "标准", "伙食费", "110元/人·天")):
        table.cell(at // 2, at % 2).text = cell
    number(document.add_paragraph("找谁问"), of)
    document.add_paragraph("教研室何老师。")
    return read(document)


def test_counted_numbers_make_sections_at_their_level() -> None:
    lead, who, when, whom = course()

    assert lead.paragraphs == ("现将安排通知如下。",)
    assert [each.number for each in (who, when, whom)] == ["1", "2", "3"]
    assert [each.heading for each in (who, when, whom)] == ["谁参加", "怎么安排", "找谁问"]
    assert [each.number for each in who.children] == ["1.1", "1.2"]
    assert who.children[1].paragraphs == ("2023年参加过的不再报名。",)
    assert [each.number for each in when.children[0].children] == ["a)", "b)"]


def test_a_table_stands_in_the_section_above_it() -> None:
    _, _, when, _ = course()
    [table] = when.children[0].children[1].tables

    assert table.rows == (("伙食费", "110元/人·天"),)


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("chineseCounting", "第%1条", ["第一条", "第二条", "第三条"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("decimal", "〔%1〕", ["〔1〕", "〔2〕", "〔3〕"]),
    ],
)
def test_every_form_of_number_makes_sections(form: str, text: str, expected: list[str]) -> None:
    document = new_word()
    document.add_paragraph("关于研修的通知")
    of = define(document, [(form, text)], restart=False)
    for heading in ("对象", "时间", "地点"):
        number(document.add_paragraph(heading), of)

    sections = read(document)

    assert [each.number for each in sections] == expected
    assert [text for each in sections for text in (each.heading, *each.paragraphs) if text] == [
        "对象",
        "时间",
        "地点",
    ]


@pytest.mark.parametrize(("restart", "expected"), [(False, ["1", "2"]), (True, ["1", "1"])])
def test_lists_of_one_definition_go_on_unless_they_restart(
    *, restart: bool, expected: list[str]
) -> None:
    document = new_word()
    document.add_paragraph("关于研修的通知")
    of = define(document, OUTLINE, restart=restart)
    number(document.add_paragraph("对象"), of)
    number(document.add_paragraph("时间"), of + 1)

    assert [each.number for each in read(document)] == expected
