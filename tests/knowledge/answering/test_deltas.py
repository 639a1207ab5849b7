"""A change that says only by how much is worked out, told beside the old figure, or remarked on."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.answering.amendments.deltas import deltas_in, is_delta
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker
from knowledge.documents import Document
from knowledge.notices import Section, Table
from tests.knowledge.answering.known import HUBEI, HUBEI_CHANGE

ASKER = Asker(today=date(2026, 11, 23), province="湖北")
RULES = replace(
    HUBEI,
    sections=(
        Section(
            "一、",
            "安排",
            (
                "集中研修10天。集中研修期间请假不超过2天。",
                "线上研修60学时，其中必修40学时。",
                "学员伙食补助每人每天90元。",
                "听课记录不少于20节，教学反思4篇。",
            ),
        ),
        Section(
            "二、",
            "名额",
            tables=(
                Table(
                    ("市州", "语文", "英语", "合计"),
                    (("恩施州", "12", "7", "19"), ("襄阳市", "20", "16", "36")),
                ),
                Table(("市州", "园长名额"), (("荆门市", "5"), ("宜昌市", "8"))),
            ),
        ),
    ),
)


def changed_by(*sentences: str) -> Library:
    notice = replace(
        HUBEI_CHANGE,
        sections=tuple(Section(f"{n}、", "", (s,)) for n, s in enumerate(sentences, 1)),
    )
    return Library([Document("18.docx", notices=(RULES,)), Document("31.txt", notices=(notice,))])


def said(library: Library, question: str) -> str:
    verdict = library.ask(question, ASKER)
    assert isinstance(verdict, Answer)
    return verdict.text


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        (
            "利川县因灾情退回名额4人，调剂给建始县3人、巴东县1人。",
            [("利川县因灾情名额", -4), ("建始县", 3), ("巴东县", 1)],
        ),
        ("英语学科调减2名，调剂给恩施州。", [("英语学科", -2), ("恩施州", 2)]),
        (
            "从襄阳市调剂2个语文名额给宜昌市。",
            [("襄阳市语文", -2), ("宜昌市", 2)],
        ),
        (
            "甲县退回2名，乙县退回1名，全部调剂给丙县。",
            [("甲县", -2), ("乙县", -1), ("丙县", None)],
        ),
        ("甲县、乙县共增加3人。", [("甲县、乙县共", None)]),
        ("英语由16名减少为14名，减少的2名调剂给恩施州。", [("", -2), ("恩施州", 2)]),
        ("伙食补助每人每天提高20元。", [("伙食补助每人每天", 20)]),
        ("在原有4篇教学反思的基础上增加2篇。", [("教学反思", 2)]),
        ("线上研修由60学时增加到70学时。", []),
        ("合格线由80分减至75分，名额增至12名。", []),
        ("增加户外自主游戏专题研训1天。", []),
        ("每增加1名学员补助100元，确有需要的县可增加2名。", []),
        ("无故不到的，核减所在县次年名额2人。", []),
    ],
)
def test_shift_is_told_from_a_new_value(text: str, shifts: list[tuple[str, float | None]]) -> None:
    assert [(delta.of, delta.shift) for delta in deltas_in(text)] == shifts


def test_amount_that_is_added_to_is_no_new_value_either() -> None:
    text = "在原通知300名的基础上增补20名，共8个班。"

    assert [is_delta(text, text.find(each)) for each in ("300名", "20名", "8个班")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("change", "question", "begins"),
    [
        (
            "襄阳市英语学科调减2名，调剂给恩施州。",
            "襄阳市英语几个名额",
            "14名（原16名，调减2名）。",
        ),
        (
            "襄阳市英语学科调减2名，调剂给恩施州。",
            "恩施州英语现在几个名额",
            "9名（原7名，调入2名）。",
        ),
        (
            "襄阳市英语学科调减2名，调剂给恩施州。",
            "恩施州一共几个名额",
            "21名（原19名，调入2名）。",
        ),
        (
            "襄阳市英语名额由16名减少为14名，减少的2名调剂给恩施州。",
            "恩施州英语几个名额",
            "9名（原7名，调入2名）。",
        ),
        ("园长名额：荆门市退回2名。", "荆门市园长还有几个名额", "3名（原5名，退回2名）。"),
        ("集中研修延长2天。", "集中研修几天", "12天（原10天，延长2天）。"),
        ("线上研修增加10学时。", "线上研修多少学时", "70学时（原60学时，增加10学时）。"),
        (
            "学员伙食补助每人每天提高20元。",
            "伙食补助一天多少钱",
            "每人每天110元（原每人每天90元，提高20元）。",
        ),
        ("听课记录减少5节。", "听课记录几节", "不少于15节（原不少于20节，减少5节）。"),
        ("在原有4篇教学反思的基础上增加2篇。", "教学反思几篇", "6篇（原4篇，增加2篇）。"),
    ],
)
def test_new_amount_is_worked_out_of_the_old_one(change: str, question: str, begins: str) -> None:
    text = said(changed_by(change), question)

    assert text.startswith(begins)
    assert "鄂师训〔2026〕31号" in text
    assert "原来源：《湖北省2026年乡村骨干教师培训通知》（鄂师训〔2026〕18号）" in text


@pytest.mark.parametrize(
    ("change", "question", "begins"),
    [
        ("襄阳市、恩施州共增加3名。", "襄阳市一共几个名额", "36名。"),
        ("襄阳市增加3名。", "襄阳市英语几个名额", "16名。"),
        ("襄阳市语文、英语各增加1名。", "襄阳市一共几个名额", "36名。"),
    ],
)
def test_what_cannot_be_joined_for_certain_is_a_remark(
    change: str, question: str, begins: str
) -> None:
    text = said(changed_by(change), question)

    assert text.startswith(begins)
    assert f"请注意，已有变动：{change}" in text


@pytest.mark.parametrize(
    ("change", "question", "begins"),
    [
        ("集中研修延长2天。", "集中研修最多请假几天", "不超过2天。"),
        ("线上研修增加10学时。", "线上研修必修多少学时", "40学时。"),
        ("襄阳市英语调减2名。", "恩施州英语几个名额", "7名。"),
    ],
)
def test_change_of_one_amount_leaves_the_others(change: str, question: str, begins: str) -> None:
    assert said(changed_by(change), question).startswith(begins)


def test_total_that_the_supplement_tells_itself_needs_no_reckoning() -> None:
    library = changed_by("襄阳市英语调减2名。调整后，襄阳市英语13名。")

    assert said(library, "襄阳市英语几个名额").startswith("13名（原为16名，已改为13名）。")


@pytest.mark.parametrize(
    ("change", "question", "begins"),
    [
        ("集中研修由10天缩短为8天，减少2天。", "集中研修几天", "8天（原为10天，已改为8天）。"),
        (
            "学员伙食补助提高至每人每天110元，增加20元。",
            "伙食补助一天多少钱",
            "每人每天110元（原为每人每天90元，已改为每人每天110元）。",
        ),
    ],
)
def test_new_value_goes_before_the_difference_beside_it(
    change: str, question: str, begins: str
) -> None:
    assert said(changed_by(change), question).startswith(begins)


def test_change_itself_is_told_where_it_is_asked_for() -> None:
    library = changed_by("襄阳市英语学科调减2名，调剂给恩施州。")

    assert said(library, "襄阳市英语调减了几名").startswith("2名。")


def test_guess_is_held_against_the_new_amount() -> None:
    library = changed_by("襄阳市英语学科调减2名。")

    assert said(library, "襄阳市英语名额是16个吗").startswith("不是16个，是14名（原16名")


def test_two_supplements_of_one_amount_are_not_summed_up() -> None:
    text = said(
        changed_by("荆门市园长名额增加2名。", "荆门市园长名额减少1名。"), "荆门市园长几个名额"
    )

    assert text.startswith("5名。")
    assert text.count("请注意，已有变动") == 2


def test_change_without_an_old_amount_is_no_sum() -> None:
    rules = replace(RULES, sections=RULES.sections[:1])
    sections = (Section("一、", "", ("随州市退回名额3人。",)),)
    notice = replace(HUBEI_CHANGE, issued=None, sections=sections)
    library = Library(
        [Document("18.docx", notices=(rules,)), Document("31.txt", notices=(notice,))]
    )

    assert said(library, "随州市几个名额").startswith("随州市退回名额3人。")
