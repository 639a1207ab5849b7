"""A notice is found by its number, however it is typed; a day is no number."""

import pytest

from knowledge.answering.verdicts import Answer
from tests.knowledge.answering.known import NOBODY, library

LIBRARY = library()


@pytest.mark.parametrize(
    "question", ["陕师训8号文说的啥", "陕师训〔2021〕8号是什么通知", "陕师训2021年8号文件是哪个"]
)
def test_notice_is_found_by_its_number(question: str) -> None:
    verdict = LIBRARY.ask(question, NOBODY)

    assert isinstance(verdict, Answer)
    assert "陕西省2021年骨干教师培训班通知" in verdict.text
    assert [source.number for source in verdict.sources] == ["陕师训〔2021〕8号"]


@pytest.mark.parametrize("question", ["陕师训〔2021〕99号是什么通知", "8号是什么", "是8号吗"])
def test_other_numbers_and_days_are_no_notice(question: str) -> None:
    assert "骨干教师培训班通知》。" not in LIBRARY.ask(question, NOBODY).text
