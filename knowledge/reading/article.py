"""Which part of a web page is the article, and what the article is called."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from knowledge.chinese.dates import find_dates
from knowledge.chinese.numerals import words
from knowledge.reading.blocks import Block, Paragraph, tidy
from knowledge.reading.heads import day_beside_number, ends_title, full_date, says_when_published
from knowledge.reading.page_edges import bare

_NEVER = words(
    "script style noscript template svg iframe form button select input nav footer aside object"
)
_FURNITURE = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|menu|breadcrumbs?|crumbs?|footer|foot|sidebar|side|share|comments?"
    r"|related|copyright|banner|login|search|pager|pagination|recommend|toolbar|topbar|hot|ads?"
    r"|links?)(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:^|[-_\s])(?:article|content|main|detail|post|entry|zoom|TRS_Editor|Custom_UnionStyle|news|text|body)",
    re.IGNORECASE,
)
_NOT_ENTERED = frozenset(words("table p ul ol a b strong i em u span font"))
_SHORTEST_TITLE = 8  # Chinese characters
_OF_NOTICE = re.compile(  # before the name of the site: …的通知-安徽省教师教育网
    r"(.*?关于.*?(?:通知|公告|通报|意见|方案|函|办法|公示|批复|细则)(?:[（(][^（）()]{2,8}[)）])?)\s*(?:[-–—_|｜].*)?$"
)
_SITE = re.compile(r"\s*[_|｜]\s*|\s+-+\s+")
_LONGEST_INFO = 60
_ENOUGH = 60  # characters that an article has at least


def title_of(soup: BeautifulSoup, before: Sequence[str], head: Sequence[str]) -> str:
    """What the page says its article is called; "" where it only names the site
    or the article says it itself.

    `before` are the lines before the article, the nearest first, `head` those it begins with.
    """
    if said := said_in_head(soup, "ArticleTitle"):
        return said
    headlines = [tidy(each.get_text()).replace("\n", "") for each in soup.find_all("h1")]
    if said := next(filter(_names_notice, headlines), ""):
        return said
    title = soup.find("title")
    parts = _SITE.split(tidy(title.get_text()).replace("\n", "")) if title else [""]
    if own := next(filter(None, map(_OF_NOTICE.match, parts)), None):
        return own[1].strip()
    if own_line := next(filter(_names_notice, before), ""):
        return own_line
    if any(map(_names_notice, head)):
        return ""
    known = (*headlines, parts[0], said_in_head(soup, "og:title"))
    return next(filter(_is_long_enough, known), "")


def day_said(soup: BeautifulSoup, before: Iterable[str]) -> str:
    """The day of issue that the page gives, in its head or right before its article."""
    if said := said_in_head(soup, "(?:PubDate|publishdate|article:published_time)"):
        return said
    days = (found for line in before if len(line) <= _LONGEST_INFO for found in find_dates(line))
    return next((each.text for each in days if each.start and each.start == each.end), "")


def _names_notice(line: str) -> bool:
    return ends_title(line) and _is_long_enough(line)


def _is_long_enough(title: str) -> bool:
    return len(re.findall(r"[\u4e00-\u9fff]", title)) >= _SHORTEST_TITLE


def said_in_head(soup: BeautifulSoup, name: str) -> str:
    known = re.compile(f"^{name}$", re.IGNORECASE)
    tag = soup.find("meta", attrs={"name": known}) or soup.find("meta", attrs={"property": known})
    return tidy(str(tag.get("content", ""))) if isinstance(tag, Tag) else ""


def missing_head(blocks: list[Block], title: str, issued: str) -> Iterator[Paragraph]:
    """Title and day of issue, where they stand outside the article."""
    lines = [block.text for block in blocks[:8] if isinstance(block, Paragraph)]
    head = "".join(lines)
    if title and bare(title) not in bare(head):
        yield Paragraph(title, level=1)
    if issued and not any(map(_says_day, lines)):
        yield Paragraph(f"发布时间：{issued}")


def _says_day(line: str) -> bool:
    return bool(full_date(line) or day_beside_number(line)) or says_when_published(line)


def without_furniture(soup: BeautifulSoup) -> None:
    for tag in soup.find_all(_NEVER):
        tag.decompose()
    for tag in soup.find_all(True):
        if not tag.decomposed and _is_furniture(tag):
            tag.decompose()


def _is_furniture(tag: Tag) -> bool:
    if tag.name in ("html", "body", "article", "main"):
        return False
    style = str(tag.get("style", "")).replace(" ", "")
    names = " ".join(_names(tag))
    hidden = tag.has_attr("hidden") or "display:none" in style
    return hidden or (bool(_FURNITURE.search(names)) and not _ARTICLE.search(names))


def _names(tag: Tag) -> list[str]:
    return (
        [
            *(tag.get_attribute_list("class")),
            *(tag.get_attribute_list("id")),
            *tag.get_attribute_list("role"),
        ]
        if tag.attrs
        else []
    )


def article_in(soup: BeautifulSoup) -> Tag:
    """<article> or <main>, else the smallest element that holds most of the running text."""
    for name in ("article", "main"):
        found = soup.find(name)
        if isinstance(found, Tag) and len(found.get_text(strip=True)) >= _ENOUGH:
            return found
    best: Tag = soup.body or soup
    whole = _running_text(best)
    while True:
        children = best.find_all(True, recursive=False)
        fuller = [child for child in children if _running_text(child) >= 0.75 * whole]
        if not fuller or fuller[0].name in _NOT_ENTERED or whole < _ENOUGH:
            return best
        best = fuller[0]


def _running_text(tag: Tag) -> int:
    """Characters outside links: menus are made of links."""
    linked = sum(len(link.get_text(strip=True)) for link in tag.find_all("a"))
    return len(tag.get_text(strip=True)) - linked
