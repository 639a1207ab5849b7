"""Which thing of an old list is which of a new one: the most alike first, each at most once."""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def paired(
    olds: Sequence[T], news: Sequence[T], alike: Callable[[T, T], float], least: float
) -> dict[int, int]:
    """Positions in `news` → positions in `olds`. Of equals, those that stand alike far down."""
    scored = [
        (score, -abs(at_old - at_new), -at_new, -at_old)
        for at_new, new in enumerate(news)
        for at_old, old in enumerate(olds)
        if (score := alike(old, new)) >= least
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, minus_new, minus_old in sorted(scored, reverse=True):
        if -minus_new not in found and -minus_old not in taken:
            found[-minus_new] = -minus_old
            taken.add(-minus_old)
    return found
