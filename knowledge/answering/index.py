"""Which passages share words with a question: BM25 over four views of the text at once.

An index is a row of segments. What a segment holds never changes: adding a document adds one, and
how rare a feature is, is summed up over all of them when a question comes.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.segments import VIEWS, Cut, Fields, Postings, Segment, codes_of, word_codes

Progress = Callable[[int, int], None]  # passages read, passages in all
CHUNK = 10_000
MOST_SEGMENTS = 8  # more of them are merged, so that a question does not have to visit many


def quietly(_done: int, _all: int) -> None:
    """Nobody watches."""


class Index:
    """Passages are numbered in the order of the segments."""

    def __init__(self, segments: Sequence[Segment], cut: Cut) -> None:
        self._segments = tuple(segments)
        self._cut = cut
        self._starts = np.cumsum([0, *(segment.size for segment in segments)]).tolist()
        self.size = self._starts[-1]
        self._impacts: dict[str, dict[int, Postings]] = {view: {} for view in VIEWS}

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
        hits = [
            hit
            for view, codes in codes_of(text, self._cut)
            for code in codes
            if (hit := self._impacts[view].get(code) or self._worked_out(view, code))
        ]
        if not hits:
            return []
        numbers = np.concatenate([numbers for numbers, _ in hits])
        impacts = np.concatenate([impacts for _, impacts in hits])
        scores = np.bincount(numbers, impacts, minlength=self.size).astype(np.float32)
        best = _best(scores, limit)
        return [(int(number), float(scores[number])) for number in best if scores[number] > 0]

    def _worked_out(self, view: str, code: int) -> Postings | None:
        """What a feature gives to each passage that has it; kept for the next question."""
        found = [
            (held[0] + np.int32(start), held[1])
            for start, segment in zip(self._starts, self._segments, strict=False)
            if (held := segment.postings(view, code))
        ]
        if not found:
            return None
        numbers = np.concatenate([numbers for numbers, _ in found])
        rarity = VIEWS[view] * math.log(1 + (self.size - numbers.size + 0.5) / (numbers.size + 0.5))
        impacts = np.concatenate([counts for _, counts in found]) * np.float32(rarity)
        self._impacts[view][code] = numbers, impacts
        return numbers, impacts

    def spread(self, word: str) -> int:
        """How many passages hold the word; for a word cut otherwise, its rarest pair."""
        if known := self._spread("w", word_codes([word])[0]):
            return known
        pairs = [self._pair(first, second) for first, second in pairwise(word)]
        return min(pairs, default=0)

    def knows_word(self, word: str) -> bool:
        return bool(self._spread("w", word_codes([word])[0]))

    def knows_pair(self, pair: str) -> bool:
        return bool(self._pair(pair[0], pair[1]))

    def _pair(self, first: str, second: str) -> int:
        return self._spread("p", ord(first) << 21 | ord(second))

    def _spread(self, view: str, code: int) -> int:
        return sum(segment.spread(view, code) for segment in self._segments)

    def words(self) -> Iterable[tuple[str, int]]:
        """Every word of the knowledge with the number of passages it stands in."""
        counts: dict[str, int] = {}
        for segment in self._segments:
            for word in segment.words:
                counts[word] = counts.get(word, 0) + segment.spread("w", word_codes([word])[0])
        return counts.items()


def _best(scores: NDArray[np.floating], limit: int) -> NDArray[np.intp]:
    """The highest scores first; of equal ones the passage that stands first."""
    if limit < scores.size:
        top = np.argpartition(-scores, limit - 1)[:limit]
        top.sort()
    else:
        top = np.arange(scores.size)
    return top[np.argsort(-scores[top], kind="stable")]
