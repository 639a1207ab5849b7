"""Cutting Chinese text into words: jieba, with the words of the field and of the knowledge."""

import io
import logging
import math
import os
import re
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # invalid escapes and pkg_resources in jieba 0.42.1
    import jieba

jieba.setLogLevel(logging.WARNING)

FIELD_WORDS = Path(__file__).with_name("field_words.txt")
OWN_WORD_FREQUENCY = 20_000  # high enough to keep a term of the field in one piece
RARE_FREQUENCY = 5  # below it a "word" is a chance neighbourhood
COMMON_FREQUENCY = 30  # of 60 million; below it the dictionary holds names and rarities
RUN = re.compile(r"[0-9]+(?:\.[0-9]+)?%?|[a-z]+|[\u3400-\u9fff]+")


@cache
def field_words() -> tuple[str, ...]:
    return tuple(FIELD_WORDS.read_text(encoding="utf-8").split())


@cache
def _dictionary() -> bytes:
    """jieba's own word list: word, frequency and part of speech, a word a line."""
    with jieba.get_module_res("dict.txt") as lines:
        return b"\n" + bytes(lines.read())


def _all_in(word: str, skip: frozenset[str]) -> bool:
    """是从: a chance word made of two that are skipped."""
    return len(word) == 2 and word[0] in skip and word[1] in skip


def _cache_folder() -> Path:
    """Where jieba keeps its dictionary: never the shared temporary folder, it is unmarshalled."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "yanxiu"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return Path(tempfile.mkdtemp(prefix="yanxiu-"))
    return folder


class Cutter:
    """Cuts text in normal form. `own_words` come from the knowledge: titles, headings, entries."""

    def __init__(self, own_words: Iterable[str] = ()) -> None:
        self._jieba = jieba.Tokenizer()
        self._jieba.tmp_dir = str(_cache_folder())
        self._jieba.initialize()
        self._plain_total = self._jieba.total
        self._plain = {word: self._jieba.FREQ.get(word, 0) for word in field_words()}
        words = dict.fromkeys([*field_words(), *own_words])
        self._jieba.load_userdict(
            io.StringIO("".join(f"{word} {OWN_WORD_FREQUENCY}\n" for word in words))
        )

    def words(self, text: str, skip: frozenset[str] = frozenset()) -> list[str]:
        """Words one after the other without those in `skip`.

        Single characters beside each other are joined: jieba leaves a term it does not know in
        single characters (跟/岗), and together they say more.
        """
        return [word for run in RUN.findall(text) for word in self._joined(run, skip)]

    def parts(self, text: str) -> list[str]:
        """Words, and the shorter words inside long ones: what an index holds."""
        return [
            part for run in RUN.findall(text) for part in self._jieba.cut_for_search(run, HMM=False)
        ]

    def _joined(self, run: str, skip: frozenset[str]) -> Iterator[str]:
        singles = ""
        cut = (word for word in self._jieba.cut(run, HMM=False) if not _all_in(word, skip))
        for word in [*cut, ""]:
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
        frequency = self._plain.get(word, self._jieba.FREQ.get(word, 0))
        if not frequency and len(word) > 1:
            return 1.0
        surprise = math.log(self._plain_total / max(frequency, 1))
        return min(1.0, max(0.1, (surprise - 6.0) / 5.0))

    @cache  # noqa: B019 (one cutter lives as long as the program)
    def part_of_speech(self, word: str) -> str:
        """As jieba's dictionary has it: n, v, d, …; "n" for a word it does not know."""
        found = _dictionary().find(f"\n{word} ".encode())
        if found < 0:
            return "n"
        tag = _dictionary()[found : found + 60].split(b"\n")[1].split(b" ")[-1]
        return tag.decode()

    def is_word(self, word: str) -> bool:
        """Whether general Chinese or the knowledge has the word at all."""
        return bool(self._jieba.FREQ.get(word, 0) > RARE_FREQUENCY)

    def is_common(self, word: str) -> bool:
        """Whether general Chinese has the word."""
        return bool(self._jieba.FREQ.get(word, 0) > COMMON_FREQUENCY)
