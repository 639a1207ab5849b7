"""Slips read as what was meant: homophones, typed pinyin, one wrong character.

Only where the knowledge has never seen the word: a clean question is left alone.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.answering.framing import word_set
from knowledge.answering.index import Index
from knowledge.answering.question_words import UNITS
from knowledge.answering.synonyms import has_synonyms
from knowledge.chinese.regions import canonical
from knowledge.chinese.sounds import merged, split_pinyin, syllable, syllables
from knowledge.chinese.words import Cutter

_PINYIN = re.compile(r"[a-z]{2,}(?:[ '][a-z]+)*")
_LATIN = re.compile(r"[a-z]+")
_MIXED = re.compile(r"[\u3400-\u9fff]?[a-z]{2,}[\u3400-\u9fff]?")
_TYPED_UNITS = {
    "zi": "字",
    "tian": "天",
    "ci": "次",
    "qi": "期",
    "pian": "篇",
    "ren": "人",
    "hao": "号",
}
_UNIT_TYPED = re.compile(rf"(多少|几|\d)\s*({'|'.join(_TYPED_UNITS)})(?![a-z])")
_UNIT_HEARD = re.compile(r"(多少|好多)([\u3400-\u9fff])(?=$|[^\u3400-\u9fff])")
_TYPED_FOR_ASKING = re.compile(  # 要自己带码
    r"(?<=[\u3400-\u9fff])(?<![代编号密验证起邮维扫条别数乱尺价口康程群付款名活])码(?=$|[?？!！。,，])"
)
_HAN = re.compile(r"[\u3400-\u9fff]+")
_COUNTED = re.compile(rf"[一两几](?:{UNITS}|晚)")
_A_ROOM = re.compile(  # no slip for 教师 there
    r"教室(?=[^,，。]{0,4}(?:哪一?[栋幢间层]|几[楼层号]|号码|楼))|(?<=[哪一][间个])教室|(?<=[几\d]号)教室|(?<=上课[的在])教室"
)
_TOO = re.compile("[太很][\u3400-\u9fff]$")
_LIVING = re.compile(r"住(?=在|哪|几|啥|什么)")
_LONGEST = 6  # characters of a word that is meant
GRAMMAR = frozenset("是的了在有我你他她它俺和与或就都也不没吗呢啊几多少哪何谁打给按把被")
_NEVER_MEANT = GRAMMAR - {"打"}  # 及格 is not 几个, but 大卡 is 打卡
_TERM = re.compile(f"[^{''.join(sorted(GRAMMAR))}]{{2,}}")  # 俺是, 文是: with grammar no term


@dataclass(frozen=True, slots=True)
class Repaired:
    text: str
    said: tuple[str, ...] = ()  # what slips were read as: 报到


def _unit_meant(letter: str) -> str:
    """多少子 asks for 字: what sounds like a measure and is none."""
    if letter in UNITS or letter in GRAMMAR:
        return letter
    return next((u for u in _TYPED_UNITS.values() if syllables(u) == syllables(letter)), letter)


def _places(run: str) -> list[tuple[int, int]]:
    """Where provinces, cities and rooms are named."""
    rooms = [hit.span() for hit in _A_ROOM.finditer(run)]
    return rooms + [
        (at, at + length)
        for at in range(len(run))
        for length in (4, 3, 2)
        if at + length <= len(run) and canonical(run[at : at + length])
    ]


class Repairer:
    def __init__(self, index: Index, cutter: Cutter, key_words: frozenset[str]) -> None:
        """`key_words` are the words of headings, titles and entries: what people ask about."""
        self._index = index
        self._cutter = cutter
        self._key_words = key_words
        self._spread = {
            word: n for word, n in index.words() if len(word) > 1 and _HAN.fullmatch(word)
        }
        usual = (*word_set("subjects"), *word_set("typed"))
        self._by_sound = {syllables(word): word for word in usual}
        for word in sorted(self._spread, key=lambda each: (each in key_words, self._spread[each])):
            if sound := syllables(word):
                self._by_sound[sound] = word
        self._longest_heard: dict[str, int] = {}  # two syllables -> most in a word that begins so
        for parts in (sound.split(" ") for sound in self._by_sound):
            begins = " ".join(parts[:2])
            self._longest_heard[begins] = max(len(parts), self._longest_heard.get(begins, 0))
        self._by_gap = {
            pattern: word
            for word in self._spread
            if 3 <= len(word) <= _LONGEST
            for pattern in _with_a_gap(word)
        }
        self._first_gaps = {pattern[:3] for pattern in self._by_gap}

    def repair(self, text: str) -> Repaired:
        """`text` is in normal form."""
        said: list[str] = []
        if _LATIN.search(text):
            text = _UNIT_TYPED.sub(lambda hit: hit[1] + _TYPED_UNITS[hit[2]], text)
            text = _MIXED.sub(lambda hit: self._half_typed(hit[0], said), text)
            text = _PINYIN.sub(lambda hit: self._typed(hit[0], said), text)
        text = _TYPED_FOR_ASKING.sub("吗", text)
        text = _UNIT_HEARD.sub(lambda hit: hit[1] + _unit_meant(hit[2]), text)
        for run in _HAN.findall(text):
            if (heard := self._heard(run, said)) != run:
                text = text.replace(run, heard, 1)
        return Repaired(text, tuple(dict.fromkeys(said)))

    def _typed(self, run: str, said: list[str]) -> str:
        """xueshi -> 学时; the run itself where a part of it sounds like no word we know."""
        parts = [
            merged(part)
            for typed in re.split("[ ']", run)
            for part in split_pinyin(typed) or [typed]
        ]
        words, at = [], 0
        while at < len(parts):
            for stop in range(len(parts), at, -1):
                if word := self._by_sound.get(" ".join(parts[at:stop])):
                    words.append(word)
                    at = stop
                    break
            else:
                return run
        said.extend(words)
        return "".join(words)

    def _half_typed(self, run: str, said: list[str]) -> str:
        """什么时候bao到 -> 报到: the letters belong to the character behind them or before them."""
        typed = _LATIN.search(run)
        parts = split_pinyin(typed[0]) if typed else ()
        if not (typed and parts):
            return run
        before, after = run[: typed.start()], run[typed.end() :]
        for left, right in (("", after), (before, "")):
            sounds = [*map(syllables, left), *map(merged, parts), *map(syllables, right)]
            word = self._by_sound.get(" ".join(sounds), "") if left or right else ""
            if word and word.startswith(left) and word.endswith(right):
                said.append(word)
                return before.removesuffix(left) + word + after.removeprefix(right)
        return run

    def _heard(self, run: str, said: list[str]) -> str:
        """A clean question pays next to nothing: only terms with new pairs are looked at."""
        new = self._index.new_pairs(run)
        out, done = "", 0
        for term in _TERM.finditer(run) if new else ():
            at, stop = term.span()
            here = [pair for pair in new if at <= pair < stop - 1]
            while here and at <= here[-1]:
                length, word = self._word_meant(run[at:stop], run, at, here)
                if word and any(begin < at + length and at < end for begin, end in _places(run)):
                    length, word = 1, ""  # 福建 is no slip for 附件
                if word:
                    said.append(word)
                    out += run[done:at] + word
                    done = at + length
                at += length
        return out + run[done:]

    def _word_meant(self, rest: str, run: str, at: int, new: Sequence[int]) -> tuple[int, str]:
        """The window from `at` on that holds something new and was meant for a word we know.

        `rest` is what is left of the term there.
        """
        nearest = new[bisect_left(new, at)] - at
        heard = self._longest_heard.get(f"{syllables(rest[0])} {syllables(rest[1])}", 0)
        gap = self._begins_with_a_gap(rest, nearest)
        if heard < nearest + 2 and not gap:
            return 1, ""
        ahead = [pair - at for pair in new if pair >= at]
        for length in range(min(_LONGEST, len(rest)), nearest + 1, -1):
            window = rest[:length]
            word = self._same_sound(window) if length <= heard else ""
            if gap and not word:
                word = self._by_shape(window, _wrong_letters(ahead, length))
            if (
                word not in ("", window)
                and window not in word_set("framing")
                and not self._index.spread(window)
                and self._stands_alone(run, at, length)
            ):
                return length, word
        return 1, ""

    def _begins_with_a_gap(self, rest: str, new: int) -> bool:
        """Whether a word we know begins so, but for a character of the new pair."""
        return (
            f"{rest[:new]}?{rest[new + 1 : 3]}"[:3] in self._first_gaps
            or f"{rest[: new + 1]}?{rest[new + 2 : 3]}"[:3] in self._first_gaps
        )

    def _stands_alone(self, run: str, at: int, length: int) -> bool:
        """A window must not tear a word of general Chinese or of the knowledge apart."""
        last = at + length - 1
        if _COUNTED.match(run, last) or _LIVING.match(run, last):  # 住|一晚, 班|住在哪
            return False
        edges = [(run[max(0, at - 1) : at + 1], 2), (run[last : last + 2], 2)]
        if length == 2 <= at and self._index.knows_word(run[at - 2 : at]):
            edges = edges[1:]  # 高中|远成: no 中远
        if length == 2:  # 联系人|叫: so short a window may lie in two longer words
            edges += [(run[max(0, at - 2) : at + 1], 3), (run[last : last + 3], 3)]
        torn = at > 0 and has_synonyms(run[at - 1 : at + 1])  # 网课|光
        return not torn and not any(
            len(edge) == whole and (self._cutter.is_common(edge) or self._index.knows_word(edge))
            for edge, whole in edges
        )

    def _same_sound(self, window: str) -> str:
        """A word that general Chinese has too was meant only if the other sounds just like it."""
        word = self._by_sound.get(" ".join(map(syllables, window)), "")
        if window in word_set("meant"):
            return ""
        if word and _TOO.match(window) and self._cutter.is_usual_letter(window[1]):
            return ""  # 太远 is no 太原
        if word and self._cutter.is_common(window):
            alike = word in self._key_words and all(
                syllable(a) == syllable(b) and b not in _NEVER_MEANT
                for a, b in zip(window, word, strict=True)
            )
            return word if alike else ""
        return "" if word and self._stands_beside(window, word) else word

    def _stands_beside(self, window: str, word: str) -> bool:
        """研修|住 is no 研修组: the letter that sounds otherwise is a word beside another."""
        for edge, rest in ((-1, window[:-1]), (0, window[1:])):
            alike = syllable(window[edge]) == syllable(word[edge])
            if not alike and len(rest) > 1 and self._index.knows_word(rest):
                return self._cutter.is_usual_letter(window[edge])
        return False

    def _by_shape(self, window: str, wrong: Sequence[int]) -> str:
        """One wrong character in a word of three or more."""
        if len(window) < 3:
            return ""
        for at in wrong:
            word = self._by_gap.get(f"{window[:at]}?{window[at + 1 :]}")
            if word and not self._holds_a_word(window, at):
                return word
        return ""

    def _holds_a_word(self, window: str, at: int) -> bool:
        """Whether the window is a word, or one stands in it around its character `at`."""
        pairs = (window[max(0, at - 1) : at + 1], window[at : at + 2])
        if at > 1 and self._cutter.is_common(window[at - 2 : at + 1]):
            return True  # 工作室|主持人 is no slip for 工作坊主持人
        return (
            self._cutter.is_common(window)
            or any(len(pair) == 2 and self._cutter.is_common(pair) for pair in pairs)
            or self._index.knows_word(window[1:])
            or self._index.knows_word(window[:-1])
        )


def _with_a_gap(word: str) -> list[str]:
    """The word with each of its characters left open in turn."""
    return [f"{word[:at]}?{word[at + 1 :]}" for at in range(len(word))]


def _wrong_letters(new: Sequence[int], length: int) -> Sequence[int]:
    """Which single character of a window all its new pairs may come from."""
    within = [pair for pair in new if pair < length - 1]
    match within:
        case [only]:
            return only, only + 1
        case [first, second] if second == first + 1:
            return (second,)
    return ()
