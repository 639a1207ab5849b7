"""Passages: the pieces that a question is held against."""

from dataclasses import dataclass, field
from functools import lru_cache

from knowledge.answering.question_words import Kind
from knowledge.chinese.amounts import FoundAmount, find_amounts
from knowledge.chinese.clocks import ClockTime, find_clocks
from knowledge.chinese.dates import DateMention, find_dates
from knowledge.entries import Entry
from knowledge.notices import Notice
from knowledge.programme.values import Stage, Task
from knowledge.sources import Scope, Source


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` is what is shown; `own`, `context`, `title` and `asked` are in normal form."""

    kind: str  # entry, clause, preamble, section, row, task, stage, head
    text: str
    own: str
    source: Source
    scope: Scope = field(default_factory=Scope)
    context: str = ""  # the headings above it
    around: str = ""  # the paragraph it stands in
    about: str = ""  # how the notice opens: for whom it is, and why
    title: str = ""
    label: str = ""  # what tells it from its neighbours: 学员·分散研修, the heading
    asked: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset()  # what its phrasings ask for
    entry: Entry | None = None
    notice: Notice | None = None
    task: Task | None = None
    stage: Stage | None = None
    quoted: bool = True  # in the words of the source; what is bundled restates it
    opening: bool = False  # the first sentence of its paragraph, or the one behind its lead

    def is_of(self, provinces: frozenset[str]) -> bool:
        return bool(provinces & self.scope.provinces)


@lru_cache(maxsize=4096)
def amounts_of(text: str) -> tuple[FoundAmount, ...]:
    return tuple(find_amounts(text))


@lru_cache(maxsize=4096)
def clocks_of(text: str) -> tuple[ClockTime, ...]:
    return tuple(find_clocks(text))


@lru_cache(maxsize=4096)
def dates_of(text: str) -> tuple[DateMention, ...]:
    return tuple(find_dates(text))
