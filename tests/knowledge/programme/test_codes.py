"""Codes that progress and reminders hang on."""

import pytest

from knowledge.programme.codes import programme_code, task_code


@pytest.mark.parametrize(
    ("title", "province", "years", "code"),
    [
        (
            "2015年高中教师全员远程研修各角色工作任务与工作进度安排表",
            "山东",
            (2015,),
            "shandong-2015-gaozhong",
        ),
        (
            "2015年高中教師全員遠程研修各角色工作任務與工作進度安排表",
            "山东",
            (2015,),
            "shandong-2015-gaozhong",
        ),
        (
            "2026年云南省小学数学骨干教师培训安排表",
            "云南",
            (2026,),
            "yunnan-2026-xiaoxueshuxuegugan",
        ),
        ("校长研修计划", "", (), "quanguo-xiaozhang"),
    ],
)
def test_a_programme_is_named_after_place_year_and_its_own_words(
    title: str, province: str, years: tuple[int, ...], code: str
) -> None:
    assert programme_code(title, province, years) == code


def test_a_title_without_words_of_its_own_still_has_a_code() -> None:
    first, second = (
        programme_code(title, "云南", (2026,)) for title in ("任务安排表", "工作进度表")
    )

    assert first != second
    assert first.startswith("yunnan-2026-")


def test_a_task_has_one_code_in_either_script() -> None:
    assert task_code("p", "創課", "學員", "觀評課。") == task_code("p", "创课", "学员", "观评课")
    assert task_code("p", "创课", "学员", "观评课") != task_code("p", "创课", "组长", "观评课")
