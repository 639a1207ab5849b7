"""The words of a digest."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from knowledge.programme.values import Programme
from scheduler import texts
from scheduler.html import units
from scheduler.planner import Item, items_for
from storage.roster import Recipient, RoleIn
from tests.cast import PROGRAMME, PROGRAMME_CODE, task

DAY = date(2015, 9, 20)
LIN = Recipient(1, "林晓", (RoleIn(PROGRAMME_CODE, "学员"),), chat_id=7)


def with_tasks(titles: list[str]) -> Programme:
    stage = replace(
        PROGRAMME.stages[0],
        tasks=tuple(task("学员", n, title, due=DAY) for n, title in enumerate(titles, 1)),
    )
    return replace(PROGRAMME, stages=(stage,))


def items(programme: Programme, day: date = DAY) -> list[Item]:
    return items_for([programme], LIN, day)


def test_a_digest_says_what_how_much_and_until_when() -> None:
    assert texts.digest("林晓", DAY, items(PROGRAMME)) == (
        "<b>林晓，这是您9月20日的研修提醒</b>\n"
        "\n"
        "<b>今天截止（9月20日，星期日）</b>\n"
        "• 读书笔记：不少于600字"
    )


def test_a_stage_that_opens_is_announced_with_its_end() -> None:
    text = texts.digest("林晓", date(2015, 10, 1), items(PROGRAMME, date(2015, 10, 1)))

    assert "今天开始，到10月31日为止" in text
    assert "第二阶段开始" in text


def test_names_and_titles_from_outside_are_harmless() -> None:
    text = texts.digest("<b>林", DAY, items(with_tasks(["<script>&\u202e笔记"])))

    assert "<b>&lt;b&gt;林，" in text
    assert "• &lt;script&gt;&amp;笔记" in text


def test_a_message_that_may_have_come_before_says_so() -> None:
    assert "（可能重复）" in texts.digest("林晓", DAY, items(PROGRAMME), possibly_doubled=True)


@given(st.lists(st.text(min_size=1, max_size=300), min_size=1, max_size=120))
def test_any_list_fits_into_one_message(titles: list[str]) -> None:
    text = texts.digest("林晓", DAY, items(with_tasks(titles)))

    assert units(text) <= 4096
    shown = sum(line.startswith("•") for line in text.split("\n"))
    missing = len(titles) - shown
    assert (f"还有 {missing} 项" in text) == (missing > 0)
