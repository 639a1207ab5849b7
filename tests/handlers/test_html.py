"""Long texts reach the reader whole, in messages that Telegram accepts."""

from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.markup import parse_html
from handlers.conversation.html import LONGEST_MESSAGE, bold, headed, pieces, plain, units
from tests.gateway.serving import LIN, Clock, build, serving


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


def test_a_tag_is_closed_at_the_cut_and_opened_again() -> None:
    html = "<blockquote expandable>甲乙丙\n<i>丁戊己</i></blockquote>"

    assert pieces(html, limit=49) == [
        "<blockquote expandable>甲乙丙</blockquote>",
        "<blockquote expandable><i>丁戊己</i></blockquote>",
    ]


WORDS = st.text(alphabet="甲a&<>😀\n \u200b\u202e\"'", min_size=1, max_size=40)
TAGS = st.sampled_from(
    ["b", "i", "u", "code", "blockquote", 'a href="https://example.org/?a&amp;b"']
)


def wrapped(tag: str, inner: str) -> str:
    return f"<{tag}>{inner}</{tag.split()[0]}>"


HTML = st.recursive(
    WORDS.map(plain),
    lambda inner: st.one_of(
        st.builds(wrapped, TAGS, inner), st.lists(inner, max_size=4).map("".join)
    ),
    max_leaves=12,
)


@given(HTML, st.integers(230, 400))
def test_no_cut_ever_stands_inside_a_tag(html: str, limit: int) -> None:
    """By the gateway's own reading of HTML, which is as strict as Telegram's."""
    whole, _ = parse_html(html)
    messages = pieces(html, limit)
    read = [parse_html(message)[0] for message in messages]

    assert all(units(message) <= limit for message in messages)
    assert "".join("".join(read).split()) == "".join(whole.split())


async def test_what_is_cut_is_taken_over_real_http(tmp_path: Path) -> None:
    """A thousand lines of everything, in as many messages as it takes; none is refused."""
    lines = [f"{number}. {plain('甲&<>😀' * (number % 40))}" for number in range(400)]
    html = bold("标题 & <题>") + "\n<blockquote>" + "\n".join(lines) + "</blockquote>" + "长" * 9000
    clock = Clock()
    async with serving(build(tmp_path / "gateway.db", clock), clock) as gateway:
        await gateway.says(LIN, "/start")
        sent = [
            await gateway.result("sendMessage", chat_id=LIN, text=one, parse_mode="HTML")
            for one in pieces(html)
        ]

    assert len(sent) > 4
    assert all(units(one["text"]) <= LONGEST_MESSAGE for one in sent)
    assert "".join("".join(one["text"] for one in sent).split()) == "".join(
        parse_html(html)[0].split()
    )
