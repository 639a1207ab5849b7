"""What a coordinator should know of a proposed entry: what it repeats, contradicts, or misses."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from knowledge.answering.clusters import likeness, shared_words
from knowledge.answering.library import Library
from knowledge.answering.verdicts import Answer, Asker
from knowledge.chinese.normal import normal
from knowledge.documents import Document
from knowledge.entries import Entry

NEAR = 0.5
MOST = 3
_FIGURE = re.compile(r"\d+(?:[.:]\d+)?")


@dataclass(frozen=True, slots=True)
class Review:
    """`said_now`: what is answered without it; `unheard`: phrasings that it would not answer."""

    near: tuple[Entry, ...] = ()
    said_now: Answer | None = None
    contradicts: bool = False
    unheard: tuple[str, ...] = ()


def review(entry: Entry, asker: Asker, before: Library, after: Library) -> Review:
    """`after`: with the entry; the entry as it is now is no rival of its new version."""
    now = before.ask(entry.question, asker)
    said = now if isinstance(now, Answer) and now.sources else None
    if said and all(source == entry.source for source in said.sources):
        said = None
    return Review(
        near=tuple(near_entries(entry, before.documents)),
        said_now=said,
        contradicts=said is not None and _contradict(said.text, entry.answer),
        unheard=tuple(_unheard(entry, asker, after)),
    )


def near_entries(entry: Entry, documents: Sequence[Document]) -> list[Entry]:
    """Others that ask nearly the same, the nearest first."""
    asked = (entry.question, *entry.phrasings)
    others = [each for one in documents for each in one.entries if each.id != entry.id]
    found = [(max(_nearness(one, each) for one in asked), each) for each in others]
    found = sorted((pair for pair in found if pair[0] >= NEAR), key=_first)
    return [each for _, each in found[:MOST]]


def nearest_entries(question: str, documents: Sequence[Document]) -> list[Entry]:
    """Those that somebody may have meant, the nearest first."""
    entries = [each for one in documents for each in one.entries]
    found = sorted(((_words_in_common(question, each), each) for each in entries), key=_first)
    return [each for share, each in found[:MOST] if share > 0]


def short_id(entry_id: str) -> str:
    """Entries in buttons, which hold 64 bytes."""
    return sha256(entry_id.encode()).hexdigest()[:10]


def entry_of(short: str, documents: Sequence[Document]) -> Entry | None:
    entries = (each for one in documents for each in one.entries)
    return next((each for each in entries if short_id(each.id) == short), None)


def _words_in_common(question: str, entry: Entry) -> float:
    return max(shared_words(question, each) for each in (entry.question, *entry.phrasings))


def _first(pair: tuple[float, Entry]) -> float:
    return -pair[0]


def _nearness(question: str, entry: Entry) -> float:
    return max(likeness(question, each) for each in (entry.question, *entry.phrasings))


def _contradict(said: str, proposed: str) -> bool:
    """Figures that stand against other figures: 25号 against 28号."""
    first = normal(said.split("\n", 1)[0])
    old, new = set(_FIGURE.findall(first)), set(_FIGURE.findall(normal(proposed)))
    return bool(old) and bool(new) and not old & new


def _unheard(entry: Entry, asker: Asker, after: Library) -> Iterator[str]:
    for phrasing in (entry.question, *entry.phrasings):
        verdict = after.ask(phrasing, asker)
        if not (isinstance(verdict, Answer) and entry.source in verdict.sources):
            yield phrasing
