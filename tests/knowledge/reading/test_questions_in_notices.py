"""Notices that answer questions at their end: both the notice and the answers are read."""

from datetime import date

import pytest

from knowledge.documents import Document
from knowledge.notices import Notice
from knowledge.reading.files import read_file
from knowledge.sources import Scope

SUPPLEMENT = """关于“匠心筑梦”体育教师研修日程调整的补充通知
晋师训〔2023〕52号

各市教育局：

《2023年山西省“匠心筑梦”体育教师研修通知》（晋师训〔2023〕40号）中两处更正如下：

一、报到时间由8月6日改为8月9日。
二、住宿改在龙城宾馆。

【常见问题】

{questions}

联系人：窦老师 0351-6000001。

山西省教师研训中心
2023年7月20日
"""
PAIRS = [("改期后可以换人吗？", "可以，8月1日前换。"), ("食宿费变吗？", "不变，每天210元。")]
FORMS = {
    "words": "问：{}\n答：{}\n",
    "one line": "问：{}答：{}\n",
    "brackets": "【问】{}\n【答】{}\n",
    "letters": "Q：{}\nA：{}\n",
    "numbered": "1. {}\n答：{}\n",
}


def supplement(form: str) -> Document:
    questions = "\n".join(FORMS[form].format(*pair) for pair in PAIRS)
    return read_file("n.txt", SUPPLEMENT.format(questions=questions).encode())


@pytest.mark.parametrize("form", FORMS)
def test_the_notice_is_read_as_if_it_held_no_questions(form: str) -> None:
    [notice] = supplement(form).notices

    assert notice.title == "关于“匠心筑梦”体育教师研修日程调整的补充通知"
    assert notice.number == "晋师训〔2023〕52号"
    assert (notice.issuers, notice.issued) == (("山西省教师研训中心",), date(2023, 7, 20))
    assert (notice.province, notice.years) == ("山西", (2023,))
    assert notice.amends == ("晋师训〔2023〕40号", "2023年山西省“匠心筑梦”体育教师研修通知")
    assert [section.number for section in notice.sections] == ["", "一、", "二、"]
    assert "联系人：窦老师" in repr(notice.sections)
    assert "换人" not in repr(notice.sections)


@pytest.mark.parametrize("form", FORMS)
def test_the_answers_hold_where_the_notice_does(form: str) -> None:
    entries = supplement(form).entries

    assert [(each.question, each.answer) for each in entries] == PAIRS
    for entry in entries:
        assert entry.scope == Scope(frozenset({"山西"}), frozenset({2023}))
        assert (entry.source.number, entry.source.section) == ("晋师训〔2023〕52号", "常见问题")
        assert entry.source.issued == date(2023, 7, 20)


def test_the_same_question_in_two_notices_is_two_entries() -> None:
    other = SUPPLEMENT.format(questions="问：能请假吗\n答：能。\n问：几天\n答：2天。")
    pages = [other, other.replace("〔2023〕52号", "〔2023〕53号")]
    ids = [entry.id for page in pages for entry in read_file("n.txt", page.encode()).entries]

    assert len(set(ids)) == 4


def test_annexes_behind_the_questions_belong_to_the_notice() -> None:
    text = SUPPLEMENT.format(questions="问：能请假吗\n答：能。\n最多1天。\n问：几天\n答：2天。")
    text += "\n附件1\n\n分组名单\n\n太原组：12人。\n"
    document = read_file("n.txt", text.encode())
    [notice] = document.notices

    assert (notice.sections[-1].number, notice.sections[-1].heading) == ("附件1", "分组名单")
    assert [entry.answer for entry in document.entries] == ["能。\n最多1天。", "2天。"]


def test_a_title_above_questions_is_no_notice() -> None:
    text = "青海省研修常见问题\n问：能请假吗\n答：能。\n问：几天\n答：2天。\n"
    document = read_file("n.txt", text.encode())

    assert document.notices == tuple[Notice, ...]()
    assert [entry.source.title for entry in document.entries] == ["青海省研修常见问题"] * 2


def test_a_heading_in_brackets_ends_the_last_answer() -> None:
    text = "关于研修的说明\n各校：\n【时间】\n3月至5月。\n【问答】\nQ1：能换班吗？\nA1：不能。\n"
    document = read_file("n.txt", f"{text}Q2：能请假吗？\nA2：一天。\n【联系】\n江老师".encode())

    assert document.entries[-1].answer == "一天。"
    assert document.notices[0].sections[-1].heading == "联系"
