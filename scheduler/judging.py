"""Whether what somebody was told still holds, by what would be said to them today."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from knowledge.answering.verdicts import Answer, Clarify, Unknown, Verdict
from knowledge.documents import Document
from knowledge.entries import Entry
from knowledge.names import bare_name
from knowledge.sources import Source
from scheduler.said import GUESS, figures_of, is_same, parts_for, parts_of
from storage.answers_given import Given
from storage.documents import Kept

Key = tuple[str, str, str]
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Changed:
    verdict: Answer


@dataclass(frozen=True, slots=True)
class Gone:
    """What it rested on was withdrawn, and nothing stands in its place."""


Correction = Changed | Gone


@dataclass(frozen=True, slots=True)
class There:
    """Sources that hold: notices and programmes whatever the section, entries one by one."""

    notices: frozenset[tuple[str, str]] = frozenset()  # title, number
    entries: frozenset[Key] = frozenset()

    def __contains__(self, source: Key) -> bool:
        return source in self.entries or source[:2] in self.notices


def judged(given: Given, verdict: Verdict, there: There, subject: str = "") -> Correction | None:
    """`verdict`: what would be said to the same question today; `there`: sources that hold. Another
    sentence of the same notice is no news, another wording of an entry is; nor is what is said to
    teachers of other subjects."""
    lost = not all(source in there for source in given.sources)
    nothing_left = bool(given.sources) and not any(each in there for each in given.sources)
    match verdict:
        case Answer(text=text) if GUESS.search(text) and not is_same(
            parts_of(given.text), parts_of(text)
        ):
            return Gone() if nothing_left else None
        case Answer(text=text, sources=sources):
            old, now_said = parts_for(given.text, subject), parts_for(text, subject)
            if not now_said or is_same(old or parts_of(given.text), now_said):
                return None
            new = {_key(each) for each in sources}
            figures = figures_of(old) != figures_of(now_said)
            elsewhere = not new <= set(given.sources)
            reworded = new <= there.entries
            return Changed(verdict) if lost or figures or elsewhere or reworded else None
        case Clarify() | Unknown():
            return Gone() if nothing_left else None


@dataclass(frozen=True, slots=True)
class News:
    """When what is known last changed. An answer that rests, now and then, on nothing that changed
    since it was given differs by chance: we read otherwise, or a neighbour came."""

    since: Mapping[str, datetime]  # by number or title: imported, amended, or withdrawn
    learned: frozenset[Key] = frozenset()

    def touches(self, given: Given, correction: Correction, there: There) -> bool:
        if isinstance(correction, Gone) or not all(each in there for each in given.sources):
            return True
        sources = {*given.sources, *map(_key, correction.verdict.sources)}
        return any(source in self.learned or self._since(source) >= given.at for source in sources)

    def _since(self, source: Key) -> datetime:
        return max(self.since.get(bare_name(name), LONG_AGO) for name in source[:2])


def news(kept: Iterable[Kept], learned: Iterable[Entry] = ()) -> News:
    """`kept`: also what was withdrawn."""
    since: dict[str, datetime] = {}
    for one in kept:
        at = one.withdrawn_at or one.imported_at
        for name in filter(None, map(bare_name, _touched_by(one.document))):
            since[name] = max(since.get(name, LONG_AGO), at)
    return News(since, frozenset(_key(each.source) for each in learned))


def _touched_by(document: Document) -> Iterator[str]:
    for notice in document.notices:
        yield notice.number or notice.title
        yield from notice.amends
    for programme in document.programmes:
        yield programme.source.number or programme.source.title


def sources_there(documents: Sequence[Document], entries: Iterable[Entry] = ()) -> There:
    """`entries`: those that do not hold on this day, but were not withdrawn either."""
    cited = [
        source
        for document in documents
        for source in (
            *(Source(each.title, each.number) for each in document.notices),
            *(each.source for each in document.programmes),
        )
    ]
    known = [each for document in documents for each in document.entries]
    return There(
        frozenset((each.title, each.number) for each in cited),
        frozenset(_key(each.source) for each in (*known, *entries)),
    )


def _key(source: Source) -> Key:
    return source.title, source.number, source.section
