"""What the product knows from the start."""

from datetime import date

import pytest

from knowledge.bundled import bundled_documents
from knowledge.bundled.faq_form import entries_in
from knowledge.documents import Unreadable
from knowledge.programme.values import Programme

ITEM = """- id: one
  question: 报到是几号
  answer: 25号。
  replaces: 原为8号
  phrasings: [哪天报到]
  scope: {provinces: [云南省], years: [2015]}
  source: {title: 网友问答, section: ⑷}
"""


def shandong() -> Programme:
    [programme] = [each for document in bundled_documents() for each in document.programmes]
    return programme


def test_the_shandong_programme_has_its_53_tasks() -> None:
    assert [len(stage.tasks) for stage in shandong().stages] == [18, 17, 18]
    assert shandong().code == "shandong-2015-gaozhong"
    assert shandong().roles == ("学员", "组长", "指导教师", "省级专家")


def test_its_figures_and_deadlines_are_kept() -> None:
    tasks = [task for stage in shandong().stages for task in stage.tasks]
    figures = [(amount.value, amount.unit) for task in tasks for amount in task.amounts]

    assert figures == [
        (6, "个课例资源包"),
        (200, "字"),
        (6, "节"),
        (800, "字"),
        (1000, "字"),
        (10, "个问题"),
        (3, "期"),
        (10, "个问题"),
        (3, "期"),
        (6, "学时"),
        (50, "篇"),
        (20, "篇"),
        (2, "期"),
        (2, "期"),
        (1, "篇"),
        (1, "节"),
        (1, "节"),
        (1, "节"),
        (1, "个优课"),
        (2, "期"),
        (1, "节"),
        (1, "个优课"),
        (2, "期"),
    ]
    assert [task.due for task in tasks if task.due] == [
        date(2015, 8, 1),
        date(2015, 8, 1),
        date(2015, 9, 20),
        date(2015, 10, 16),
        date(2015, 10, 16),
    ]
    assert shandong().stages[2].ends == date(2016, 1, 31)


def test_every_bundled_answer_has_a_source() -> None:
    entries = [entry for document in bundled_documents() for entry in document.entries]

    assert len(entries) > 100
    assert len({entry.id for entry in entries}) == len(entries)
    assert all(entry.source.title for entry in entries)


def test_an_item_is_read_as_written() -> None:
    [entry] = entries_in("faq.yaml", ITEM)

    assert (entry.id, entry.answer, entry.replaces) == ("one", "25号。", "原为8号")
    assert entry.scope.provinces == {"云南"}
    assert entry.scope.years == {2015}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("  answer: 25号。\n", "", "faq.yaml 第1行：条目“one”：没有写 answer。"),
        ("云南省", "云天省", "条目“one”：不认识的省份“云天省”。"),
        ("replaces", "replace", "条目“one”：不认识“replace”"),
        ("section: ⑷", "sektion: ⑷", "不认识“sektion”"),
        ("- id: one\n", "-\n", "没有写 id"),
        ("phrasings: [哪天报到]", "phrasings: 哪天报到", "应当是以“- ”开头的列表"),
    ],
)
def test_a_wrong_item_is_named_with_file_and_reason(before: str, after: str, said: str) -> None:
    assert before in ITEM

    with pytest.raises(Unreadable) as refused:
        entries_in("faq.yaml", ITEM.replace(before, after))

    assert said in str(refused.value)


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(Unreadable, match="“one”用了两次"):
        entries_in("faq.yaml", ITEM + ITEM)
