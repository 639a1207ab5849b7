"""Which of the figures in a passage is meant."""

import pytest

from knowledge.answering.coverage import Term
from knowledge.answering.figures import figures, same_figure
from knowledge.answering.fitting import fits
from knowledge.answering.kinds import Asked
from knowledge.answering.passages import Passage
from knowledge.answering.question_words import Kind
from knowledge.sources import Source

HOURS, DAY = Asked(Kind.COUNT, "学时"), Asked(Kind.WHEN)


def passage(text: str) -> Passage:
    return Passage("clause", text, text, Source("某通知"))


def found(asked: Asked, text: str, *words: str) -> list[str]:
    terms = [Term(word, 1.0) for word in words]
    return [figure.text for figure in figures(asked, passage(text), terms)]


def test_thing_asked_for_in_pieces_may_be_counted_in_cases() -> None:
    several = Asked(Kind.COUNT, "个")

    assert found(several, "每人完成辅导记录6例，设计班会课2节。", "辅导记录")[0] == "6例"


@pytest.mark.parametrize(
    ("word", "hours"), [("集中", "50学时"), ("网络", "80学时"), ("跟岗", "30学时")]
)
def test_figure_nearest_to_the_word_comes_first(word: str, hours: str) -> None:
    text = "集中培训50学时，网络研修80学时，跟岗实践30学时。"

    assert found(HOURS, text, word)[0] == hours


def test_date_that_opens_a_sentence_governs_what_follows() -> None:
    text = "9月30日前，完成注册。10月20日前，提交作业。"

    assert found(DAY, text, "作业")[0] == "10月20日前"


@pytest.mark.parametrize(
    ("asked", "text", "new", "old"),
    [
        (HOURS, "网络研修由60学时调整为50学时。", "50学时", "60学时"),
        (DAY, "报到时间由7月10日推迟到7月18日。", "7月18日", "7月10日"),
        (DAY, "原安排：9月5日；调整后：9月19日", "9月19日", "9月5日"),
    ],
)
def test_figure_that_the_sentence_replaces_comes_last(
    asked: Asked, text: str, new: str, old: str
) -> None:
    first, last = figures(asked, passage(text), [])

    assert (first.text, first.replaced) == (new, False)
    assert (last.text, last.replaced) == (old, True)


def test_sum_comes_first_where_it_is_asked_for() -> None:
    text = "集中培训50学时，网络研修80学时，合计130学时。"

    assert found(HOURS, text)[0] == "50学时"
    assert found(Asked(Kind.COUNT, "学时", total=True), text)[0] == "130学时"


def test_unit_that_says_the_same_fits() -> None:
    assert found(Asked(Kind.COUNT, "人"), "选派教师40名，培训5天。") == ["40名"]
    assert found(Asked(Kind.DURATION), "选派教师40名，培训5天。") == ["5天"]


@pytest.mark.parametrize(
    ("asked", "holds", "lacks"),
    [
        (DAY, "7月10日报到。", "持身份证报到。"),
        (HOURS, "不少于72学时。", "须有书面记录。"),
        (Asked(Kind.CONTACT), "电话：010-11112222。", "请与项目办联系。"),
        (Asked(Kind.WHERE), "在西安宾馆报到。", "按时报到。"),
    ],
)
def test_passage_that_holds_what_is_asked_fits_better(asked: Asked, holds: str, lacks: str) -> None:
    assert fits(asked, passage(holds)) > fits(asked, passage(lacks))


def test_same_day_is_the_same_however_it_is_printed() -> None:
    [short] = figures(DAY, passage("10月下旬报到。"), [])
    [full] = figures(DAY, passage("2021年10月下旬报到。"), [])
    [other] = figures(DAY, passage("10月上旬报到。"), [])

    assert same_figure(short, full)
    assert not same_figure(short, other)
