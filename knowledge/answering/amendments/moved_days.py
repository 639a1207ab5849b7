"""Days that a later notice moves without saying to when: 报名时间延长3天, 线上研修推迟一周."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from knowledge.answering.coverage import clause_around
from knowledge.answering.passages import Passage, dates_of
from knowledge.answering.ranking import Candidate
from knowledge.chinese.dates import find_dates
from knowledge.chinese.normal import normal, simplified
from knowledge.chinese.numerals import number_of

_MOVES = re.compile(
    r"(?:^|[，,。；;：:])(?P<what>[^，,。；;：:]{2,20}?)(?:统一|均|一律|各|相应|再|顺次)*"
    r"(?P<said>(?P<verb>延长|推迟|延后|顺延|延期|提前)"
    r"(?P<count>\d{1,2}|[一二两三四五六七八九十])(?P<unit>个?(?:周|星期)|天|日))"
    r"(?=$|[，,。；;]|举行|进行|开展|举办)"
)
_ONLY_IF = re.compile(
    r"可|最多|至多|不|如|若|拟|(?<!相)应|须|必须|原则|酌情|适当|至少|确|凡|开始|分别"
)
_LAST_ONLY = re.compile(r"截止|结束|期限")
_OF_DAYS = re.compile(
    r"(?:举行|举办|进行|开展|起止|截止|结束|完成)|时间|日期|期限|阶段|安排|[为是于在的定原由]|[\s，,：:]"
)
_SPAN = re.compile(
    r"(?P<first>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?P<to>\s*[-—–―－~～至到]+\s*)"
    r"(?P<last>(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)"
)
_DAY = re.compile(r"(?P<last>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?P<until>前|之前|止|截止)?")
_HEAD_OF_DAYS = re.compile(r"^[^；：]*(?:时间|日期|起止|截止)[^；：]*$")


@dataclass(frozen=True, slots=True)
class _Move:
    what: str  # 报名
    by: timedelta
    said: str  # 延长3天
    last_only: bool
    begin: int
    stop: int


def moved(candidate: Candidate, later: Sequence[Passage]) -> Candidate:
    """The candidate with its day or span as one later clause moved it; else as it is."""
    figure, old = candidate.figure, candidate.passage
    if candidate.old_source or figure is None or figure.values or old.kind not in ("clause", "row"):
        return candidate
    found = [
        (passage, move)
        for passage in later
        for move in _moves_in(passage.text)
        if _is_of(move, old, figure.begin, figure.stop)
    ]
    if len(found) != 1:
        return candidate
    passage, move = found[0]
    text = _moved(figure.text, move, _year_of(candidate))
    if not text:
        return candidate
    return replace(
        candidate,
        passage=passage,
        figures=(replace(figure, text=text, begin=move.begin, stop=move.stop),),
        old=simplified(figure.text),
        old_source=old.source,
        shift=move.said,
    )


def _moves_in(text: str) -> list[_Move]:
    found = []
    for hit in _MOVES.finditer(text):
        count = number_of(hit["count"])
        if count is None or _ONLY_IF.search(hit["what"]):
            continue
        days = int(count) * (1 if hit["unit"] in "天日" else 7)
        by = timedelta(days=-days if hit["verb"] == "提前" else days)
        last_only = hit["verb"] == "延长" or bool(_LAST_ONLY.search(hit["what"]))
        what = _OF_DAYS.sub("", normal(hit["what"]))
        found.append(_Move(what, by, hit["said"], last_only, hit.start("said"), hit.end("said")))
    return found


def _is_of(move: _Move, passage: Passage, begin: int, stop: int) -> bool:
    """Whether the day is that of the very thing which is moved; no 线上研修作业."""
    text = passage.text
    if passage.kind == "row":
        cells = text.split("；")
        dated = [cell.partition("：")[0] for cell in cells if dates_of(cell.partition("：")[2])]
        named = _OF_DAYS.sub("", normal(passage.label))
        return len(dated) == 1 and bool(_HEAD_OF_DAYS.match(dated[0])) and named == move.what
    start, end = clause_around(text, begin, stop)
    named = _OF_DAYS.sub("", normal(text[start:begin] + text[stop:end]))
    return bool(move.what) and named == move.what


def _year_of(candidate: Candidate) -> int | None:
    passage = candidate.passage
    if passage.scope.years:
        return max(passage.scope.years) if len(passage.scope.years) == 1 else None
    return passage.source.issued.year if passage.source.issued else None


def _moved(text: str, move: _Move, year: int | None) -> str:
    """The day or span as it is now, printed as it was; "" where its days are not all told."""
    found = find_dates(text, year=year) if year else []
    if len(found) != 1 or found[0].start is None or found[0].end is None or found[0].vague:
        return ""
    first, last = found[0].start, found[0].end
    if hit := _SPAN.fullmatch(text):
        begins = first if move.last_only else first + move.by
        ends = last + move.by
        if ends < begins:
            return ""
        until = _printed(ends, begins.year, with_year="年" in hit["last"])
        return f"{_printed(begins, first.year, with_year='年' in hit['first'])}{hit['to']}{until}"
    if hit := _DAY.fullmatch(text):
        day = _printed(last + move.by, last.year, with_year="年" in hit["last"])
        return f"{day}{hit['until'] or ''}"
    return ""


def _printed(day: date, year: int, *, with_year: bool) -> str:
    """A year that was printed stays; a new one has to be told."""
    told = f"{day.year}年" if with_year or day.year != year else ""
    return f"{told}{day.month}月{day.day}日"
