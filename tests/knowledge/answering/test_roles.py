"""Roles under the names that each programme has for them."""

import pytest

from knowledge.answering.roles import Roles

ROLES = Roles(["送培专家", "首席教师（学员）", "坊主", "组长"])


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("专家要来几次", "省级专家"),
        ("送培专家要来几次", "送培专家"),
        ("首席教师交什么", "首席教师（学员）"),
        ("参训教师交什么", "学员"),
        ("小组长交什么", "组长"),
    ],
)
def test_role_is_known_by_each_of_its_names(said: str, role: str) -> None:
    assert [mention.role for mention in ROLES.mentions(said)] == [role]


@pytest.mark.parametrize(
    ("role", "kin"),
    [
        ("省级专家", {"省级专家", "送培专家"}),
        ("学员", {"学员", "首席教师（学员）"}),
        ("坊主", {"坊主"}),
    ],
)
def test_role_finds_those_whom_the_same_word_may_mean(role: str, kin: set[str]) -> None:
    assert ROLES.kin([role]) == kin


def test_narrower_name_finds_no_wider_one() -> None:
    assert ROLES.kin(["送培专家"]) == {"送培专家"}
    assert ROLES.kin(["首席教师（学员）"]) == {"首席教师（学员）"}


def test_no_role_has_no_kin() -> None:
    assert ROLES.kin([]) == frozenset()
