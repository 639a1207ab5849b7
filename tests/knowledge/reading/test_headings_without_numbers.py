"""Sections whose headings wear brackets, ornaments or bold print instead of a number."""

import io

import pytest
from docx import Document as new_word

from knowledge.notices import Section
from knowledge.reading.files import read_file
from tests.knowledge.reading.pdf_files import pdf, sheet

HEAD = ["关于举办2024年校医培训的通知", "各县教育局：", "现将安排通知如下。"]
BODY = {
    "参加人员": "全县校医，共60人，每校限报1人。",
    "费用": "伙食费每人每天80元，由县级财政承担。",
    "联系": "何老师，电话见培训群，工作日均可拨打。",
}


def sections(name: str, content: bytes) -> list[Section]:
    [notice] = read_file(name, content).notices
    assert notice.title == HEAD[0]
    return list(notice.sections)


def text_with(form: str, body: dict[str, str] = BODY) -> bytes:
    lines = [line for heading, text in body.items() for line in (form.format(heading), text)]
    return "\n".join([*HEAD, *lines]).encode()


def headed(found: list[Section]) -> dict[str, str]:
    return {each.heading: each.paragraphs[0] for each in found if each.heading}


@pytest.mark.parametrize(
    "form",
    [
        "【{}】",
        "〖{}〗",
        "■ {}",
        "●{}",
        "◆ {}：",
        ">> {}",
        "★ {} ★",
        "== {} ==",
        "—— {} ——",
        "▶{}",
        "# {}",
        "{}",
        "{}：",
    ],
)
def test_a_heading_is_known_by_its_dress(form: str) -> None:
    found = sections("n.txt", text_with(form))

    assert headed(found) == BODY
    assert {each.number for each in found} == {""}
    assert found[0].paragraphs == ("现将安排通知如下。",)


def test_a_heading_glued_to_the_sentence_before_is_cut_off() -> None:
    text = "\n".join([*HEAD[:2], HEAD[2] + "【参加人员】全县校医。【费用】", "每人80元。"])

    assert headed(sections("n.txt", text.encode())) == {
        "参加人员": "全县校医。",
        "费用": "每人80元。",
    }


def test_numbered_items_stand_below_such_a_heading_and_such_a_heading_below_sections() -> None:
    below = text_with("【{}】") + "\n1. 座机8:30后可拨打。\n2. 其余时间请留言。".encode()
    above = "\n".join([*HEAD, "一、对象", "■ 城区", "限30人。", "■ 乡镇", "限30人。", "二、费用"])

    assert [each.number for each in sections("n.txt", below)[-1].children] == ["1.", "2."]
    first, second = sections("n.txt", above.encode())[1:]
    assert [each.heading for each in first.children] == ["城区", "乡镇"]
    assert second.number == "二、"


def test_a_list_is_no_row_of_headings() -> None:
    text = "\n".join(
        [*HEAD, "一、请带", "● 身份证", "● 健康证", "● 水杯", "二、费用", "每人80元。"]
    )
    found = sections("n.txt", text.encode())

    assert found[1].children == ()
    assert found[1].paragraphs == ("● 身份证", "● 健康证", "● 水杯")


def test_words_in_brackets_are_no_heading_in_a_sentence() -> None:
    text = "\n".join([*HEAD, "一、报名", "请登录【校医之家】报名。文号是某教【2024】8号。"])

    assert sections("n.txt", text.encode())[1].paragraphs == (
        "请登录【校医之家】报名。文号是某教【2024】8号。",
    )


def test_short_lines_in_bold_are_headings_in_word_and_on_a_page() -> None:
    document = new_word()
    page = ""
    for line in HEAD:
        document.add_paragraph(line)
        page += f"<p>{line}</p>"
    for heading, text in BODY.items():
        document.add_paragraph().add_run(heading).bold = True
        document.add_paragraph(text)
        page += f"<p><span><strong>{heading}</strong></span></p><p>{text}</p>"
    content = io.BytesIO()
    document.save(content)

    assert headed(sections("n.docx", content.getvalue())) == BODY
    assert headed(sections("n.html", f"<html><body>{page}</body></html>".encode())) == BODY
    lines = [line for heading, text in BODY.items() for line in (f"**{heading}**", text)]
    assert headed(sections("n.md", "\n\n".join([*HEAD, *lines]).encode())) == BODY


def test_a_line_of_a_pdf_that_begins_in_dress_begins_a_paragraph() -> None:
    page = sheet()
    for line in (
        *HEAD[:2],
        "　　现将安排通知如下，请各单位按照要求组织参加，并在规定时间内报送名单信息。",
        "■ 参加人员",
        "全县校医。",
        "■ 费用",
        "每人80元。",
    ):
        page.text(line)

    assert headed(sections("n.pdf", pdf([page]))) == {
        "参加人员": "全县校医。",
        "费用": "每人80元。",
    }
