"""A change that names the old value changes what says that value, and nothing else."""

import pytest

from knowledge.answering.amendments.old_values import replaced_in, stands_in

MOVED = "面授由7月14日至18日推迟至8月4日至8日。"
BY_NAME = "英语班跟学学校由长江路小学变更为望江小学。"


@pytest.mark.parametrize(
    ("text", "old"),
    [
        (MOVED, ("7月14日至18日",)),
        (BY_NAME, ("长江路小学",)),
        ("原定在荆楚宾馆举办的小学班，改在望江中学。", ("荆楚宾馆举办的小学班",)),
        ("甲县由90人增至120人，乙县由65人增至95人。", ("90人", "65人")),
        ("经费由省级承担。", ()),
    ],
)
def test_old_value_is_what_the_change_names(text: str, old: tuple[str, ...]) -> None:
    assert replaced_in(text) == old


@pytest.mark.parametrize(
    ("old", "text", "stands"),
    [
        ("7月14日至18日", "7月13日报到，7月18日离会。", True),
        ("7月14日至18日", "作业于7月20日前提交。", False),
        ("90人", "甲县：90名", True),
        ("90人", "乙县：65名", False),
        ("长江路小学", "语文班赴长江路小学跟学。", True),
        ("黄州师范学院", "在江陵师范学院集中。", False),
    ],
)
def test_old_value_is_looked_for_as_it_may_be_printed(old: str, text: str, stands: bool) -> None:
    assert stands_in(old, text) is stands
