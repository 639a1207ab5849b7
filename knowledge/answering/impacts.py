"""What a feature of a question gives to each passage that has it: BM25 without the adding up.

Number and impact of a passage lie side by side, so that what a whole question finds can be joined
as bytes: as arrays, thirty small ones cost more to put together than to count.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from knowledge.answering.segments import (
    VIEWS,
    Codes,
    Counts,
    Postings,
    Segment,
    View,
    sound_code,
    sound_codes,
    word_code,
)
from knowledge.chinese.pairs import codes_of_points, pair_of
from knowledge.kept import Kept


class Row(bytes):
    """What every passage gets, in turn, and the most that one gets; joined, it is nothing."""

    impacts: Counts
    most: float


Hit = bytes | memoryview  # pairs of number and impact; a `Row` where many passages have it
PairHit = tuple[Hit, int, Hit]  # of the pair; how it sounds, of that sound

NOTHING = b""
_WIDTH = 8  # bytes of a number and an impact
_SHORT = 1024  # bytes
_OFTEN = 8  # of so many passages more than one: adding a row of all passages is quicker
_MOST_FEATURES = 0x40000  # of each kind
_MOST_HELD = 1 << 27  # bytes of postings and rows


class Impacts:
    """Of words, of characters, and of pairs with their sounds; looked up once, then kept."""

    def __init__(self, segments: Sequence[Segment], starts: Sequence[int], size: int) -> None:
        self._segments = segments
        self._starts = starts
        self._size = size
        self._held = 0
        self._often = size * _WIDTH // _OFTEN  # bytes of postings
        self._packed = _all_packed(segments[0]) if len(segments) == 1 else {}
        self._postings = self._of_one if len(segments) == 1 else self._of_several
        self.of_words = Kept(self._of_word, _MOST_FEATURES)
        self.of_letters = Kept(self._of_letter, _MOST_FEATURES)
        self.of_pairs = Kept(self._of_pair, _MOST_FEATURES)
        self._of_sounds = Kept(self._of_sound, _MOST_FEATURES)
        if len(segments) == 1 and len(segments[0].views["p"].codes) < _MOST_FEATURES:
            self._look_all_pairs_up(segments[0].views["p"])

    def _look_all_pairs_up(self, view: View) -> None:
        """All at once, in a fifth of the time; those outside the basic plane when they are met."""
        firsts, seconds = view.codes >> 21, view.codes & 0x1FFFFF
        keys = codes_of_points(firsts, seconds)
        sounds = sound_codes(firsts, seconds).tolist()
        offsets = (view.starts * _WIDTH).tolist()
        packed = self._packed["p"][1]
        for at in ((firsts | seconds) < 0x10000).nonzero()[0].tolist():
            hit = _slice(packed, offsets[at], offsets[at + 1])
            hit = self._row(hit) if len(hit) > self._often else hit
            self.of_pairs[keys.item(at)] = hit, sounds[at], self._of_sounds[sounds[at]]

    def _of_word(self, word: str) -> Hit:
        return self._of("w", word_code(word))

    def _of_letter(self, letter: str) -> Hit:
        return self._of("c", ord(letter))

    def _of_pair(self, code: int) -> PairHit:
        first, second = pair_of(code)
        sound = sound_code(first, second)
        return self._of("p", first << 21 | second), sound, self._of_sounds[sound]

    def _of_sound(self, code: int) -> Hit:
        return self._of("s", code)

    def _of(self, view: str, code: int) -> Hit:
        hit = self._postings(view, code)
        often = len(hit) > self._often
        self._held += self._size * 4 if often else len(hit)
        if self._held > _MOST_HELD:
            self._held = 0
            for kept in (self.of_words, self.of_letters, self.of_pairs, self._of_sounds):
                kept.clear()
        return self._row(hit) if often else hit

    def _of_one(self, view: str, code: int) -> Hit:
        """From the only segment: one lookup, one slice."""
        extents, packed = self._packed[view]
        if not (extent := extents.get(code)):
            return NOTHING
        start = (extent >> 32) * _WIDTH
        return _slice(packed, start, start + (extent & 0xFFFFFFFF) * _WIDTH)

    def _of_several(self, view: str, code: int) -> bytes:
        """From more than one segment: how rare the feature is, is known only now."""
        found = [
            (held[0] + start, held[1])
            for start, segment in zip(self._starts, self._segments, strict=False)
            if (held := segment.postings(view, code))
        ]
        if not found:
            return NOTHING
        numbers, counts = map(np.concatenate, zip(*found, strict=True))
        rarity = _rarity(view, np.array(numbers.size), self._size)
        return _packed((numbers, counts * np.float32(rarity))).tobytes()

    def _row(self, hit: Hit) -> Row:
        row = Row()
        numbers, impacts = unpacked(hit)
        row.impacts = np.zeros(self._size, dtype=np.float32)
        row.impacts[numbers] = impacts
        row.most = float(impacts.max())
        return row


def _slice(packed: bytes, start: int, stop: int) -> Hit:
    """A copy of what is short: looking at it in place costs more."""
    return (packed if stop - start < _SHORT else memoryview(packed))[start:stop]


def unpacked(hits: Hit) -> Postings:
    pairs = np.frombuffer(hits, dtype=np.int32)
    return pairs[::2], pairs.view(np.float32)[1::2]


def _packed(postings: Postings) -> NDArray[np.int32]:
    numbers, impacts = postings
    pairs = np.empty((numbers.size, 2), dtype=np.int32)
    pairs[:, 0] = numbers
    pairs[:, 1] = impacts.astype(np.float32, copy=False).view(np.int32)
    return pairs


def _all_packed(segment: Segment) -> dict[str, tuple[dict[int, int], bytes]]:
    packed: dict[str, tuple[dict[int, int], bytes]] = {}
    for name, view in segment.views.items():
        spreads = np.diff(view.starts)
        rarities = _rarity(name, spreads, segment.size).astype(np.float32)
        impacts = view.counts * np.repeat(rarities, spreads)
        packed[name] = view.extents, _packed((view.numbers, impacts)).tobytes()
    return packed


def _rarity(view: str, spread: Codes, size: int) -> NDArray[np.float64]:
    """How much a feature counts that so many passages have: the fewer, the more."""
    rarity: NDArray[np.float64] = np.log(1 + (size - spread + 0.5) / (spread + 0.5))
    return rarity * VIEWS[view]
