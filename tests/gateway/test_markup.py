"""HTML of messages: what it becomes, and what is refused with Telegram's words."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.entities import plain, styled
from gateway.errors import ApiError
from gateway.markup import parse_html, utf16_length

Entity = tuple[str, int, int]


def entities_of(source: str) -> tuple[str, list[Entity]]:
    found = styled(source, "HTML", None, lambda user_id: None)
    return found.text, [(one["type"], one["offset"], one["length"]) for one in found.entities]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("报到<b>25</b>号", "报到25号", [("bold", 2, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<u>好</u>", "😀好", [("underline", 2, 1)]),
        ("a &lt;b&gt; &amp;&quot;&#20320;&#x597d;", 'a <b> &"你好', []),
        ("a &nbsp; &copy", "a &nbsp; &copy", []),
        ("<b></b>空", "空", []),
        ("<a href='https://a.cn/x?a=1&amp;b=2'>看</a>", "看", [("text_link", 0, 1)]),
        ("<a href='javascript:alert(1)'>看</a>", "看", []),
        ("<pre>x</pre>", "x", [("pre", 0, 1)]),
        ('<pre><code class="language-python">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<code>/start</code>", "/start", [("code", 0, 6)]),
        ("<span class='tg-spoiler'>x</span>", "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("  <b> 好 </b>  ", "好", [("bold", 0, 1)]),
        ("<B>大</b >小", "大小", [("bold", 0, 1)]),
        ("/ask@yanxiu_bot #国培 @some_one", None, None),
    ],
)
def test_html_becomes_text_with_entities(
    source: str, text: str | None, entities: list[Entity] | None
) -> None:
    if text is None:
        kinds = [kind for kind, _, _ in entities_of(source)[1]]
        assert kinds == ["bot_command", "hashtag", "mention"]
    else:
        assert entities_of(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("好<x>", 'Unsupported start tag "x" at byte offset 3'),
        ("好</b>", "Unexpected end tag at byte offset 3"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a"'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<{where}>", 'Unsupported start tag "{where}" at byte offset 0'),
    ],
)
def test_broken_html_is_refused_with_its_place(source: str, reason: str) -> None:
    with pytest.raises(ApiError, match="can't parse entities") as refused:
        parse_html(source)

    assert reason in refused.value.description


@given(st.text("<>/&#x0d9;ab=\"' 好😀", max_size=40))
def test_any_text_is_parsed_or_refused(source: str) -> None:
    with suppress(ApiError):  # anything else is a crash
        text, entities = parse_html(source)
        assert all(one["offset"] + one["length"] <= utf16_length(text) for one in entities)


@given(st.text(max_size=60))
def test_entities_of_typed_text_lie_inside_it(source: str) -> None:
    found = plain(source)

    assert found.text == found.text.strip()
    assert all(
        0 <= one["offset"] < one["offset"] + one["length"] <= utf16_length(found.text)
        for one in found.entities
    )


@pytest.mark.parametrize(
    ("mode", "source", "text", "entities"),
    [
        ("Markdown", "*报到* _8_ `x` a\\_b", "报到 8 x a_b", ["bold", "italic", "code"]),
        ("Markdown", "[看](https://a.cn) 1.", "看 1.", ["text_link"]),
        ("Markdown", "```python\nx```", "x", ["pre"]),
        ("Markdown", "a [b] c", "a [b] c", []),
        ("MarkdownV2", "*a _b_ c* __d__ ~e~ \\.", "a b c d e .", None),
        ("MarkdownV2", "||藏|| `a_b*c`", "藏 a_b*c", ["spoiler", "code"]),
        ("MarkdownV2", "[看\\!](https://a.cn/x_\\))", "看!", ["text_link"]),
        ("MarkdownV2", ">一\n>二\n三", "一\n二\n三", ["blockquote"]),
        ("MarkdownV2", "```python\nx = 1\n```", "x = 1", ["pre"]),
    ],
)
def test_markdown_becomes_text_with_entities(
    mode: str, source: str, text: str, entities: list[str] | None
) -> None:
    found = styled(source, mode, None, lambda user_id: None)

    kinds = [one["type"] for one in found.entities]
    assert found.text == text
    assert kinds == (entities or ["bold", "italic", "underline", "strikethrough"])[: len(kinds)]
    assert len(kinds) == (4 if entities is None else len(entities))


@pytest.mark.parametrize(
    ("mode", "source", "reason"),
    [
        ("Markdown", "好*x", "Can't find end of the entity starting at byte offset 3"),
        ("MarkdownV2", "好*x", "Can't find end of Bold entity at byte offset 3"),
        ("MarkdownV2", "8.", "Character '.' is reserved and must be escaped"),
        ("MarkdownV2", "[x](a", "Can't find end of a URL at byte offset 3"),
    ],
)
def test_broken_markdown_is_refused(mode: str, source: str, reason: str) -> None:
    with pytest.raises(ApiError) as refused:
        styled(source, mode, None, lambda user_id: None)

    assert reason in refused.value.description


@given(st.sampled_from(["Markdown", "MarkdownV2"]), st.text("*_~`[]()>|!\\\n 好😀.", max_size=30))
def test_any_markdown_is_parsed_or_refused(mode: str, source: str) -> None:
    with suppress(ApiError):
        found = styled(source, mode, None, lambda user_id: None)
        end = utf16_length(found.text)
        assert all(
            0 <= one["offset"] < one["offset"] + one["length"] <= end for one in found.entities
        )


def test_given_entities_are_moved_with_the_trimmed_text() -> None:
    given_entities: Any = [{"type": "bold", "offset": 0, "length": 4}]

    found = styled("  好的", "", given_entities, lambda user_id: None)

    assert (found.text, found.entities) == ("好的", [{"type": "bold", "offset": 0, "length": 2}])
