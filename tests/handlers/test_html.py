"""Long texts reach the reader whole, in messages that Telegram accepts."""

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.html import bold, headed, pieces, plain, units


def test_markup_in_a_text_is_shown_as_it_is_written() -> None:
    assert plain("<b>5 & 6</b>") == "&lt;b&gt;5 &amp; 6&lt;/b&gt;"


def test_first_line_stands_out_only_where_more_follows() -> None:
    assert headed("25号\n条文") == "<b>25号</b>\n条文"
    assert headed("25号") == "25号"


def test_short_text_is_one_message() -> None:
    assert pieces("一\n\n二") == ["一\n\n二"]


def test_text_is_cut_between_lines() -> None:
    assert pieces("甲" * 6 + "\n" + bold("乙") + "\n丙", limit=10) == ["甲" * 6, "<b>乙</b>\n丙"]


def test_characters_beyond_the_first_plane_count_twice() -> None:
    assert [units(piece) for piece in pieces("😀" * 7, limit=8)] == [8, 6]


@pytest.mark.parametrize("text", ["", "\n\n", " \n "])
def test_nothing_makes_no_message(text: str) -> None:
    assert pieces(text) == []


@given(st.text(alphabet="甲a&<>😀\n ", max_size=200), st.integers(10, 60))
def test_nothing_is_lost_and_nothing_is_too_long(text: str, limit: int) -> None:
    messages = pieces(plain(text), limit)

    assert all(units(message) <= limit for message in messages)
    assert "".join(map(unescape, messages)).replace("\n", "").replace(" ", "") == (
        text.replace("\n", "").replace(" ", "")
    )
