"""What the handler of files needs of the installation, put together in bot/."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

What = Literal["notice", "roster"]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file was understood to hold, and what taking it would change; nothing is saved."""

    text: str
    notice: bool  # it can be taken as a notice or programme
    roster: bool
    warning: str = ""  # golden questions that would be answered wrong


@dataclass(frozen=True, slots=True)
class Which:
    """A roster that does not say of which programme; code and title of those it may be."""

    programmes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """Both raise Unreadable with the one line that the user sees. `take` says what it did; its
    `int` is who takes it. The last is the programme of a roster that names none, "" before
    anybody has said."""

    look: Callable[[str, bytes, datetime, str], Awaitable[Look | Which]]
    take: Callable[[str, bytes, What, int, datetime, str], Awaitable[str]]
