"""How notices are cut: lists are whole, pieces know their list, long rows answer cell by cell."""

from knowledge.answering.cutting import passages_of
from knowledge.answering.passages import Passage
from knowledge.documents import Document
from knowledge.notices import Notice, Section, Table

NEEDED = "凭发票报销" + "，附签到表、入住清单和小票，结束后十个工作日内报承办单位审核" * 5


def cut(*paragraphs: str, table: Table | None = None) -> list[Passage]:
    section = Section("一、", "须知", paragraphs, tables=(table,) if table else ())
    return [*passages_of(Document("a.docx", notices=(Notice("通知", sections=(section,)),)))]


def said(found: list[Passage], kind: str) -> list[str]:
    return [passage.text for passage in found if passage.kind == kind]


def test_inline_list_is_one_answer_with_its_introduction() -> None:
    assert said(cut("报到须携带：（1）身份证；（2）照片两张。其余自备。"), "clause") == [
        "报到须携带：（1）身份证；（2）照片两张。",
        "报到须携带：（1）身份证；",
        "报到须携带：（2）照片两张。",
        "其余自备。",
    ]


def test_one_number_in_a_sentence_makes_no_list() -> None:
    assert said(cut("报到须携带：（1）身份证。"), "clause") == ["报到须携带：（1）身份证。"]


def test_name_above_pieces_says_what_they_are_about() -> None:
    first, second, third = [
        passage for passage in cut("短期实践：写日志3篇；交报告1篇。按时完成。")
        if passage.kind == "clause"
    ]  # fmt: skip

    assert "短期实践" in first.context
    assert "短期实践" in second.context
    assert "短期实践" not in third.context


def test_first_sentence_opens_its_paragraph() -> None:
    found = cut("学员5月10日报到。迟到须说明。", "住宿统一安排。")

    assert [passage.text for passage in found if passage.opening] == [
        "学员5月10日报到。",
        "住宿统一安排。",
    ]


def test_sentence_that_only_announces_says_nothing() -> None:
    found = cut("现将有关事项通知如下。", "住宿统一安排。其余事项按原通知执行。")

    assert said(found, "clause") == ["住宿统一安排。"]


def test_long_row_answers_cell_by_cell_under_its_first_cell() -> None:
    table = Table(
        ("项目", "标准", "报销要求"),
        (("住宿", "每天不超过160元", NEEDED), ("用餐", "每天100元", "附就餐名单")),
    )
    found = cut("见下表。", table=table)

    assert said(found, "row") == [
        "住宿；标准：每天不超过160元",
        f"住宿；报销要求：{NEEDED}",
        "项目：用餐；标准：每天100元；报销要求：附就餐名单",
    ]
    assert {passage.label for passage in found if passage.kind == "row"} == {"住宿", "用餐"}


def test_days_in_a_list_are_those_at_its_place() -> None:
    parts = (Section("1．", "6月3日至6日，集训4天。"), Section("2．", "地点：桃林山庄。"))
    notice = Notice("通知", sections=(Section("一、", "集训", children=parts),))
    found = passages_of(Document("a.docx", notices=(notice,)))
    [days] = [each for each in found if each.kind == "clause" and "4天" in each.text]

    assert "桃林山庄" in days.around
