"""Times of the day in running text, and what only looks like one."""

import pytest

from knowledge.chinese.clocks import find_clocks


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("早上8:30在南门集合", ["早上8:30"]),
        ("上午8点半签到，下午两点开班", ["上午8点半", "下午两点"]),
        ("研讨14:30—17:00，自习19：00起", ["14:30—17:00", "19：00起"]),
        ("9时至11时30分听课", ["9时至11时30分"]),
        ("晚上22:00前上传", ["晚上22:00前"]),
        ("中午12点之前退房", ["中午12点之前"]),
        ("8点前往会场", ["8点"]),
        ("上午10点钟点名", ["上午10点"]),
        ("8:30-11:30、14:00-16:00", ["8:30-11:30", "14:00-16:00"]),
        ("凌晨0:30关闭通道", ["凌晨0:30"]),
    ],
)
def test_times_are_found_as_printed(text: str, times: list[str]) -> None:
    found = find_clocks(text)

    assert [each.text for each in found] == times
    assert [text[each.begin : each.stop] for each in found] == times


@pytest.mark.parametrize(
    "text",
    [
        "每天6学时，共40课时",
        "热线24小时有人接听",
        "师生比不低于1:30",
        "领队与学员按1:8配备",
        "现提出三点要求",
        "第3点作了修改",
        "分3时段上课",
        "得分10:75",
        "8月1日报到",
        "",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert find_clocks(text) == []
