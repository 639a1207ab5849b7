"""Files that are not what they say, or that mean harm: one clear line, and nothing else."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.documents import Document, Unreadable
from knowledge.reading.files import read_file
from tests.knowledge.reading import samples
from tests.knowledge.reading.pdf_files import pdf, sheet


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        read_file(name, content)
    return str(refused.value)


def archive(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return written.getvalue()


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def word_with(part: str, change: Callable[[bytes], bytes]) -> bytes:
    parts = unpacked(samples.word("通知", samples.SCHEDULE))
    parts[part] = change(parts.get(part, b""))
    return archive(parts)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", b" \r\n\t ", "文件是空的"),
        ("a.docx", b"", "文件是空的"),
        ("a.txt", "　\n".encode(), "文件是空的"),
        ("a.jpg", b"\xff\xd8\xff\xe0", "不支持这种文件"),
        ("a", b"text", "不支持这种文件"),
        ("a.doc", b"text", "不支持这种文件"),
        ("a.txt", bytes(range(256)) * 4, "无法识别"),
        ("a.txt", "通知".encode() + b"\xff\xfe\x81", "无法识别"),
        ("a.txt", b"\x00\x01\x02\x03", "不是文本文件"),
        ("a.txt", b"%PDF-1.4\n", "内容与扩展名不符"),
        ("a.md", b"PK\x03\x04rest", "内容与扩展名不符"),
        ("a.txt", b"<!DOCTYPE html><html></html>", "改为 html"),
        ("a.pdf", b"plain text", "内容与扩展名不符"),
        ("a.pdf", b"%PDF-1.4\nbroken", "已损坏"),
        ("a.docx", b"plain text", "内容与扩展名不符"),
        ("a.docx", b"PK\x03\x04broken", "已损坏"),
        ("a.xlsx", samples.word("通知"), "内容与扩展名不符"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "密码"),
        ("a.html", b"<html><body><script>1</script></body></html>", "没有文字"),
        ("a.docx", samples.word(""), "没有文字"),
    ],
)
def test_what_cannot_be_read_gets_one_line(name: str, content: bytes, reason: str) -> None:
    said = refusal(name, content)

    assert reason in said
    assert said.startswith(f"{name}：")
    assert "\n" not in said


def test_a_name_with_folders_is_cut_to_the_file() -> None:
    assert refusal("../../etc/a.txt", b"").startswith("a.txt：")


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    bomb = archive({"word/document.xml": b"0" * (100 * 2**20)})

    assert "展开后太大" in refusal("bomb.docx", bomb)


def test_an_archive_of_thousands_of_parts_is_refused() -> None:
    parts = {f"word/{number}.xml": b"<a/>" for number in range(2100)}

    assert "展开后太大" in refusal("many.docx", archive(parts | {"word/document.xml": b"<a/>"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_external_entities_are_refused(encoding: str) -> None:
    attack = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b SYSTEM'
        ' "file:///etc/passwd">]><a>&b;</a>'
    )
    content = word_with("word/document.xml", lambda _: attack.encode(encoding))

    assert "外部实体" in refusal("xxe.docx", content)


def test_macros_are_refused() -> None:
    assert "宏" in refusal("macro.docx", word_with("word/vbaProject.bin", lambda _: b"macro"))
    content = word_with(
        "[Content_Types].xml",
        lambda types: types.replace(b"wordprocessingml.document.main", b"macroEnabled.main"),
    )
    assert "宏" in refusal("macro.docx", content)


def test_a_sheet_merged_to_its_far_corner_is_refused() -> None:
    parts = unpacked(samples.workbook("表", [["一"]]))
    name = "xl/worksheets/sheet1.xml"
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    parts[name] = parts[name].replace(b"</sheetData>", merged)

    assert "表格太大" in refusal("wide.xlsx", archive(parts))


def test_a_sheet_with_a_cell_at_its_far_corner_is_refused() -> None:
    parts = unpacked(samples.workbook("表", [["一"]]))
    name = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[name] = parts[name].replace(b"</sheetData>", far)

    assert "表格太大" in refusal("far.xlsx", archive(parts))


def _one_line_or_document(name: str, content: bytes) -> str | Document:
    try:
        return read_file(name, content)
    except Unreadable as refused:
        return str(refused)


def _is_clear(name: str, said: str | Document) -> bool:
    return isinstance(said, Document) or (said.startswith(f"{name}：") and "\n" not in said)


def _one_page() -> bytes:
    page = sheet()
    page.text("甘肃省教育厅关于研修的通知")
    page.table([[["时间"], ["阶段"]], [["5月6日"], ["线上"]]], [120, 120])
    return pdf([page])


SAMPLES = {
    "a.docx": samples.word(samples.GUIZHOU, samples.SCHEDULE),
    "a.xlsx": samples.workbook("表", samples.SCHEDULE, "A1:F1"),
    "a.html": samples.ZHEJIANG_PAGE.encode("gb18030"),
    "a.txt": samples.HUBEI_AMENDING.encode("gb18030"),
    "a.pdf": _one_page(),
}
GENTLY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@GENTLY
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=6)), max_size=6),
    st.floats(0, 1),
)
def test_mutated_files_are_read_or_refused(
    name: str, changes: list[tuple[float, bytes]], kept: float
) -> None:
    content = bytearray(SAMPLES[name])
    for place, new in changes:
        at = int(place * len(content))
        content[at : at + len(new)] = new

    cut = bytes(content[: int(len(content) * (0.5 + kept / 2))])
    assert _is_clear(name, _one_line_or_document(name, cut))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", "10月17-18日开班，" * 5000),
        ("a.txt", "不少于800字，1:30，" * 5000),
        ("a.txt", "1.培训。2.研修。3.考核。" * 3000),
        ("a.txt", "(" * 50_000),
        ("a.md", "[a](" * 50_000),
        ("a.md", "*" * 50_000),
        ("a.html", "<div>" * 50_000 + "正文"),
        ("a.html", "<table><tr><td rowspan=99999 colspan=99999>" + "x</td><td>y" * 500),
    ],
    ids=["dates", "amounts", "items", "brackets", "links", "stars", "depth", "spans"],
)
def test_text_made_to_take_long_does_not(name: str, text: str) -> None:
    """Each of these took minutes where the reading was quadratic."""
    assert _is_clear(name, _one_line_or_document(name, text.encode()))


INNER = [
    ("a.docx", "word/document.xml"),
    ("a.docx", "word/numbering.xml"),
    ("a.xlsx", "xl/worksheets/sheet1.xml"),
    ("a.xlsx", "xl/workbook.xml"),
]
SCRAPS = st.sampled_from([b"9999999", b"-1", b"A1", b"'", b"<w:p/>", b"\x00"])


@GENTLY
@given(
    st.sampled_from(INNER),
    st.lists(st.tuples(st.floats(0, 1), SCRAPS | st.binary(min_size=1, max_size=4)), max_size=3),
)
def test_archives_with_mutated_parts_are_read_or_refused(
    place: tuple[str, str], changes: list[tuple[float, bytes]]
) -> None:
    name, part = place
    parts = unpacked(SAMPLES[name])
    content = bytearray(parts[part])
    for share, new in changes:
        at = int(share * len(content))
        content[at : at + len(new)] = new
    parts[part] = bytes(content)

    assert _is_clear(name, _one_line_or_document(name, archive(parts)))


PRINTED = """⑴ ⑵ ⑶ 一、 （一） 1. ① 附件1 附件：1. 第三条 关于 通知 贵州省教育厅 〔2026〕 9号
2026年3月2日 7月下旬-9月30日 10月17-18日
学员 组长 时间 阶段 任务 * ○ △ 不少于800字 前 以前 8号 。 ："""
WORDS = st.sampled_from([*PRINTED.split(), "\n"])


@GENTLY
@given(
    st.sampled_from(["a.txt", "a.md", "a.html"]), st.lists(WORDS | st.text(max_size=4), max_size=60)
)
def test_random_text_is_read_or_refused(name: str, words: list[str]) -> None:
    text = " ".join(words)
    content = text.encode("utf-8", "ignore")
    assert _is_clear(name, _one_line_or_document(name, content))


@GENTLY
@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=6))
def test_random_tables_are_read_or_refused(rows: list[list[str]]) -> None:
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    page = f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"

    assert _is_clear("a.html", _one_line_or_document("a.html", page.encode()))
