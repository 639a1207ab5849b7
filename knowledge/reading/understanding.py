"""The one step from blocks to what a file holds, the same for every format."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.chinese.normal import normal
from knowledge.documents import Document, Doubt
from knowledge.entries import Entry, OpenQuestion
from knowledge.notices import Notice
from knowledge.programme.values import Programme
from knowledge.reading import schedules
from knowledge.reading.blocks import Block, Paragraph
from knowledge.reading.entries import entry_or_question
from knowledge.reading.heads import NUMBER, title_in
from knowledge.reading.items import Item, items_of
from knowledge.reading.notice import notice_of
from knowledge.reading.numbering import numbered
from knowledge.reading.outline import walk
from knowledge.reading.pairs import pairs_of

_ENOUGH_SHARED = 0.4  # share of a heading's pairs of characters that a long text should contain
_LONG_TEXT = 300
_COMMON_PAIRS = re.compile(
    r"20\d\d|什么|怎么|如何|哪些|多少|有何|目的|内容|方式|教师|培训|研修|国培|计划|教育|[与和及的年]"
)


@dataclass
class _Findings:
    """What was found so far. `year` is the one to assume where dates are without."""

    year: int = 0
    notices: list[Notice] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    open_questions: list[OpenQuestion] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def understood(name: str, blocks: Sequence[Block], *, region: str = "", year: int = 0) -> Document:
    """Everything the blocks hold. `region` and `year` stand in where the text names none."""
    found = _Findings(year)
    items = items_of(blocks)
    for item in items:
        _read_item(item, region, found)
    if not items:
        _read_questions_or_notice(name, blocks, region, found)
    return Document(
        name,
        tuple(found.notices),
        tuple(found.entries),
        tuple(found.programmes),
        tuple(found.open_questions),
        tuple(sorted(found.doubts, key=lambda doubt: doubt.line)),
    )


def _read_questions_or_notice(
    name: str, blocks: Sequence[Block], region: str, found: _Findings
) -> None:
    pairs = pairs_of(blocks)
    if not pairs.items:
        _read_notice(blocks, region, name, found)
        return
    page = notice_of(pairs.around, region=region, name=name)
    if _says_something(page):
        _read_notice(pairs.around, region, name, found)
    for item in pairs.items:
        _add(entry_or_question(item, page, section=pairs.section, region=region), found)


def _says_something(page: Notice) -> bool:
    """Whether a page is a notice besides its questions, not only their title."""
    texts = [text for _, section in walk(page.sections) for text in section.paragraphs]
    tables = any(section.tables for _, section in walk(page.sections))
    return tables or len(texts) >= 2 or bool(texts and (page.number or page.addressees))


def _read_item(item: Item, region: str, found: _Findings) -> None:
    rest = _take_programmes(item.body, region, found)
    if len(rest) < len(item.body):
        _doubt_heading(item, found)
    elif _is_notice(rest):
        _doubt_heading(item, found)
        _read_notice(rest, region, item.heading, found)
        return
    if not rest and len(item.body) > 0:
        return
    _add(entry_or_question(item, region=region), found)


def _add(read: Entry | OpenQuestion, found: _Findings) -> None:
    match read:
        case Entry() as entry:
            found.entries.append(entry)
        case OpenQuestion() as question:
            found.open_questions.append(question)


def _take_programmes(blocks: Sequence[Block], region: str, found: _Findings) -> list[Block]:
    rest: list[Block] = []
    for block in blocks:
        drafted = (
            schedules.in_line(block, region, found.year) if isinstance(block, Paragraph) else None
        )
        if drafted is None:
            rest.append(block)
        else:
            _add_programme(drafted, found)
    return rest


def _is_notice(blocks: Sequence[Block]) -> bool:
    """A 文号 and sections, or a title of the usual kind and sections."""
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    sections = [opening for text in texts if (opening := numbered(text))]
    headed = any(NUMBER.search(text) for text in texts[:6]) or title_in(texts[:6])[1]
    return bool(headed) and len(sections) >= 2


def _read_notice(blocks: Sequence[Block], region: str, name: str, found: _Findings) -> None:
    rest = _take_programmes(blocks, region, found)
    if not rest:
        return
    notice = notice_of(rest, region=region, name=name)
    found.notices.append(notice)
    for drafted in schedules.in_tables(rest, notice, found.year):
        _add_programme(drafted, found)


def _add_programme(drafted: schedules.Drafted, found: _Findings) -> None:
    """One without any day stands in the doubts only: nothing of it can come due."""
    programme, doubts = drafted
    found.programmes += [programme] if programme.stages else []
    found.doubts += doubts


def _doubt_heading(item: Item, found: _Findings) -> None:
    text = "".join(block.text for block in item.body if isinstance(block, Paragraph))
    if len(text) >= _LONG_TEXT and not _speaks_of(item.heading, text):
        found.doubts.append(
            Doubt(
                item.line,
                f"{item.mark}“{item.heading}”下面的文字没有回答这个问题，已按文字本身读入。",
            )
        )


def _speaks_of(heading: str, text: str) -> bool:
    own = _pairs(heading)
    shared = own & _pairs(text)
    return not own or len(shared) >= _ENOUGH_SHARED * len(own)


def _pairs(text: str) -> set[str]:
    runs = re.findall(r"[\u4e00-\u9fff]+", _COMMON_PAIRS.sub(" ", normal(text)))
    return {run[at : at + 2] for run in runs for at in range(len(run) - 1)}
