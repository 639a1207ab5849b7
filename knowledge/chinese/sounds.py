"""How text sounds: toneless pinyin, with the pairs that ears and fingers mix up made one."""

import json
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

_MERGED = ((re.compile("^(z|c|s)h"), r"\1"), (re.compile("(a|e|i)ng$"), r"\1n"))
_LATIN = re.compile(r"[a-zü]+")


@cache
def _table() -> dict[int, str]:
    """Code point -> readings with tone marks; the table alone, the package loads in 0.2 s."""
    package = find_spec("pypinyin")
    assert package is not None
    assert package.origin is not None
    text = Path(package.origin).with_name("pinyin_dict.json").read_text(encoding="utf-8")
    return {int(point): readings for point, readings in json.loads(text).items()}


@cache
def _toneless() -> dict[int, int | str]:
    marks = {
        "āáǎà": "a",
        "ēéěèê": "e",
        "īíǐì": "i",
        "ōóǒò": "o",
        "ūúǔù": "u",
        "ǖǘǚǜü": "v",
        "ńňǹ": "n",
    }
    return {ord(mark): plain for group, plain in marks.items() for mark in group}


@lru_cache(maxsize=16384)
def syllable(character: str) -> str:
    """bào -> bao; "" for what is no Chinese character."""
    readings = _table().get(ord(character), "") if len(character) == 1 else ""
    return readings.split(",")[0].translate(_toneless()) if readings else ""


@lru_cache(maxsize=16384)
def syllables(text: str) -> str:
    """The merged syllables of a text, blank between them; "" where a character has no sound."""
    found = [_merged_syllable(character) for character in text]
    return " ".join(found) if all(found) else ""


@lru_cache(maxsize=16384)
def _merged_syllable(character: str) -> str:
    return merged(syllable(character))


def merged(sound: str) -> str:
    """zh/z, ch/c, sh/s and -ng/-n sound alike to many."""
    for pattern, plain in _MERGED:
        sound = pattern.sub(plain, sound)
    return sound


@cache
def _all_syllables() -> frozenset[str]:
    readings = {
        reading.translate(_toneless())
        for readings in _table().values()
        for reading in readings.split(",")
    }
    return frozenset(reading for reading in readings if _LATIN.fullmatch(reading))


@lru_cache(maxsize=1024)
def split_pinyin(run: str) -> tuple[str, ...]:
    """guopei -> (guo, pei); () where a run of letters is no pinyin."""
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for stop in range(1, len(run) + 1):
        for begin in range(max(0, stop - 6), stop):
            before = best[begin]
            if before is None or run[begin:stop] not in _all_syllables():
                continue
            candidate = (*before, run[begin:stop])
            known = best[stop]
            if known is None or len(candidate) < len(known):
                best[stop] = candidate
    whole = best[len(run)]
    return whole if whole and all(len(part) > 1 or part in "aeo" for part in whole) else ()
