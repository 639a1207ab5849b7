"""Which questions ask the same: the words that are left when courtesy and question words go."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from knowledge.answering.kinds import asked_for
from knowledge.answering.question_words import Kind
from knowledge.chinese.normal import normal
from knowledge.chinese.regions import province_in

ALIKE = 0.6  # from here on two questions are taken for one
_FRAME = re.compile(
    r"请问一?下?|麻烦问一?下?|想问一?下?|问一?下|各?位?老师们?(?:们?好)?|您好|你好|谢谢|大家|有没有人?知道|知道"
    r"|什么时候|什么时间|何时|几点钟?|哪一?天|几号|多少钱?|多久|多长时间|怎么办|怎么样?|如何|哪里|哪儿|在哪|哪些?|什么样的?|什么|为什么"
    r"|可不可以|能不能|需不需要|要不要|是不是|有没有|可以|需要|应该|必须|自己|我们?|咱们?|你们?|这个|那个|的时候|时候|的话"
    r"|(?<=.)[吗呢吧啊呀么]|[的了要会能得把被在]"
)
_FIGURE = re.compile(r"\d+")
_WORD = re.compile(r"[\u3400-\u9fff]|[a-z0-9]+")
_OPENS = {Kind.OPEN, Kind.WHAT, Kind.HOW, Kind.TASKS, Kind.WHETHER}  # different ways to ask one


@dataclass(frozen=True, slots=True)
class _Gist:
    letters: frozenset[str]
    pairs: frozenset[str]
    kind: Kind
    figures: frozenset[str]
    provinces: frozenset[str]


def likeness(one: str, other: str) -> float:
    """1: the same question in the same words; 0 also where they ask for different things."""
    mine, theirs = _gist(one), _gist(other)
    if mine.figures != theirs.figures or mine.provinces != theirs.provinces:
        return 0.0
    if mine.kind is not theirs.kind and not {mine.kind, theirs.kind} <= _OPENS:
        return 0.0
    return shared_words(one, other)


def shared_words(one: str, other: str) -> float:
    """Whatever they ask for: to find what somebody may have meant."""
    mine, theirs = _gist(one), _gist(other)
    return (_shared(mine.letters, theirs.letters) + _shared(mine.pairs, theirs.pairs)) / 2


def nearest(question: str, others: Sequence[str]) -> int | None:
    """The position of the one that asks the same; of several the one that is most alike."""
    found = [(likeness(question, other), -at) for at, other in enumerate(others)]
    best, at = max(found, default=(0.0, 0))
    return -at if best >= ALIKE else None


def _shared(mine: frozenset[str], theirs: frozenset[str]) -> float:
    if not mine or not theirs:
        return float(mine == theirs)
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


@lru_cache(maxsize=2_000)
def _gist(question: str) -> _Gist:
    plain = normal(question)
    words = _WORD.findall(_FRAME.sub(" ", plain)) or _WORD.findall(plain)
    return _Gist(
        letters=frozenset(words),
        pairs=frozenset(map("".join, pairwise(words))),
        kind=asked_for(plain).kind,
        figures=frozenset(_FIGURE.findall(plain)),
        provinces=frozenset(province_in(plain)),
    )
