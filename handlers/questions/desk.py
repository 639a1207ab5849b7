"""What the handlers of questions need of the installation, put together in bot/."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.answering.explaining import Explanation
from knowledge.answering.library import Library
from knowledge.entries import Entry, LearnedPhrasing

A_DAY = timedelta(days=1)


async def _nothing_to_refresh() -> None:
    """A library that never changes."""


def _nothing_new(_: Sequence[Entry], __: Sequence[LearnedPhrasing]) -> Library:
    return Library(())


def _nothing_gets_worse(_before: Library, _after: Library, _today: date) -> str:
    return ""


def _only_why(explained: Explanation) -> Iterable[str]:
    return [explained.why]


@dataclass(frozen=True, slots=True)
class Desk:
    """`patience`: how long one person has for an answer. `refresh`: what was just stored is known
    when it returns. `preview`: what would be known with these, too. `worse`: the golden questions
    that the second library would answer wrong and the first does not, named."""

    patience: timedelta = A_DAY
    refresh: Callable[[], Awaitable[object]] = _nothing_to_refresh
    preview: Callable[[Sequence[Entry], Sequence[LearnedPhrasing]], Library] = _nothing_new
    worse: Callable[[Library, Library, date], str] = _nothing_gets_worse
    explained: Callable[[Explanation], Iterable[str]] = _only_why
