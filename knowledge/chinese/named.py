"""What of a table of names a text speaks of, the longer names before those that stand in them."""

import re
from collections.abc import Sequence

Names = Sequence[tuple[re.Pattern[str], tuple[str, ...]]]


def table_of(names: Sequence[tuple[str, tuple[str, ...]]]) -> Names:
    """`names`: what is looked for, as an expression, and what it stands for; longer ones first."""
    return tuple((re.compile(pattern), meant) for pattern, meant in names)


def named_in(text: str, names: Names) -> frozenset[str]:
    """What a text in normal form names; empty where it names nothing of the table."""
    found: set[str] = set()
    for pattern, meant in names:
        if pattern.search(text):
            found.update(meant)
            text = pattern.sub(" ", text)
    return frozenset(found)
