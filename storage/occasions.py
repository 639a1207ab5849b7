"""Why people hear something and when, as values; spreading.py finds out whom they concern."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why those with a role hear something on a day; about a task: unless they have done it."""

    programme: str
    role: str
    day: date
    priority: int  # smaller goes first
    task: str = ""
    goal: int | None = None  # a task that counts up is done at this number
    in_group: bool = False  # concerns only those who belong to a group


@dataclass(frozen=True, slots=True)
class Besides:
    """These people hear something on a day, whatever their roles."""

    people: Sequence[int]  # in the order of the roster
    day: date
    priority: int


@dataclass(frozen=True, slots=True)
class Habits:
    """When somebody is written to: as they chose, or else as the installation has it."""

    remind_at: time
    quiet_from: time
    quiet_to: time


@dataclass(frozen=True, slots=True)
class Window:
    """When those with these habits may hear of this day."""

    day: date
    habits: Habits
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Spread:
    """One letter of this kind for each person and day that an occasion concerns, or `besides`, if
    the day has a window for them."""

    kind: str
    occasions: Sequence[Occasion]
    besides: Besides
    windows: Sequence[Window]
    usual: Habits


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the roster, by id."""

    first: int
    last: int
