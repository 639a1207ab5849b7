"""An asker's own case is held against the limit that a clause sets, and is no proposed answer."""

import pytest

from knowledge.answering.library import Library
from knowledge.documents import Document
from knowledge.notices import Notice, Section
from tests.knowledge.answering.known import NOBODY

RULES = Notice(
    title="山西省2021年骨干班主任研修班通知",
    number="晋师训〔2021〕3号",
    province="山西",
    years=(2021,),
    sections=(
        Section(
            "一、",
            "报名条件",
            (),
            children=(
                Section("1.", "", ("连续担任班主任满3年；",)),
                Section("2.", "", ("男教师年龄不超过50周岁。",)),
            ),
        ),
        Section("二、", "其他", ("怀孕6个月以上的教师可以延后参训。",)),
    ),
)
LIBRARY = Library([Document("山西.docx", notices=(RULES,))])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("当了两年班主任能报名参加吗", "您说的两年不符合这一条（3年）"),
        ("男老师48了还可以报名吗，班主任研修", "您说的48岁符合这一条（不超过50周岁）"),
        ("怀孕7个月能不能延后参训", "您说的7个月符合这一条（6个月以上）"),
    ],
)
def test_case_is_held_against_the_limit(question: str, said: str) -> None:
    assert said in LIBRARY.ask(question, NOBODY).text


def test_a_proposed_answer_is_no_case() -> None:
    answer = LIBRARY.ask("男教师年龄是不超过45岁吗", NOBODY).text

    assert answer.startswith("山西：不是45岁，是不超过50周岁")
