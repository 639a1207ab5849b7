"""Cutting Chinese text into words: jieba, with the words of the field and of the knowledge."""

import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from knowledge.chinese.general import general_chinese
from knowledge.kept import Kept

FIELD_WORDS = Path(__file__).with_name("field_words.txt")
OWN_WORD_FREQUENCY = 20_000  # high enough to keep a term of the field in one piece
RARE_FREQUENCY = 5  # below it a "word" is a chance neighbourhood
COMMON_FREQUENCY = 30  # of 60 million; below it the dictionary holds names and rarities
USUAL_FREQUENCY = 5_000  # of a single character
MOST_KEPT = 0x8000  # pairs and words whose weights and parts are remembered
BEGINS_ANEW = frozenset("住学上去到报开考交听看吃结几来")  # verbs behind a 班: 任职班|住哪
NEVER = -math.inf  # the weight of what is no word
RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[a-z]+|[\u3400-\u9fff]+")


@cache
def field_words() -> tuple[str, ...]:
    return tuple(FIELD_WORDS.read_text(encoding="utf-8").split())


def _all_in(word: str, skip: frozenset[str]) -> bool:
    """是从: a chance word made of two that are skipped."""
    return len(word) == 2 and word[0] in skip and word[1] in skip


class Cutter:
    """Cuts text in normal form. `own_words` come from the knowledge: titles, headings, entries."""

    def __init__(self, own_words: Iterable[str] = ()) -> None:
        self._general = general_chinese()
        words = dict.fromkeys([*field_words(), *own_words])
        self._jieba = self._general.tokenizer(words, OWN_WORD_FREQUENCY)
        self._least = -math.log(self._jieba.total)
        self._alone = Kept(self._weight_alone, MOST_KEPT)
        self._within = Kept(self._words_within, MOST_KEPT)
        self._ascii_parts = Kept(self._parts_of_ascii, MOST_KEPT)

    def words(self, text: str, skip: frozenset[str] = frozenset()) -> list[str]:
        """Words one after the other without those in `skip`.

        Single characters beside each other are joined: jieba leaves a term it does not know in
        single characters (跟/岗), and together they say more.
        """
        return [word for run in RUN.findall(text) for word in self._joined(run, skip)]

    def parts(self, text: str) -> list[str]:
        """Words, and the shorter words inside long ones: what an index holds."""
        found: list[str] = []
        for run in RUN.findall(text):
            if run.isascii():
                found += self._ascii_parts[run]
            else:
                for word in self._likeliest(run):
                    if len(word) > 2:
                        found += self._within[word]
                    found.append(word)
        return found

    def _likeliest(self, run: str) -> list[str]:
        """jieba's cut without its guessing of names, in a tenth of its time."""
        alone, known, size = self._alone, self._jieba.FREQ, len(run)
        least, log = self._least, math.log
        best, stops = [0.0] * (size + 1), list(range(1, size + 1))
        for begin in range(size - 1, -1, -1):
            top = alone[run[begin]] + best[begin + 1]
            stop = begin + 2
            while stop <= size and (frequency := known.get(run[begin:stop])) is not None:
                if frequency and (score := log(frequency) + least + best[stop]) >= top:
                    top, stops[begin] = score, stop
                stop += 1
            best[begin] = top if top > NEVER else least + best[begin + 1]
        words, begin = [], 0
        while begin < size:
            words.append(run[begin : stops[begin]])
            begin = stops[begin]
        return words

    def _weight_alone(self, letter: str) -> float:
        frequency = self._jieba.FREQ.get(letter)
        return math.log(frequency) + self._least if frequency else NEVER

    def _words_within(self, word: str) -> tuple[str, ...]:
        """The shorter words of two and three characters in a long one."""
        known = self._jieba.FREQ
        return tuple(
            part
            for length in (2, 3)
            if len(word) > length
            for begin in range(len(word) - length + 1)
            if known.get(part := word[begin : begin + length])
        )

    def _parts_of_ascii(self, run: str) -> tuple[str, ...]:
        return tuple(self._jieba.cut_for_search(run, HMM=False))

    def _joined(self, run: str, skip: frozenset[str]) -> Iterator[str]:
        singles = ""
        cut = self._jieba.cut(run, HMM=False) if run.isascii() else self._likeliest(run)
        for word in [*("" if _all_in(word, skip) else word for word in cut), ""]:
            if singles == "班" and word in BEGINS_ANEW:
                yield singles
                singles = ""
            if len(word) == 1 and word not in skip and len(singles) < 3:
                singles += word
                continue
            if singles and singles not in skip:
                yield singles
            singles = word if len(word) == 1 and word not in skip else ""
            if len(word) > 1 and word not in skip:
                yield word

    def rarity(self, word: str) -> float:
        """How much a word says in general Chinese: 0.1 (的, 什么) to 1 (报到, 补贴)."""
        frequency = self._general.frequencies.get(word, 0)
        if not frequency and len(word) > 1:
            return 1.0
        surprise = math.log(self._general.total / max(frequency, 1))
        return min(1.0, max(0.1, (surprise - 6.0) / 5.0))

    def part_of_speech(self, word: str) -> str:
        """As jieba's dictionary has it: n, v, d, …; "n" for a word it does not know."""
        return self._general.tags.get(word, "n")

    def is_word(self, word: str) -> bool:
        """Whether general Chinese, the field or the knowledge has the word at all."""
        return bool(self._jieba.FREQ.get(word, 0) > RARE_FREQUENCY)

    def is_usual_letter(self, letter: str) -> bool:
        """Whether a character is often a word by itself: 住, 要, 到."""
        return self._general.frequencies.get(letter, 0) > USUAL_FREQUENCY

    def is_common(self, word: str) -> bool:
        """Whether it is a usual word: of general Chinese, the field or the knowledge."""
        return bool(self._jieba.FREQ.get(word, 0) > COMMON_FREQUENCY)
