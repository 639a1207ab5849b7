"""Pairs of characters as numbers, and back."""

from itertools import pairwise

import pytest

from knowledge.chinese.pairs import pair_codes, pair_of


@pytest.mark.parametrize("text", ["报到时间", "报到时", "报到", "a报1到", "𠀀报到𠀀", "\ud800报到"])
def test_code_of_a_pair_tells_its_characters(text: str) -> None:
    points = [ord(letter) for letter in text]

    assert [pair_of(code) for code in pair_codes(text)] == list(pairwise(points))


def test_pair_has_the_same_code_whatever_stands_around_it() -> None:
    assert pair_codes("学员报到")[2:] == pair_codes("𠀀报到")[1:] == pair_codes("报到")


@pytest.mark.parametrize("text", ["", "报", "𠀀"])
def test_one_character_is_no_pair(text: str) -> None:
    assert pair_codes(text) == []
