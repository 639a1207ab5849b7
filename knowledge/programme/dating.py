"""Days for the stages of a printed schedule; what is not printed is assumed aloud."""

from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.chinese.dates import DateMention, find_dates
from knowledge.chinese.normal import simplified
from knowledge.chinese.numerals import DASHES, folded
from knowledge.programme.printed import PrintedStage
from knowledge.programme.values import Stage

_LONG_BEFORE = timedelta(days=60)  # a stage that begins so much earlier belongs to the next year
_DAY = timedelta(days=1)
_NAMELESS = "研修"


@dataclass
class Dating:
    """Goes from stage to stage; a stage without a year takes that of the one before."""

    years: tuple[int, ...]
    issued: date | None
    doubts: list[str]
    _assumed: bool = False  # whether the stage before ends on no more than our word

    def period(
        self, printed: PrintedStage, before: Stage | None, after: PrintedStage | None
    ) -> Stage | None:
        """The stage without its tasks; None where not even a year is known."""
        name = simplified(printed.name)
        if not name:
            name = _NAMELESS
            self.doubts.append(f"表里没有写阶段，任务都放在“{name}”里。")
        mentions = self._dated(printed.when, before)
        if not mentions:
            return self._undated(name, printed, before, after)
        starts, ends = _ends(mentions)
        starts = starts or self._after(before, ends)
        open_ended = ends is None or _goes_on(printed.when, mentions[-1])
        if open_ended:
            ends = self._until(after, starts)
            self.doubts.append(f"“{name}”阶段：“{printed.when}”没有写明结束日期，按{ends}计。")
        assert ends
        starts = min(starts, ends)
        self._doubt_vague(name, printed.when, mentions, f"{starts}至{ends}")
        reading = "；".join(simplified(each.reading) for each in mentions if each.reading)
        return Stage(name, starts, ends, printed.when, reading)

    def _doubt_vague(self, name: str, when: str, mentions: list[DateMention], taken: str) -> None:
        readings = [simplified(each.reading) for each in mentions if each.reading]
        if readings:
            self.doubts += [f"“{name}”阶段：{reading}。" for reading in readings]
        elif any(each.vague for each in mentions):
            self.doubts.append(f"“{name}”阶段：“{when}”没有写明日子，按{taken}计。")
        elif len(mentions) > 1:
            self.doubts.append(f"“{name}”阶段：“{when}”有几段时间，按{taken}计。")

    def _dated(self, when: str, before: Stage | None) -> list[DateMention]:
        """The dates of a stage; one that would lie long before the last is of the next year."""
        year = self.years[0] if self.years else before.starts.year if before else None
        mentions = _with_days(when, year)
        starts = mentions[0].start if mentions else None
        if not (year and before and starts):
            return mentions
        printed_year = str(mentions[0].first.year) in folded(when)
        if printed_year or starts > before.starts - _LONG_BEFORE:
            return mentions
        return _with_days(when, before.starts.year + 1)

    def _undated(
        self, name: str, printed: PrintedStage, before: Stage | None, after: PrintedStage | None
    ) -> Stage | None:
        """A stage without a readable day keeps its tasks: from the first of their days to the last,
        or as long as it may last."""
        if not self.years and not before:
            self.doubts.append(
                f"“{name}”阶段的时间“{printed.when}”没有年份，无法排出日期，请在标题里写明年份。"
            )
            return None
        starts = self._after(before, None)
        first, last = self._own_days(printed, starts)
        starts = min(first or starts, last or starts)
        ends = max(last or self._until(after, starts), starts)
        said = f"“{printed.when}”不是日期" if printed.when else "原文没有写明时间"
        reading = f"{said}，暂按{starts}至{ends}计"
        self.doubts.append(f"“{name}”阶段：{reading}。")
        self._assumed = last is None
        return Stage(name, starts, ends, printed.when, reading)

    def _own_days(self, printed: PrintedStage, since: date) -> tuple[date | None, date | None]:
        """Where every task has a span of its own, the stage begins with the first of them."""
        found = [
            mention
            for _, tasks in printed.lists
            for task in tasks
            for mention in _with_days(task.due, since.year)
        ]
        spans = [each.start for each in found if each.start and each.start != each.end]
        first = min(spans) if spans and len(spans) == len(found) else None
        return first, max((each.end for each in found if each.end), default=None)

    def _after(self, before: Stage | None, ends: date | None) -> date:
        """The first day of a stage that says only when it ends, or nothing."""
        if before:
            return before.starts if self._assumed else before.ends + _DAY
        first = self.issued or (date(self.years[0], 1, 1) if self.years and not ends else ends)
        assert first
        return min(first, ends) if ends else first

    def _until(self, after: PrintedStage | None, starts: date) -> date:
        """The last day before the next stage begins, else of the year."""
        following = _with_days(after.when, starts.year) if after else []
        begins = following[0].start if following else None
        if begins and begins > starts:
            return begins - _DAY
        return date(max(self.years[-1] if self.years else 0, starts.year), 12, 31)


def _with_days(when: str, year: int | None) -> list[DateMention]:
    return [each for each in find_dates(when, year=year) if each.start or each.end]


def _ends(mentions: list[DateMention]) -> tuple[date | None, date | None]:
    """The first day of all spans and the last; None where the words leave it open."""
    starts = mentions[0].start
    ends = [each.end for each in mentions]
    known = [day for day in ends if day]
    return starts, max(known) if len(known) == len(ends) else None


def _goes_on(when: str, last: DateMention) -> bool:
    """6月15日— without an end."""
    rest = folded(when[last.stop :]).strip(" )")
    return bool(rest) and not rest.strip(DASHES) and last.start == last.end
