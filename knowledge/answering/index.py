"""Which passages share words with a question: BM25 over four views of the text at once.

An index is a row of segments. What a segment holds never changes: adding a document adds one, and
how rare a feature is, is summed up over all of them when a question comes.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.impacts import NOTHING, Hit, Impacts, Row, unpacked
from knowledge.answering.segments import Cut, Fields, Segment, word_code
from knowledge.chinese.pairs import pair_codes

Progress = Callable[[int, int], None]  # passages read, passages in all
Scores = NDArray[np.float64]
CHUNK = 10_000
MANY = 100  # of so many passages more than one: they are not looked at one by one
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
        self._impacts = Impacts(self._segments, self._starts, self.size)

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
        found, rows = self._found(text)
        if not (found or rows):
            return []
        scores: Scores = np.bincount(*unpacked(found), self.size).astype(np.float64, copy=False)
        best = _best_of_few(scores, rows, limit) or _best(_with_rows(scores, rows), limit)
        return [(number, score) for number, score in best if score > 0]

    def _found(self, text: str) -> tuple[bytes, list[Row]]:
        """Of each feature once; in the order of the text, so that sums are the same each time."""
        known = self._impacts
        letters = "".join(filter(str.isalnum, text))
        pairs = list(map(known.of_pairs.__getitem__, dict.fromkeys(pair_codes(letters))))
        hits: list[Hit] = [
            *map(known.of_words.__getitem__, dict.fromkeys(self._cut(text))),
            *map(known.of_letters.__getitem__, dict.fromkeys(letters)),
            *[hit for hit, _, _ in pairs],
            *{sound: heard for _, sound, heard in pairs}.values(),
        ]
        return b"".join(hits), [hit for hit in hits if isinstance(hit, Row)]

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
        known = self._impacts.of_pairs
        return [at for at, code in enumerate(pair_codes(text)) if known[code][0] is NOTHING]

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


def _best_of_few(scores: Scores, rows: Sequence[Row], limit: int) -> list[tuple[int, float]]:
    """Without adding up rows, where few passages could be best with all that rows give to one."""
    if limit != 1:
        return []
    enough = float(scores.max()) - sum([row.most for row in rows])
    near = (scores >= enough).nonzero()[0].tolist() if enough > 0 else []
    if not 0 < len(near) * MANY <= scores.size:
        return []
    whole = [scores.item(each) + sum([row.impacts.item(each) for row in rows]) for each in near]
    top = max(whole)
    return [(near[whole.index(top)], top)]


def _with_rows(scores: Scores, rows: Sequence[Row]) -> Scores:
    if rows:
        total = rows[0].impacts.copy()
        for row in rows[1:]:
            np.add(total, row.impacts, total)
        scores += total
    return scores


def _best(scores: Scores, limit: int) -> list[tuple[int, float]]:
    """The highest scores first; of equal ones the passage that stands first."""
    if limit == 1:
        top = np.array([scores.argmax()])
    elif limit < scores.size:
        top = np.argpartition(-scores, limit - 1)[:limit]
        top.sort()
    else:
        top = np.arange(scores.size)
    top = top[np.argsort(-scores[top], kind="stable")]
    return list(zip(top.tolist(), scores[top].tolist(), strict=True))
