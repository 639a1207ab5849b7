"""What later notices changed in a passage that is shown: nobody may act on the old value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.answering.amendments.deltas import deltas_in
from knowledge.answering.amendments.new_values import Renewal, renewals_in
from knowledge.answering.amendments.old_values import replaced_in, stands_in
from knowledge.answering.amendments.reckoning import concerns
from knowledge.answering.passages import Passage
from knowledge.chinese.normal import normal
from knowledge.names import bare_name
from knowledge.sources import Source

SHARED = 2  # pairs of characters that tell that both speak of the same thing
_COMMON = frozenset(
    ["时间", "培训", "研修", "教师", "学员", "要求", "通知", "安排", "工作", "截止"]
)


@dataclass(frozen=True, slots=True)
class _Change:
    amended: frozenset[str]  # bare names of the notices that it adjusts
    passage: Passage
    values: tuple[tuple[str, frozenset[str]], ...]  # an old value, and the words that lead to it
    renewals: tuple[Renewal, ...]  # where it names only the new one
    shifts: bool  # it tells by how much something changes


class Changes:
    """Every clause that puts a value in the place of another."""

    def __init__(self, passages: Iterable[Passage]) -> None:
        self._changes = [
            change
            for passage in passages
            if passage.kind == "clause" and passage.notice and passage.notice.amends
            for change in [_change_in(passage, passage.notice.amends)]
            if change.values or change.renewals or change.shifts
        ]

    def of(self, shown: Sequence[Passage]) -> list[Passage]:
        """The clauses that change what `shown` still says, the latest first; not those shown."""
        texts = {passage.text for passage in shown}
        found = {
            change.passage.text: change.passage
            for change in self._changes
            for passage in shown
            if change.passage.text not in texts and _changes(change, passage)
        }
        return sorted(found.values(), key=lambda each: str(each.source.issued), reverse=True)


def _change_in(passage: Passage, amended: Iterable[str]) -> _Change:
    values = _values(passage.text)
    renewals = () if values else tuple(renewals_in(passage.text))
    shifts = bool(deltas_in(passage.text))
    return _Change(frozenset(map(bare_name, amended)), passage, values, renewals, shifts)


def _values(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((old, _pairs(text[: text.find(old)])) for old in replaced_in(text))


def _changes(change: _Change, passage: Passage) -> bool:
    if not change.amended & _names(passage.source):
        return False
    said = normal(f"{passage.context} {passage.text}")
    if any(renewal.is_of(passage, said) for renewal in change.renewals):
        return True
    if change.shifts and concerns(change.passage.text, passage):
        return True
    return any(
        stands_in(old, passage.text) and sum(pair in said for pair in words) >= SHARED
        for old, words in change.values
    )


def _pairs(text: str) -> frozenset[str]:
    """Pairs of letters of the piece of the sentence that leads to the old value."""
    piece = normal(text).replace("，", ",").rsplit(",", 1)[-1]
    return frozenset(map("".join, pairwise(piece))) - _COMMON


def _names(source: Source) -> set[str]:
    return {bare_name(name) for name in (source.number, source.title) if name}
