"""What the sentences of a notice change: 教学设计提交时间由12月10日延长至12月16日, 取消汇报课."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from knowledge.chinese.amounts import FoundAmount, find_amounts
from knowledge.chinese.dates import DateMention, find_dates
from knowledge.notices import Notice, Section

_SENTENCE = re.compile(r"[^。；;\n]+")
_COMMA = re.compile(r"[，,]")
_TURN = re.compile(
    r"(?:调整|变更|更正|修改|改|延期|推迟|提前|顺延|延长|延|缩短|压缩|缩|减少|减|增加|增|提高|提|降低|降|放宽)"
    r"(?:为|到|至|成|在|于)"
)
_DROPPED = r"(?:取消|不再(?:安排|组织|开展|进行|举行|要求|提交|上交)*)"
_CANCELS = re.compile(
    rf"^\s*(?:现|经研究|同时)?(?<!不){_DROPPED}(?P<first>[^，,]{{2,}})$"
    rf"|^(?P<last>[^，,]{{2,}}?)(?:予以|全部|均)?(?<!不){_DROPPED}\s*$"
)
_CHANGES = re.compile(rf"{_TURN.pattern}|取消|不再|新增|增加|增设|推迟|延期|延长|提前|顺延|缩短")
_ANNOUNCES = re.compile(r"(?:如下|以下)(?:调整|变更|更正|补充|安排|修改)?[：:]?\s*$")
_STANDS = re.compile(r"不变|照旧|仍按|照原|原通知")
_ELSEWHERE = re.compile(r"地点|地址|电话|邮箱|网址|账号|联系人|咨询|宾馆|酒店")
_BETWEEN = re.compile(r"[\s：:]*(?:今年|本年|每位|每人)?[\s：:]*")  # 调整为 and what it turns to


@dataclass(frozen=True, slots=True)
class Words:
    """Where a change is said. `clauses`: what stands before the turn, the headings first, without
    the values; `after`: what follows the new value up to the next turn."""

    text: str
    clauses: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True, slots=True)
class NewDay:
    words: Words
    old: DateMention | None  # None where only the new one is named
    new: DateMention


@dataclass(frozen=True, slots=True)
class NewAmount:
    words: Words
    old: FoundAmount | None
    new: FoundAmount


@dataclass(frozen=True, slots=True)
class Cancelled:
    words: Words
    what: str


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Something is new or other than it was, in words that are not understood further."""

    words: Words


@dataclass(frozen=True, slots=True)
class Restated:
    """Days without a word of change: 教学设计须在12月16日前提交."""

    words: Words
    days: tuple[DateMention, ...]


Said = NewDay | NewAmount | Cancelled | Otherwise | Restated


def said_in(notice: Notice) -> Iterator[Said]:
    year = notice.years[0] if notice.years else notice.issued.year if notice.issued else None
    for section in notice.sections:
        yield from _in_section(section, (), year)


def _in_section(section: Section, above: tuple[str, ...], year: int | None) -> Iterator[Said]:
    yield from (
        said
        for said in _in_text(section.heading, above, year)
        if not isinstance(said, Otherwise | Restated)  # 新增要求: what is new stands below
    )
    headings = (*above, section.heading) if section.heading else above
    for paragraph in section.paragraphs:
        yield from _in_text(paragraph, headings, year)
    for child in section.children:
        yield from _in_section(child, headings, year)


def _in_text(text: str, headings: tuple[str, ...], year: int | None) -> Iterator[Said]:
    for hit in _SENTENCE.finditer(text):
        sentence = hit[0].strip()
        found = [*_turns(sentence, headings, year), *_cancelled(sentence, headings)]
        yield from found
        if not found and not _ANNOUNCES.search(sentence):
            under = headings[-1:] if _CHANGES.search("".join(headings[-1:])) else ()
            new = under and hit.start() == 0 and not _STANDS.search(sentence)
            if _CHANGES.search(sentence) or new:
                yield Otherwise(Words("：".join((*under, sentence)), (*headings, sentence)))
            elif days := tuple(find_dates(sentence, year=year)):
                rest = _less_days(sentence, days)
                yield Restated(Words(sentence, (*headings, *_clauses(rest))), days)


def _less_days(sentence: str, days: Sequence[DateMention]) -> str:
    for day in reversed(days):
        sentence = sentence[: day.begin] + sentence[day.stop :]
    return sentence


def _turns(sentence: str, headings: tuple[str, ...], year: int | None) -> Iterator[Said]:
    dates, amounts = find_dates(sentence, year=year), find_amounts(sentence)
    turns = list(_TURN.finditer(sentence))
    clauses = headings
    start = 0
    for turn, following in zip(turns, [*turns[1:], None], strict=False):
        day = next((one for one in dates if _follows(turn, one)), None)
        amount = next((one for one in amounts if _follows(turn, one)), None)
        value = day or amount
        stop = _end_of_clause(sentence, value.stop if value else turn.end())
        old_day = _last(dates, start, turn.start())
        old_amount = _last(amounts, start, turn.start())
        about = _without(sentence, start, turn.start(), old_day if day else old_amount)
        clauses = (*clauses, *_clauses(about))
        after = sentence[value.stop : following.start() if following else None] if value else ""
        words = Words(sentence[start:stop].strip(), clauses, after)
        if day:
            yield NewDay(words, old_day, day)
        elif amount:
            yield NewAmount(words, old_amount, amount)
        elif not _ELSEWHERE.search(about):
            yield Otherwise(words)
        start = min(stop + 1, len(sentence))


def _end_of_clause(sentence: str, start: int) -> int:
    comma = _COMMA.search(sentence, start)
    return comma.start() if comma else len(sentence)


def _follows(turn: re.Match[str], value: DateMention | FoundAmount) -> bool:
    if value.begin < turn.end():
        return value.begin == turn.end() - 1
    return bool(_BETWEEN.fullmatch(turn.string, turn.end(), value.begin))


_Value = DateMention | FoundAmount
V = TypeVar("V", DateMention, FoundAmount)


def _last(values: Sequence[V], start: int, stop: int) -> V | None:
    within = [one for one in values if start <= one.begin and one.stop <= stop]
    return within[-1] if within else None


def _without(sentence: str, start: int, stop: int, old: _Value | None) -> str:
    if old is None:
        return sentence[start:stop]
    return sentence[start : old.begin] + sentence[old.stop : stop]


def _clauses(text: str) -> list[str]:
    return [clause for clause in re.split(r"[，,：:]", text) if re.search(r"\w", clause)]


def _cancelled(sentence: str, headings: tuple[str, ...]) -> Iterator[Cancelled]:
    clauses = _clauses(sentence)
    for at, clause in enumerate(clauses):
        if hit := _CANCELS.match(clause):
            what = hit["first"] or hit["last"]
            yield Cancelled(Words(clause.strip(), (*headings, *clauses[:at])), what)
