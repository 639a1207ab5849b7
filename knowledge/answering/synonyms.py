"""Words of the field that ask for the same thing, read from a table that anybody can extend."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

SAME, RELATED = 0.9, 0.6
NOT = "不没未"  # 不去: the cutter would leave the 去
COUNTING = "一二两三几多每各第半"  # 一个人, 每个县: how many, not what


@cache
def _table() -> dict[str, dict[str, float]]:
    table: dict[str, dict[str, float]] = {}
    for group in _groups():
        for word, nearness in group.items():
            if nearness == SAME:
                others = table.setdefault(word, {})
                for other, near in group.items():
                    if other != word and (len(other) > 1 or len(word) == 1):
                        others[other] = max(near, others.get(other, 0.0))
    return table


def _groups() -> Iterator[dict[str, float]]:
    here = Path(__file__).parent
    for path in (here / "synonyms.txt", *sorted(here.glob("thesaurus/*.txt"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                words = line.split()
                yield {word.lstrip("~"): RELATED if word[0] == "~" else SAME for word in words}


def synonyms(word: str) -> dict[str, float]:
    """Other words for the same thing, with how much of the word they stand for (0 to 1)."""
    return _table().get(word, {})


def has_synonyms(word: str) -> bool:
    return word in _table()


def spoken_phrases(text: str) -> list[str]:
    """What of the table stands in a question in three characters or more, or with a 不 before it.

    A cutter would tear it apart: 自己掏钱. `text` is in normal form.
    """
    found, at = [], 0
    while at < len(text):
        hit = next((p for p in _phrases().get(text[at], ()) if text.startswith(p, at)), "")
        if hit:
            found.append(hit)
        at += len(hit) or 1
    return found


@cache
def _phrases() -> dict[str, list[str]]:
    """By their first character, the longest first."""
    phrases: dict[str, list[str]] = {}
    for word in sorted(_table(), key=len, reverse=True):
        if _is_phrase(word):
            phrases.setdefault(word[0], []).append(word)
    return phrases


def _is_phrase(word: str) -> bool:
    if len(word) == 2:
        return word[0] in NOT
    return len(word) > 3 or (len(word) == 3 and word[0] not in COUNTING)
