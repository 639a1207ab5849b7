import pytest

from knowledge.chinese.schools import schools_in


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("全省中小学教师", {"小学", "初中", "高中"}),
        ("中学教师研修", {"初中", "高中"}),
        ("初级中学骨干", {"初中"}),
        ("乡村小学校长", {"小学"}),
        ("幼师国培", {"幼儿园"}),
        ("特教老师", {"特教"}),
        ("骨干教师研修", set()),
        ("我教初二数学", {"初中"}),
        ("八年级备课组", {"初中"}),
        ("高三冲刺课", {"高中"}),
        ("四年级语文", {"小学"}),
        ("最高一等奖", set()),
        ("省中小学教师继续教育中心登记", set()),
    ],
)
def test_kinds_of_school_are_read(text: str, kinds: set[str]) -> None:
    assert schools_in(text) == kinds
