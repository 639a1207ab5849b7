"""Which part of a web page is the article, and what the article is called."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Tag

from knowledge.chinese.numerals import words
from knowledge.reading.blocks import Block, Paragraph, tidy

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
_ENOUGH = 60  # characters that an article has at least


def title_of(soup: BeautifulSoup) -> str:
    """What the page says its article is called; "" where it only names the site."""
    if said := said_in_head(soup, "ArticleTitle"):
        return said
    if headline := soup.find("h1"):
        return tidy(headline.get_text()).replace("\n", "")
    title = soup.find("title")
    said = re.split(r"\s*[_|]\s*|\s+-+\s+", tidy(title.get_text()))[0] if title else ""
    return said if len(re.findall(r"[\u4e00-\u9fff]", said)) >= _SHORTEST_TITLE else ""


def said_in_head(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", attrs={"name": re.compile(f"^{name}$", re.IGNORECASE)})
    return tidy(str(tag.get("content", ""))) if isinstance(tag, Tag) else ""


def missing_head(blocks: list[Block], title: str, issued: str) -> Iterator[Paragraph]:
    """Title and day of issue, where they stand outside the article."""
    head = "".join(block.text for block in blocks[:8] if isinstance(block, Paragraph))
    if title and _bare(title) not in _bare(head):
        yield Paragraph(title, level=1)
    if issued and not re.search(r"\d{4}\s*[年-]\s*\d{1,2}", head):
        yield Paragraph(f"发布时间：{issued}")


def _bare(text: str) -> str:
    return re.sub(r"\W", "", text)


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
