"""Questions with an answer written by people, and questions that nobody answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from knowledge.sources import Scope, Source

if TYPE_CHECKING:
    from knowledge.documents import Document


@dataclass(frozen=True, slots=True)
class Entry:
    """A question that somebody answered. `id` is stable over re-imports."""

    id: str
    question: str
    answer: str
    source: Source
    scope: Scope = field(default_factory=Scope)
    phrasings: tuple[str, ...] = ()  # other ways to ask the same
    not_for: tuple[str, ...] = ()  # phrasings that look alike but must not match
    replaces: str = ""  # what was said before: 原为8号


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question that nobody answered yet; `line` is where it stands in the file (1-based)."""

    text: str
    detail: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class LearnedPhrasing:
    """What people were found to say when they mean an entry, or (`negative`) do not mean it."""

    entry_id: str
    text: str
    negative: bool = False


def with_phrasings(
    documents: Sequence["Document"], learned: Iterable[LearnedPhrasing]
) -> tuple["Document", ...]:
    """The documents, phrasings put to their entries; of two words on a text the last holds.

    Phrasings of entries that are not there are left out: their notice may have been withdrawn.
    """
    by_entry: dict[str, dict[str, bool]] = {}
    for each in learned:
        said = by_entry.setdefault(each.entry_id, {})
        said.pop(each.text, None)
        said[each.text] = each.negative
    return tuple(_taught(document, by_entry) for document in documents)


def _taught(document: "Document", by_entry: dict[str, dict[str, bool]]) -> "Document":
    if not any(entry.id in by_entry for entry in document.entries):
        return document
    entries = tuple(_with(entry, by_entry.get(entry.id, {})) for entry in document.entries)
    return replace(document, entries=entries)


def _with(entry: Entry, said: dict[str, bool]) -> Entry:
    kept = [text for text in entry.phrasings if not said.get(text, False)]
    refused = [text for text in entry.not_for if said.get(text, True)]
    asked = [text for text, negative in said.items() if not negative]
    wrong = [text for text, negative in said.items() if negative]
    return replace(
        entry,
        phrasings=tuple(dict.fromkeys((*kept, *asked))),
        not_for=tuple(dict.fromkeys((*refused, *wrong))),
    )
