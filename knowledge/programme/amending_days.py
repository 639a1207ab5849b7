"""Old and new days of an amendment, compared with those that a programme has."""

import re
from datetime import date, timedelta

from knowledge.chinese.dates import DateMention, Moment
from knowledge.notices import Notice
from knowledge.programme.change_sentences import NewDay

_LATER = re.compile(r"延长?[至到]|延[长期迟]|推迟|顺延")
_EARLIER = re.compile(r"提前")
_FAR = timedelta(days=180)


def was(old: DateMention | None, *days: date) -> bool:
    """Whether the old day that is named is one of these, as far as it is printed."""
    if old is None:
        return True
    printed = [moment for moment in (old.first, old.last) if moment.month]
    return any(_is(moment, day) for moment in printed for day in days)


def _is(moment: Moment, day: date) -> bool:
    return (moment.month, moment.day) in {(day.month, day.day), (day.month, None)}


def new_days(new: DateMention, near: date) -> tuple[date, date] | None:
    """First and last; without a printed year they are of the year that brings them nearest."""
    starts, ends = new.start or new.end, new.end or new.start
    if starts is None or ends is None:
        return None
    if "年" in new.text or str(ends.year) in new.text:
        return starts, ends
    years = (near.year - ends.year + more for more in (-1, 0, 1))
    moved = [(_later(starts, by), _later(ends, by)) for by in years]
    return min(moved, key=lambda days: abs(days[1] - near))


def _later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def may_be(move: NewDay, old: date, new: date) -> bool:
    """What is put off is later, and nothing moves by half a year."""
    if move.new.vague or abs(new - old) > _FAR:
        return False
    if _LATER.search(move.words.text):
        return new >= old
    return new <= old or not _EARLIER.search(move.words.text)


def explained(move: NewDay, notice: Notice) -> str:
    old = f"原为{move.old.text}，" if move.old else ""
    return f"{old}按{notice.number or notice.title}改为{move.new.text}"
