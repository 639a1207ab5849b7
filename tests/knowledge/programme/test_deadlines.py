from dataclasses import replace
from datetime import date

import pytest

from knowledge.programme.deadlines import deadline_in, deadlines_of, next_due
from tests.knowledge.answering.known import SUMMER

STAGE = SUMMER.stages[0]
DIARY, TALKS = STAGE.tasks


def test_task_without_a_day_of_its_own_is_due_with_its_stage() -> None:
    assert deadlines_of(DIARY, STAGE) == (date(2021, 9, 30),)


def test_task_with_two_days_is_due_on_both() -> None:
    twice = replace(TALKS, due_text="9月20日前、9月28日前")

    assert deadlines_of(twice, STAGE) == (date(2021, 9, 20), date(2021, 9, 28))


def test_day_that_was_moved_is_not_due_any_more() -> None:
    moved = replace(TALKS, due_text="9月20日前（原为9月25日，按甘师训〔2021〕9号改为9月20日）")

    assert deadlines_of(moved, STAGE) == (date(2021, 9, 20),)


def test_next_is_the_one_ahead_and_at_last_the_last() -> None:
    twice = replace(TALKS, due_text="9月20日前、9月28日前")
    days = [date(2021, 9, day) for day in (1, 20, 21, 30)]

    assert [next_due(twice, STAGE, today).day for today in days] == [20, 20, 28, 28]


@pytest.mark.parametrize(
    "text",
    ["日志2篇，截止日期为9月12日。", "日志2篇，最迟9月12日", "9月12日截止", "期限：9月12日。"],
)
def test_day_is_a_deadline_by_the_word_before_or_behind_it(text: str) -> None:
    assert deadline_in(text, STAGE)[0] == date(2021, 9, 12)
