"""Which passages share words with a question: BM25 over four views of the text at once."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from knowledge.chinese.sounds import syllables

K1 = 0.9  # how soon a repeated word stops counting
B = 0.8  # how much long texts are held back
VIEWS = (("w", 1.0), ("c", 0.7), ("p", 0.5), ("s", 0.3))  # words, characters, pairs, sounds

Cut = Callable[[str], Iterable[str]]


def features(text: str, cut: Cut) -> Iterator[tuple[str, str]]:
    """What a text is found by: its words, characters, pairs of characters, pairs of syllables."""
    for word in cut(text):
        yield "w", word
    letters = [letter for letter in text if letter.isalnum()]
    for letter in letters:
        yield "c", letter
    for first, second in pairwise(letters):
        yield "p", first + second
    sounds = [syllables(letter) for letter in letters]
    for one, two in pairwise(sounds):
        if one and two:
            yield "s", f"{one} {two}"


class Index:
    """Postings with their impact worked out in advance; a query is one `bincount`."""

    def __init__(self, texts: Sequence[Sequence[tuple[str, float]]], cut: Cut) -> None:
        """`texts`: per passage its fields in normal form, each with its weight."""
        self._cut = cut
        self.size = len(texts)
        postings: dict[tuple[str, str], list[tuple[int, float]]] = {}
        lengths: dict[str, NDArray[np.float64]] = {view: np.zeros(self.size) for view, _ in VIEWS}
        for number, fields in enumerate(texts):
            for feature, count in self._counted(fields).items():
                postings.setdefault(feature, []).append((number, count))
                lengths[feature[0]][number] += count
        self._postings = {
            feature: self._impacts(feature[0], rows, lengths[feature[0]])
            for feature, rows in postings.items()
        }

    def _counted(self, fields: Sequence[tuple[str, float]]) -> dict[tuple[str, str], float]:
        counts: dict[tuple[str, str], float] = {}
        for text, weight in fields:
            for feature, count in Counter(features(text, self._cut)).items():
                counts[feature] = counts.get(feature, 0.0) + weight * count
        return counts

    def _impacts(
        self, view: str, rows: list[tuple[int, float]], lengths: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        numbers = np.array([number for number, _ in rows], dtype=np.int64)
        counts = np.array([count for _, count in rows])
        rarity = math.log(1 + (self.size - len(rows) + 0.5) / (len(rows) + 0.5))
        long = 1 - B + B * lengths[numbers] / max(float(lengths.mean()), 1e-9)
        weight = dict(VIEWS)[view]
        return numbers, weight * rarity * counts * (K1 + 1) / (counts + K1 * long)

    def search(self, text: str, limit: int) -> list[tuple[int, float]]:
        """The best passages with their score, best first; `text` is in normal form."""
        hits = [
            self._postings[feature]
            for feature in set(features(text, self._cut))
            if feature in self._postings
        ]
        if not hits:
            return []
        scores = np.bincount(
            np.concatenate([numbers for numbers, _ in hits]),
            np.concatenate([impacts for _, impacts in hits]),
            minlength=self.size,
        )
        best = np.argsort(-scores, kind="stable")[:limit]
        return [(int(number), float(scores[number])) for number in best if scores[number] > 0]

    def spread(self, word: str) -> int:
        """How many passages hold the word; for a word cut otherwise, its rarest pair."""
        if (known := self._postings.get(("w", word))) is not None:
            return len(known[0])
        pairs = [self._postings.get(("p", pair)) for pair in map("".join, pairwise(word))]
        if not pairs or not all(pairs):
            return 0
        return min(len(pair[0]) for pair in pairs if pair)

    def knows_word(self, word: str) -> bool:
        return ("w", word) in self._postings

    def knows_pair(self, pair: str) -> bool:
        return ("p", pair) in self._postings

    def words(self) -> list[tuple[str, int]]:
        """Every word of the knowledge with the number of passages it stands in."""
        return [
            (word, len(numbers))
            for (view, word), (numbers, _) in self._postings.items()
            if view == "w"
        ]
