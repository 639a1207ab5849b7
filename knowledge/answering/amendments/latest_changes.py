"""改了什么, 跟原来比有啥变化, 有没有补充通知: what the latest supplement says, item by item."""

import re
from collections.abc import Iterator, Sequence

from knowledge.answering.wording import cited, short
from knowledge.chinese.normal import normal, simplified
from knowledge.notices import Notice, Section
from knowledge.sources import Source

NONE = "没有查到调整或补充通知。"
MOST, LONGEST = 8, 70  # items of a supplement, and characters of each
_ASKED = re.compile(
    r"(?:改|变|调整|更改|更正|补充)(?:动|化|更)?了?(?:些|点)?(?:什么|啥|哪些|哪儿|哪里)"
    r"|[跟和与](?:原来|之前|以前|原通知|上次)(?:的)?(?:比|相比)|有(?:没有|无|啥|什么|哪些)?新?的?(?:变化|变动|调整|补充通知|补充|更正)"
)
_FRAME = re.compile(
    r"请问|这次|最近|通知|安排|里|上|又|都|是|的|了|有|没有?|吗|呢|么|什么|啥|哪些|原来|之前|以前|一下|要|不同|区别|不一样|地方|培训|研修|项目|[?？。,，!！\s]"
)
_SAYS_NOTHING = re.compile(r"其[他余]|未[尽涉作]|联系人|咨询电话$")


def latest_changes(
    plain: str, notices: Sequence[Notice], provinces: frozenset[str]
) -> tuple[str, tuple[Source, ...]] | None:
    """None where something else is asked; `NONE` and no source where nothing was changed.

    `plain` is in normal form; `provinces` those of the question or of the asker, none: any.
    """
    if not _ASKED.search(plain):
        return None
    named = _FRAME.sub(" ", _ASKED.sub(" ", plain)).split()
    changing = [
        notice
        for notice in notices
        if notice.amends and (not provinces or not notice.province or notice.province in provinces)
        if all(_names(word, notice) for word in named)
    ]
    if not changing:
        return None if named else (NONE, ())
    latest = max(changing, key=lambda notice: str(notice.issued or ""))
    items = [f"· {short(simplified(item), LONGEST)}" for item in _items(latest.sections)][:MOST]
    source = Source(latest.title, latest.number, issued=latest.issued)
    more = f"（此前还有{len(changing) - 1}份调整通知）" if len(changing) > 1 else ""
    return "\n".join((f"最近一次调整{more}：", *items, cited(source))), (source,)


def _names(word: str, notice: Notice) -> bool:
    """语文骨干 in 小学语文骨干教师提升培训: what is named beside the question is the notice."""
    return word in normal(notice.title) or word in notice.province


def _items(sections: Sequence[Section]) -> Iterator[str]:
    for section in sections:
        if not (section.number or section.heading):
            continue
        said = section.paragraphs[0] if section.paragraphs else ""
        item = f"{section.heading}：{said}" if section.heading and said else section.heading or said
        if item and not _SAYS_NOTHING.match(normal(item)):
            yield item
        elif not item:
            yield from _items(section.children)
