"""What the lines above a table say of it: its title, whose tasks it holds, and when."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import normal
from knowledge.chinese.numerals import folded
from knowledge.programme.codes import own_words
from knowledge.programme.headings import role_said_in
from knowledge.programme.labels import Label, split_label
from knowledge.programme.printed import PrintedPlan
from knowledge.programme.task_rows import Around
from knowledge.reading.blocks import Block, Grid, Paragraph
from knowledge.reading.numbering import numbered, opening_of

NEAR = 4  # paragraphs above a table that may speak of it
_SHORTEST_TITLE = 8  # 任务安排 alone names no programme
_LONGEST_TITLE = 60
_LONGEST_HEADING = 40
_TRAINING = re.compile(r"研修|培训|进修|计划|项目|工程|(?:19|20)\d{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_TITLE = re.compile(r"(?:表|安排|计划|日程|分工|任务|职责|方案|清单|一览)$")
_SAYS_NOTHING = re.compile(
    r"进程|过程|步骤|流程|期间|人员|学员|管理|主要|具体|有关|内容|学习|分|类"
)
_SAID = re.compile(r"[。；;]$")  # a sentence, not a heading
_TIME = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{0,6}(?:研修|培训|学习|实践)|(?=[活起实]))(?:活动|起止|实施)?(?:时间|日期)[:：为]"
)
_STAGE = re.compile(r"阶段|环节")
_NUMBER = re.compile(r"^(?:附\s*件|表)\s*[\d一二三四五六七八九十]*\s*[:：.、]?\s*")


@dataclass(frozen=True, slots=True)
class Above:
    title: str  # "" where the lines name no training
    any_title: str
    around: Around

    @classmethod
    def of(cls, blocks: Sequence[Block], caption: str) -> "Above":
        """`blocks` are the nearest before the table, NEAR of them."""
        lines = list(_own_lines(blocks))
        titles = [text for text in (caption, *map(_title, lines)) if text]
        named = (text for text in titles if _TRAINING.search(text) and not _is_generic(text))
        said = [each for each in (caption, *lines) if each]
        role = next(filter(None, map(role_said_in, map(_unnumbered, said))), "")
        unnumbered = [_unnumbered(each) for each in said]
        stage = next(filter(_is_stage, unnumbered), "")
        around = Around(role, split_label(stage) if stage else _time_said(unnumbered))
        return cls(next(named, ""), next(iter(titles), ""), around)

    def title_of(self, plan: PrintedPlan, whole: str) -> str:
        """The title without the role, where the table is that of one role; "" where that says
        nothing by itself, or no more than the title of the whole notice."""
        role = self.around.role
        if not _YEAR.search(self.title) and _own(self.title) in normal(whole):
            return ""
        if plan.roles != (role,) or role not in self.title:
            return self.title
        rest = re.sub(f"{re.escape(role)}的?", "", self.title)
        return rest if _YEAR.search(rest) else ""


def _time_said(lines: Sequence[str]) -> Label:
    """研修时间：12月1日至31日，线上进行。 is when, where no other line says another time."""
    found = [
        (hit["name"], dates[0].text)
        for line in lines
        if (hit := _TIME.match(line))
        and len(dates := find_dates(line, year=2000)) == 1
        and dates[0].start != dates[0].end
        and dates[0].begin - hit.end() <= 1
    ]
    return found[0] if len(found) == 1 else ("", "")


def _own_lines(blocks: Sequence[Block]) -> Iterator[str]:
    """The nearest first, not beyond the table before."""
    for block in reversed(blocks):
        match block:
            case Grid():
                return
            case Paragraph():
                yield block.text


def annex_begun_by(paragraph: Paragraph) -> str:
    """附件2; "" where the paragraph begins none."""
    opening = opening_of(paragraph) if len(paragraph.text) <= _LONGEST_TITLE else None
    return opening.number if opening and opening.family == "附件" else ""


def _title(line: str) -> str:
    text = _NUMBER.sub("", line)
    fits = _SHORTEST_TITLE <= len(text) <= _LONGEST_TITLE and _TITLE.search(folded(text))
    return _unnumbered(text) if fits else ""


def _unnumbered(line: str) -> str:
    text = _NUMBER.sub("", line)
    opening = numbered(text)
    return opening.rest if opening else text


def _is_generic(title: str) -> bool:
    return not (_YEAR.search(title) or _own(title))


def _own(title: str) -> str:
    return _SAYS_NOTHING.sub("", own_words(title))


def _is_stage(line: str) -> bool:
    """第一阶段：网络研修（3月1日-4月30日）; not 各阶段任务安排表."""
    short = (
        len(line) <= _LONGEST_HEADING and not _SAID.search(line) and not _TITLE.search(folded(line))
    )
    return short and bool(_STAGE.search(line) or find_dates(line, year=2000))
