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
class Intake:
    """Both raise Unreadable with the one line that the user sees. `take` says what it did; the
    last two arguments are who takes it and when."""

    look: Callable[[str, bytes, datetime], Awaitable[Look]]
    take: Callable[[str, bytes, What, int, datetime], Awaitable[str]]
