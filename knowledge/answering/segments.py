"""A part of the index: what a number of passages hold, in arrays, worked out once.

Characters, pairs and pairs of syllables are counted over the whole text at once as code points;
only words need a cutter.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.chinese.sounds import syllables
from knowledge.kept import Kept

K1 = 0.9  # how soon a repeated word stops counting
B = 0.8  # how much long texts are held back
VIEWS = {"w": 1.0, "c": 0.7, "p": 0.5, "s": 0.3}  # words, characters, pairs, sounds

Cut = Callable[[str], Iterable[str]]
Codes = NDArray[np.int64]
Counts = NDArray[np.float32]
Postings = tuple[NDArray[np.int32], Counts]  # numbers of passages, what each gets
Fields = Sequence[tuple[str, float]]


@cache
def _sounds() -> Codes:
    """Per code point of the basic plane the number of its merged syllable; 0 has no sound."""
    numbers: dict[str, int] = {}
    table: Codes = np.zeros(0x10000, dtype=np.int64)
    for point in range(0x3400, 0xA000):
        if sound := syllables(chr(point)):
            table[point] = numbers.setdefault(sound, len(numbers) + 1)
    return table


@lru_cache(maxsize=65536)
def word_code(word: str) -> int:
    """A word as a number: two checksums side by side, so that chance twins do not occur."""
    raw = word.encode()
    return crc32(raw) << 31 | crc32(raw[::-1]) >> 1


def _letters(text: str) -> Codes:
    letters = "".join(letter for letter in text if letter.isalnum())
    return np.frombuffer(letters.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)


def _views(letters: Codes) -> Iterator[tuple[str, Codes]]:
    yield "c", letters
    yield "p", letters[:-1] << 21 | letters[1:]
    sounds = sound_codes(letters[:-1], letters[1:])
    yield "s", sounds[sounds > 0]


def sound_codes(firsts: Codes, seconds: Codes) -> Codes:
    """Of code points beside each other; 0 where one has no sound."""
    table = _sounds()
    one, other = table[np.minimum(firsts, 0xFFFF)], table[np.minimum(seconds, 0xFFFF)]
    return np.where((one > 0) & (other > 0), one << 21 | other, 0)


def sound_code(first: int, second: int) -> int:
    """The same for one pair, sooner."""
    one, other = _SOUND[first], _SOUND[second]
    return one << 21 | other if one and other else 0


def _sound(point: int) -> int:
    return _sounds().item(min(point, 0xFFFF))


_SOUND = Kept(_sound, most=0x10000)


@dataclass(frozen=True, slots=True)
class View:
    """Postings of one view: for the feature `codes[i]` those from `starts[i]` to `starts[i+1]`."""

    codes: Codes
    starts: Codes
    numbers: NDArray[np.int32]
    counts: Counts  # saturated by K1 and B: what a feature gives before its rarity
    extents: dict[int, int] = field(default_factory=dict)  # code -> `starts[i]` << 32 | how many


@dataclass(frozen=True, slots=True)
class Segment:
    size: int
    words: tuple[str, ...]
    views: dict[str, View]

    @classmethod
    def of(cls, texts: Sequence[Fields], cut: Cut) -> "Segment":
        raw: dict[str, list[tuple[Codes, Codes, Counts]]] = {view: [] for view in VIEWS}
        words: dict[str, int] = {}
        for number, fields in enumerate(texts):
            for text, weight in fields:
                cut_words = list(cut(text))
                codes = [words[w] if w in words else _learnt(words, w) for w in cut_words]
                found = [("w", np.array(codes, dtype=np.int64)), *_views(_letters(text))]
                for view, features in found:
                    weights = np.full(features.size, weight, dtype=np.float32)
                    numbers = np.full(features.size, number, dtype=np.int64)
                    raw[view].append((features, numbers, weights))
        return cls(
            len(texts),
            tuple(words),
            {view: _view(raw.pop(view), len(texts)) for view in VIEWS},
        )

    @classmethod
    def merged(cls, segments: Sequence["Segment"]) -> "Segment":
        size = 0
        parts: dict[str, list[tuple[Codes, Codes, Counts]]] = {view: [] for view in VIEWS}
        for segment in segments:
            for name, view in segment.views.items():
                codes = np.repeat(view.codes, np.diff(view.starts))
                parts[name].append((codes, view.numbers.astype(np.int64) + size, view.counts))
            size += segment.size
        words = dict.fromkeys(word for segment in segments for word in segment.words)
        views = {name: _grouped(*_joined(parts.pop(name))) for name in VIEWS}
        return cls(size, tuple(words), views)

    def postings(self, view: str, code: int) -> Postings | None:
        held = self.views[view]
        if not (extent := held.extents.get(code)):
            return None
        start, stop = extent >> 32, (extent >> 32) + (extent & 0xFFFFFFFF)
        return held.numbers[start:stop], held.counts[start:stop]

    def spread(self, view: str, code: int) -> int:
        return self.views[view].extents.get(code, 0) & 0xFFFFFFFF


def _learnt(words: dict[str, int], word: str) -> int:
    words[word] = word_code(word)
    return words[word]


def _joined(parts: Sequence[tuple[Codes, Codes, Counts]]) -> tuple[Codes, Codes, Counts]:
    empty = (
        np.zeros(0, dtype=np.int64),
        np.zeros(0, dtype=np.int64),
        np.zeros(0, dtype=np.float32),
    )
    columns = zip(*(parts or [empty]), strict=True)
    codes, numbers, counts = (np.concatenate(column) for column in columns)
    return codes, numbers, counts


def _view(parts: Sequence[tuple[Codes, Codes, Counts]], size: int) -> View:
    """Adds each feature up within its passage, and saturates the sums as BM25 does."""
    codes, numbers, weights = _joined(parts)
    lengths = np.bincount(numbers, weights, minlength=size)
    order = np.lexsort((numbers, codes))
    codes, numbers, weights = codes[order], numbers[order], weights[order]
    new = np.ones(codes.size, dtype=bool)
    new[1:] = (codes[1:] != codes[:-1]) | (numbers[1:] != numbers[:-1])
    firsts = np.flatnonzero(new)
    counts = np.add.reduceat(weights, firsts) if firsts.size else weights
    codes, numbers = codes[firsts], numbers[firsts]
    average = max(float(lengths.mean()) if size else 0.0, 1e-9)
    long = (1 - B + B * lengths / average)[numbers]
    return _grouped(codes, numbers, counts * (K1 + 1) / (counts + K1 * long))


def _grouped(codes: Codes, numbers: Codes, counts: NDArray[np.floating]) -> View:
    order = np.argsort(codes, kind="stable")
    codes = codes[order]
    firsts = np.flatnonzero(np.r_[True, codes[1:] != codes[:-1]]) if codes.size else codes
    codes, starts = codes[firsts], np.r_[firsts, codes.size]
    extents = starts[:-1] << 32 | np.diff(starts)
    return View(
        codes,
        starts,
        numbers[order].astype(np.int32),
        counts[order].astype(np.float32),
        dict(zip(codes.tolist(), extents.tolist(), strict=True)),
    )
