"""Named places where a crash is most unkind: tests end the process there, nothing else does."""

from collections.abc import Callable

At = Callable[[str], None]

IN_A_TICK = ("recovering", "planning", "planned", "renewing")
OF_A_LETTER = (
    *("claimed", "rendered", "before intent", "intent"),
    *("answered", "halted", "marking", "marked"),
)


def nowhere(_place: str) -> None:
    """No place is special."""
