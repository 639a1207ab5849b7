"""How much of what a question is about a passage covers, and where."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.aliases import Aliases
from knowledge.answering.framing import word_set
from knowledge.answering.index import Index
from knowledge.answering.ordinals import same_ordinal
from knowledge.answering.passages import Passage
from knowledge.answering.synonyms import SAME, synonyms
from knowledge.chinese.words import Cutter

NO_ALIASES = Aliases()
SHORT_FOR = 0.9  # an abbreviation
CONTEXT, TITLE = 0.85, 0.85  # a word in the headings or in the title; in the sentence, all of it
ABOUT = 0.6  # in the opening of the notice
AROUND = 0.7  # one in another sentence of the paragraph
PART_LIKE = 0.75  # what stands for one part of a word
ALL_PARTS = 0.95  # every part of a word, but not the word
APART = "[\u3400-\u9fff]{0,3}"  # what an abbreviation leaves out between two letters
LETTER_OF_FIELD = 0.6  # one that stands for a word of the field: 换, 住
LETTER = 0.3  # a single character says little
ACTS = frozenset("带穿填拿背备")  # 带什么, 穿啥
LOOSE_LETTER = 0.6  # such a letter may be that of 带动; 携带 is what notices write
NEAR = 6  # characters between the two halves of a word that still belong together
HALVES, ONE_HALF = 0.5, 0.1
# A word that the knowledge never uses: what names a thing or an act counts, the rest hardly.
UNSEEN_NOUN, UNSEEN_VERB, UNSEEN_OTHER = 1.0, 0.6, 0.25
LEANING = 0.3  # 一间, 每晚, 四个: counts, and names nothing
ORDINAL_WEIGHT = 5.0  # 第二期 is not 第一期, however much else is alike
SUBJECT = 1.5  # what training is about has to be there, however often the knowledge names it
_ONE_OF = re.compile(
    r"^[一每这那哪]个(?=.)|^[能会要可该](?=.$)|(?<=^.)[到完好过着]$"
)  # 能带 is 带, 学到 is 学
_UNIT_OF_LAND = re.compile(r"(?<=..)[市县区州]$")
_SOME = re.compile(r"[一二两三四五六七八九十]个")
_CLAUSE = re.compile(r"[,，。;；!！?？\n]")


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question, with its weight and the words that stand for it."""

    word: str
    weight: float
    others: tuple[tuple[str, float], ...] = ()
    parts: tuple[tuple[str, float], ...] = ()  # of a long word, each with its share
    splits: bool = True  # its letters may stand apart: 组队, 组建…团队; not 工资, 加工…资源
    is_site: bool = False  # the name of a platform of some notice: all of it counts
    short_for: re.Pattern[str] | None = None  # 高研班 -> 高级研修班: its letters, a little apart


class Weigher:
    """A word counts by how rare it is, in the knowledge and in general Chinese."""

    def __init__(self, index: Index, cutter: Cutter, aliases: Aliases = NO_ALIASES) -> None:
        self._index = index
        self._aliases = aliases
        self._cutter = cutter
        self._by_ends: dict[tuple[str, str], list[str]] = {}
        for word, _ in index.words():
            if len(word) > 3:
                self._by_ends.setdefault((word[0], word[-1]), []).append(word)

    def weighed(self, words: Sequence[str]) -> tuple[Term, ...]:
        return tuple(self._term(word) for word in words)

    def known_parts(self, word: str) -> list[str]:
        """The word, or its letters: those that stood beside each other and name nothing."""
        known = self._index.spread(word)
        if not known and self._spread_of_others(word):
            return [word]
        word = word if known else _ONE_OF.sub("", word)
        strange = not known and not self._cutter.is_word(word)
        strange = strange and word not in word_set("subjects")
        if not strange or len(word) > 3 or word[0].isascii():
            return [word]
        parts = self._cutter.parts(word)
        return parts if any(len(part) > 1 for part in parts) else list(word)

    def is_heard_of(self, word: str) -> bool:
        return bool(self._index.spread(word) or self._spread_of_others(word))

    def _weight_unseen(self, word: str) -> float:
        if word[0].isascii() and not word.isascii():
            return UNSEEN_NOUN  # U盘
        tag = "x" if word.isascii() else self._cutter.part_of_speech(word)
        if tag.startswith(("n", "vn", "j", "l", "i")):
            return UNSEEN_NOUN
        return UNSEEN_VERB if tag.startswith("v") else UNSEEN_OTHER

    def _term(self, word: str) -> Term:
        if word.startswith("第") and len(word) > 2 and not synonyms(word):
            return Term(word, ORDINAL_WEIGHT, short_for=same_ordinal(word))
        others = tuple(sorted(self._others(word).items(), key=lambda other: -len(other[0])))
        short_for = None
        strange = not self._index.spread(word)
        if 2 < len(word) < 5 and (strange or word in word_set("subjects")):
            others += tuple((full, SHORT_FOR) for full in self._full_forms(word))
            short_for = re.compile(APART.join(map(re.escape, word)))
        is_site = word in self._aliases.sites
        parts = () if len(word) < 3 or is_site else self._parts(word)
        splits = len(word) == 2 and word not in word_set("subjects")
        return Term(word, self._weight(word), others, parts, splits, is_site, short_for)

    def _others(self, word: str) -> dict[str, float]:
        """What stands for a word: its synonyms, 甲班 for its full name, 渭南 for 渭南市."""
        others = synonyms(word)
        parts = self._cutter.parts(word) if len(word) > 2 else ()
        told = [group for part in {word, *parts} for group in self._aliases.groups.get(part, ())]
        if told:
            others = {**others, **dict.fromkeys(told, SAME)}
        stem = _UNIT_OF_LAND.sub("", word)
        if stem != word and self._index.spread(stem):
            return {**others, stem: SAME}
        return others

    def _parts(self, word: str) -> tuple[tuple[str, float], ...]:
        """退休教师 is mostly 退休: the words in a word share it by their weights."""
        parts = [part for part in self._cutter.parts(word) if 1 < len(part) < len(word)]
        if parts:
            covered = "".join(parts)
            parts += [letter for letter in word if letter not in covered]
        else:
            parts = [word[i : i + 2] for i in range(len(word) - 1)]
        weights = [self._weight(part) for part in parts]
        return tuple(
            (part, weight / sum(weights)) for part, weight in zip(parts, weights, strict=True)
        )

    def _spread_of_others(self, word: str) -> int:
        """铺盖 is as rare as the 被褥 that the knowledge has for it."""
        same = [other for other, near in self._others(word).items() if near == SAME]
        return max(map(self._index.spread, same), default=0)

    def _full_forms(self, short: str) -> list[str]:
        """高研班 -> 高级研修班: longer words of the knowledge with its letters in their order."""
        candidates = self._by_ends.get((short[0], short[-1]), ())
        return [word for word in candidates if len(word) > len(short) and _in_order(short, word)]

    def _weight(self, word: str) -> float:
        spread = self._index.spread(word) or self._spread_of_others(word)
        here = math.log(1 + self._index.size / (spread + 0.5))
        strength = 1.0
        if len(word) == 1:
            strength = LETTER_OF_FIELD if synonyms(word) else LETTER
        if not spread:
            strength *= self._weight_unseen(word)
        if word in word_set("subjects"):
            strength *= SUBJECT
        if word in word_set("leaning") and len(word) > 1 and not spread:
            strength *= LEANING
        if _SOME.fullmatch(word):
            strength *= LEANING
        return here * self._cutter.rarity(word) * strength


