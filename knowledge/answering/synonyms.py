"""Words of the field that ask for the same thing, read from a table that anybody can extend."""

from functools import cache
from pathlib import Path

SAME, RELATED = 0.9, 0.6


@cache
def _table() -> dict[str, dict[str, float]]:
    lines = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8").splitlines()
    table: dict[str, dict[str, float]] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        group = {word.lstrip("~"): RELATED if word[0] == "~" else SAME for word in line.split()}
        for word, nearness in group.items():
            if nearness == SAME:
                others = table.setdefault(word, {})
                others.update(
                    {
                        other: near
                        for other, near in group.items()
                        if other != word and (len(other) > 1 or len(word) == 1)
                    }
                )
    return table


def synonyms(word: str) -> dict[str, float]:
    """Other words for the same thing, with how much of the word they stand for (0 to 1)."""
    return _table().get(word, {})
