"""Questions with an answer written by people, and questions that nobody answered."""

from dataclasses import dataclass, field

from knowledge.sources import Scope, Source


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
