"""What a notice also calls its groups: 师德宣讲员班（甲班）, 第1期（小学）."""

import re
from collections.abc import Iterator
from dataclasses import replace

from knowledge.answering.passages import Passage
from knowledge.chinese.normal import normal
from knowledge.notices import Notice

_SHORT = r"(?:[甲乙丙丁戊a-d]|[一二三四五六]|\d|第[一二三四五六七八九十\d]{1,2})[班组类期批]"
_NAMED = rf"(?P<full>[\u3400-\u9fff]{{2,12}}[班组类])\((?P<short>{_SHORT})\)"
_MEANT = rf"(?P<first>{_SHORT})\((?P<whom>[\u3400-\u9fff、]{{2,12}})\)"
_LISTED = rf"(?P<item>{_SHORT})[:：](?P<group>[\u3400-\u9fff]{{2,10}}班)(?=[。；;，,]|$)"
_ALIAS = re.compile(f"{_NAMED}|{_MEANT}|{_LISTED}", re.M)

Aliases = tuple[tuple[str, str], ...]


def aliases_in(notice: Notice) -> Aliases:
    """Pairs of a short name and what it stands for, in normal form."""
    return tuple(dict.fromkeys(_pairs(normal("\n".join(notice.texts())))))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for hit in _ALIAS.finditer(text):
        short = hit["short"] or hit["first"] or hit["item"]
        yield short, hit["full"] or hit["whom"] or hit["group"]


def with_aliases(passage: Passage, aliases: Aliases) -> Passage:
    """The passage, found by the other name of the group it speaks of too."""
    others = {full for short, full in aliases if short in passage.own and full not in passage.own}
    return (
        replace(passage, context=" ".join((passage.context, *sorted(others))))
        if others
        else passage
    )
