"""Which passages share words with a question: BM25 over four views of the text at once.

An index is a row of segments. What a segment holds never changes: adding a document adds one, and
how rare a feature is, is summed up over all of them when a question comes.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.segments import (
    VIEWS,
    Counts,
    Cut,
    Fields,
    Postings,
    Segment,
    codes_of,
    word_code,
)

Progress = Callable[[int, int], None]  # passages read, passages in all
CHUNK = 10_000
OFTEN = 16  # of so many passages more than one: adding a row of all passages is quicker
MOST_SEGMENTS = 8  # more of them are merged, so that a question does not have to visit many


@dataclass(frozen=True, slots=True)
class _Row:
    """What a frequent feature gives, for every passage in turn."""

    impacts: Counts


Impacts = Postings | _Row


def quietly(_done: int, _all: int) -> None:
    """Nobody watches."""


class Index:
    """Passages are numbered in the order of the segments."""

    def __init__(self, segments: Sequence[Segment], cut: Cut) -> None:
        self._segments = tuple(segments)
        self._cut = cut
        self._starts = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size = self._starts[-1]
        self._impacts: dict[str, dict[int, Impacts]] = {view: {} for view in VIEWS}

    @classmethod
    def of(cls, texts: Sequence[Fields], cut: Cut, progress: Progress = quietly) -> "Index":
        """`texts`: per passage its fields in normal form, each with its weight."""
        segments = []
        for start in range(0, max(len(texts), 1), CHUNK):  # in pieces: counting takes memory
            segments.append(Segment.of(texts[start : start + CHUNK], cut))
            progress(min(start + CHUNK, len(texts)), len(texts))
        return cls([Segment.merged(segments)] if len(segments) > 1 else segments, cut)

    def with_more(self, texts: Sequence[Fields]) -> "Index":
        """This index and more passages at its end; what it holds is not read again."""
        segments = [*self._segments, Segment.of(texts, self._cut)]
        if len(segments) > MOST_SEGMENTS:
            segments = [Segment.merged(segments)]
        return Index(segments, self._cut)

    def search(self, text: str, limit: int) -> list[tuple[int, float]]:
        """The best passages with their score, best first; `text` is in normal form."""
        rows: list[Counts] = []
        numbers: list[NDArray[np.int32]] = []
        impacts: list[Counts] = []
        for view, codes in codes_of(text, self._cut):
            known = self._impacts[view]
            for code in codes:
                hit = known.get(code) or self._worked_out(view, code)
                if isinstance(hit, _Row):
                    rows.append(hit.impacts)
                elif hit:
                    numbers.append(hit[0])
                    impacts.append(hit[1])
        if not (rows or numbers):
            return []
        scores = np.zeros(self.size, dtype=np.float32)
        if numbers:
            scores += np.bincount(
                np.concatenate(numbers), np.concatenate(impacts), minlength=self.size
            )
        for row in rows:
            scores += row
        return [
            (number, score)
            for number in _best(scores, limit)
            if (score := float(scores[number])) > 0
        ]

    def _worked_out(self, view: str, code: int) -> Impacts | None:
        """What a feature gives to each passage that has it; kept for the next question."""
        found = [
            (held[0] + np.int32(start) if start else held[0], held[1])
            for start, segment in zip(self._starts, self._segments, strict=False)
            if (held := segment.postings(view, code))
        ]
        if not found:
            return None
        numbers, counts = found[0] if len(found) == 1 else _one_after_the_other(found)
        spread = numbers.size
        rarity = VIEWS[view] * math.log(1 + (self.size - spread + 0.5) / (spread + 0.5))
        impacts = counts * np.float32(rarity)
        hit: Impacts = numbers, impacts
        if spread * OFTEN > self.size:
            hit = _Row(np.zeros(self.size, dtype=np.float32))
            hit.impacts[numbers] = impacts
        self._impacts[view][code] = hit
        return hit

    def spread(self, word: str) -> int:
        """How many passages hold the word; for a word cut otherwise, its rarest pair."""
        if known := self._spread("w", word_code(word)):
            return known
        pairs = [self._pair(first, second) for first, second in pairwise(word)]
        return min(pairs, default=0)

    def knows_word(self, word: str) -> bool:
        return bool(self._spread("w", word_code(word)))

    def new_pairs(self, text: str) -> list[int]:
        """Where two characters begin that no passage has beside each other."""
        points = [ord(letter) for letter in text]
        codes = [first << 21 | second for first, second in pairwise(points)]
        new = list(range(len(codes)))
        for segment in self._segments:
            held = segment.views["p"].places
            new = [at for at in new if codes[at] not in held]
        return new

    def _pair(self, first: str, second: str) -> int:
        return self._spread("p", ord(first) << 21 | ord(second))

    def _spread(self, view: str, code: int) -> int:
        return sum(segment.spread(view, code) for segment in self._segments)

    def words(self) -> Iterable[tuple[str, int]]:
        """Every word of the knowledge with the number of passages it stands in."""
        counts: dict[str, int] = {}
        for segment in self._segments:
            for word in segment.words:
                counts[word] = counts.get(word, 0) + segment.spread("w", word_code(word))
        return counts.items()


def _one_after_the_other(parts: Sequence[Postings]) -> Postings:
    return np.concatenate([numbers for numbers, _ in parts]), np.concatenate(
        [impacts for _, impacts in parts]
    )


def _best(scores: Counts, limit: int) -> list[int]:
    """The highest scores first; of equal ones the passage that stands first."""
    if limit == 1:
        return [int(scores.argmax())]
    if limit < scores.size:
        top = np.argpartition(-scores, limit - 1)[:limit]
        top.sort()
    else:
        top = np.arange(scores.size)
    return [int(number) for number in top[np.argsort(-scores[top], kind="stable")]]
