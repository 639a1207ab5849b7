"""Links from people: refused, warned of, or passed on in their plainest form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.links import BadLink, Link, checked, links_in


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://yx.qlteacher.com/1?a=2#b", "https://yx.qlteacher.com/1?a=2#b"),
        ("http://yx.qlteacher.com/1", "http://yx.qlteacher.com/1"),
        ("http://www.dsyz.cn/jb/1.html", "http://www.dsyz.cn/jb/1.html"),
        ("HTTPS://Mp.Weixin.QQ.com/s/Ab", "https://mp.weixin.qq.com/s/Ab"),
        ("www.moe.gov.cn/x", "https://www.moe.gov.cn/x"),
        ("https://教育.中国/", "https://xn--wcvs22d.xn--fiqs8s/"),
    ],
)
def test_good_links_go_out_in_their_plainest_form(written: str, url: str) -> None:
    link = checked(written)

    assert isinstance(link, Link)
    assert link.url == url


@pytest.mark.parametrize(
    "written",
    [
        "http://192.168.1.3/1",
        "ftp://a.com/",
        "javascript:alert(1)",
        "https://user:pw@a.com/",
        "https://a.com@b.com/",
        "https://127.0.0.1/",
        "https://0x7f.1/",
        "https://2130706433/",
        "https://[::1]/",
        "https://１２７.0.0.1/",
        "https://localhost/",
        "https://localhost./",
        "https://printer/",
        "https://nas.local/",
        "https://a.internal:8443/",
        "https://a.com:22/",
        "https://a.com\\@b.com/",
        "https://a.com/\u202egpj.exe",
        "https://a.com/\u200b",
        "https://a..com/",
        "https://-a.com/",
        "https:///a",
        "https://[",
        "https://" + "a" * 600 + ".com",
        "",
    ],
)
def test_bad_links_are_refused_with_a_reason(written: str) -> None:
    link = checked(written)

    assert isinstance(link, BadLink)
    assert link.reason


@pytest.mark.parametrize("written", ["https://аррlе.com/", "https://xn--80ak6aa92e.com/"])
def test_look_alikes_are_warned_of(written: str) -> None:
    link = checked(written)

    assert isinstance(link, Link)
    assert any("冒充" in warning for warning in link.warnings)
    assert any("xn--" in warning for warning in link.warnings)


def test_a_chinese_domain_is_shown_both_ways_without_suspicion() -> None:
    link = checked("https://教育.中国/")

    assert isinstance(link, Link)
    assert [warning for warning in link.warnings if "冒充" in warning] == []
    assert "教育.中国" in link.shown


def test_links_are_found_within_what_people_write() -> None:
    assert links_in("第2期《学习简报》：https://a.cn/b?c=1，请看。") == ["https://a.cn/b?c=1"]
    assert links_in("没有链接") == []


@given(st.text(max_size=80))
def test_any_text_is_a_link_or_is_refused(text: str) -> None:
    link = checked("https://" + text)
    assert isinstance(link, BadLink) or link.url.isascii()