def _in_order(short: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in short)


def credit_in(term: Term, passage: Passage) -> float:
    """0 to 1: how well the words of a passage, and those around it, stand for the term."""
    best = credit(term, passage.own, passage.context, passage.title)
    for text, share in ((passage.around, AROUND), (passage.about, ABOUT)):
        if text and best < share:
            best = max(best, credit(term, text) * share)
    return best


def credit(term: Term, own: str, context: str = "", title: str = "") -> float:
    """0 to 1: how well the words of a passage stand for the term."""
    best = _whole(term, own)
    if best < CONTEXT and context:
        best = max(best, _whole(term, context) * CONTEXT)
    if best < TITLE and title:
        best = max(best, _whole(term, title) * TITLE)
    return best


def _whole(term: Term, text: str) -> float:
    best = max((near for other, near in term.others if _stands(other, text)), default=0.0)
    if term.word in text and not _is_contracted(term.word, text):
        return max(best, LOOSE_LETTER) if term.word in ACTS else 1.0
    if term.short_for and term.short_for.search(text):
        return max(best, SHORT_FOR)
    if term.parts:
        found = sum(share * _part(part, text) for part, share in term.parts)
        best = max(best, ALL_PARTS * found)
    elif len(term.word) == 2 and term.splits and not term.word.startswith("第"):
        best = max(best, _halves(term.word, text))
    return best


def _stands(word: str, text: str) -> bool:
    """资料 in 资料费 is a fee and no 资料."""
    return word in text and (f"{word}费" not in text or word in text.replace(f"{word}费", ""))


def _is_contracted(word: str, text: str) -> bool:
    """校园 in 校园长, which is 校长 and 园长, is no 校园."""
    for long in word_set("contracted"):
        if word in long and word not in (long, long[1:]):
            return word not in text.replace(long, "")
    return False


def _part(part: str, text: str) -> float:
    if part in text:
        return 1.0
    best = max(
        (min(near, PART_LIKE) for other, near in synonyms(part).items() if other in text),
        default=0.0,
    )
    return max(best, _halves(part, text)) if len(part) == 2 else best


def _halves(word: str, text: str) -> float:
    """组队 in 组建…团队: both characters near each other say nearly the same."""
    first = text.find(word[0])
    while first >= 0:
        around = text[first : first + NEAR + 1]
        if word[1] in around:
            return HALVES
        first = text.find(word[0], first + 1)
    return ONE_HALF if word[1] in text else 0.0


def covered(terms: Sequence[Term], passage: Passage) -> float:
    """The weighed share of the terms that the passage stands for."""
    total = sum(term.weight for term in terms)
    if not total:
        return 0.0
    return sum(term.weight * credit_in(term, passage) for term in terms) / total


def clause_around(text: str, begin: int, stop: int) -> tuple[int, int]:
    """The comma-to-comma piece of a sentence that holds text[begin:stop]."""
    starts = [hit.end() for hit in _CLAUSE.finditer(text, 0, begin)]
    ends = _CLAUSE.search(text, stop)
    return (starts[-1] if starts else 0), (ends.start() if ends else len(text))
