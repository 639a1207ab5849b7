"""Names and titles show what they are, in the direction in which they are read."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.visible import visible


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("林\u200b晓", "林晓"),
        ("\u202e钱明", "钱明"),
        ("甲\u2066乙\u2069", "甲乙"),
        ("一\u3000二\t三", "一\u3000二 三"),
        ("👩\u200d🏫老师", "👩\u200d🏫老师"),
        ("老\u200d师", "老师"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("半\ud83d个\x00", "半个"),
        ("\u3164\u2800", ""),
        ("第一行\n第二行", "第一行\n第二行"),
    ],
)
def test_what_cannot_be_seen_is_left_out(written: str, shown: str) -> None:
    assert visible(written) == shown


@given(st.text())
def test_no_control_is_left(text: str) -> None:
    shown = visible(text)

    assert visible(shown) == shown
    assert not {sign for sign in shown if unicodedata.bidirectional(sign) in BIDI}
    assert not {s for s in shown if unicodedata.category(s) in ("Cc", "Cs")} - {"\n"}


BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
