"""What one file was understood to hold, and what was doubtful about it."""

from dataclasses import dataclass

from knowledge.entries import Entry, OpenQuestion
from knowledge.notices import Notice
from knowledge.programme.values import Programme


class Unreadable(Exception):
    """The file cannot be read; the text is the one line that the user sees."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a coordinator should look at. `line` is 1-based; 0 where there are no lines."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """The contents of one file. A page may hold several notices, entries and a programme."""

    name: str  # file name, without folders
    notices: tuple[Notice, ...] = ()
    entries: tuple[Entry, ...] = ()
    programmes: tuple[Programme, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    doubts: tuple[Doubt, ...] = ()
