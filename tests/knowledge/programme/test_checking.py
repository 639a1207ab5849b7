"""What a check of a programme finds, and where."""

import pytest

from knowledge.bundled import bundled_documents
from knowledge.programme.checking import check, check_text
from tests.knowledge.programme.test_yaml_form import SHORT


def test_a_sound_programme_has_no_findings() -> None:
    assert check_text(SHORT) == []


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("3月上旬-4月底", "x\n    starts: 2027-04-01\n    ends: 2027-03-01", 5, "早于开始日期"),
        ("4月20日前", "5月20日前", 12, "不在本阶段"),
        ("4月20日前", "1月20日前", 12, "不在本阶段"),
        ("due_text: 4月20日前", "due_text: 4月20日前、5月8日前", 12, "不在本阶段"),
        ("due_text: 4月20日前", "due_text: 结业前", 12, "没有读出“结业前”是哪一天"),
        ("due_text:", "due: 2027-04-25\n          due_text:", 12, "与截止日期2027-04-25不一致"),
        ("月底", "月底\n    starts: 2027-03-05\n    ends: 2027-04-30", 5, "不一致"),
        ("      组长:", "      组掌:", 15, "不认识的角色“组掌”"),
        ("title: 提交作业", "title: 选课", 12, "任务重复"),
        ("[每周1次]", '["800"]', 15, "数量“800”没有单位"),
    ],
)
def test_a_finding_names_line_and_reason(before: str, after: str, line: int, said: str) -> None:
    assert before in SHORT

    findings = check_text(SHORT.replace(before, after))

    assert any(finding.line == line and said in finding.text for finding in findings)
    assert str(findings[0]).startswith("第")


def test_of_several_programmes_in_one_file_each_is_checked_on_its_own_lines() -> None:
    second = SHORT.replace("      组长:", "      组掌:")

    [finding] = check_text(f"# 请核对\n{SHORT}---\n{second}")

    assert finding.line == 15 + 1 + len(SHORT.splitlines()) + 1


def test_the_bundled_programme_is_sound() -> None:
    [programme] = [each for document in bundled_documents() for each in document.programmes]

    assert check(programme) == []
