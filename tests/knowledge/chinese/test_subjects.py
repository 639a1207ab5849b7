"""School subjects that a text names."""

import pytest

from knowledge.chinese.subjects import subjects_in


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("初中地理", {"地理"}),
        ("语文、数学教师", {"语文", "数学"}),
        ("道德与法治教师", {"思政"}),
        ("小学科学教师", {"科学"}),
        ("科学安排时间", set()),
        ("劳动教育教师", {"劳动"}),
        ("信息科技", {"信息"}),
        ("全体学员", set()),
    ],
)
def test_subjects_are_told_from_other_words(text: str, subjects: set[str]) -> None:
    assert subjects_in(text) == subjects
